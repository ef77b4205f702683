package io.docrows.inspect.internal.measure;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.docrows.inspect.fact.ValueCount;

/** The hash of one of few values. */
public final class LabelHash {

    private LabelHash() {}

    /**
     * The hash that a {@link KeyReader} computes for the value.
     *
     * @param value a text or a whole number
     * @return its hash
     */
    public static long of(ValueCount value) {
        if (!value.type().equals("string")) {
            return ValueHash.number(Long.parseLong(value.value()));
        }
        byte[] bytes = value.value().getBytes(UTF_8);
        TextScan scan = new TextScan();
        scan.scan(bytes, 0, bytes.length);
        return scan.hash;
    }
}
