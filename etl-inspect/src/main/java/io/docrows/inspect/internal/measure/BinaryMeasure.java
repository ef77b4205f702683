package io.docrows.inspect.internal.measure;

import io.docrows.inspect.fact.BinaryFacts;

/** Lengths of binary data, and which byte orders would make UUIDs of subtype 3. Not thread-safe. */
public final class BinaryMeasure {

    private static final int UUID_LENGTH = 16;

    private long min = Long.MAX_VALUE;
    private long max = -1;
    private int subtypes;
    private long legacy;
    private long plainOrder;
    private long javaOrder;
    private long csharpOrder;

    BinaryMeasure() {}

    void add(byte[] bytes, int from, int length, int subtype) {
        min = Math.min(min, length);
        max = Math.max(max, length);
        subtypes |= subtype >= 0x80 ? 1 << 31 : 1 << Math.min(subtype, 30);
        if (subtype == 3 && length == UUID_LENGTH) {
            legacy++;
            plainOrder += isUuid(bytes[from + 6], bytes[from + 8]);
            javaOrder += isUuid(bytes[from + 1], bytes[from + 15]);
            csharpOrder += isUuid(bytes[from + 7], bytes[from + 8]);
        }
    }

    /** RFC 9562: versions 1 to 8 in the variant 10. */
    private static int isUuid(byte version, byte variant) {
        int number = version >> 4 & 0xF;
        return number >= 1 && number <= 8 && (variant & 0xC0) == 0x80 ? 1 : 0;
    }

    void merge(BinaryMeasure other) {
        min = Math.min(min, other.min);
        max = Math.max(max, other.max);
        subtypes |= other.subtypes;
        legacy += other.legacy;
        plainOrder += other.plainOrder;
        javaOrder += other.javaOrder;
        csharpOrder += other.csharpOrder;
    }

    /**
     * What was measured.
     *
     * @return an immutable copy
     */
    public BinaryFacts facts() {
        return new BinaryFacts(min, max, legacy, plainOrder, javaOrder, csharpOrder);
    }
}
