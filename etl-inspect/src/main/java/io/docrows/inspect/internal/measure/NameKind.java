package io.docrows.inspect.internal.measure;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.docrows.inspect.fact.Kind;

/** What a name looks like. */
public final class NameKind {

    private NameKind() {}

    /**
     * The kind that a text with these characters would have.
     *
     * @param name a name
     * @return a kind of text
     */
    public static Kind of(String name) {
        byte[] bytes = name.getBytes(UTF_8);
        TextScan scan = new TextScan();
        scan.scan(bytes, 0, bytes.length);
        return scan.kind;
    }
}
