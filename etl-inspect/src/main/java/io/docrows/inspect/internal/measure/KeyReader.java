package io.docrows.inspect.internal.measure;

import io.docrows.internal.bson.BsonCursor;

/** Computes the hashes of values that can be keys, one by one, as a {@link Walker} does. Not thread-safe. */
public final class KeyReader {

    private static final int LONGEST_BINARY = 64;
    private static final double LARGEST_EXACT = 9_007_199_254_740_992.0;

    private final TextScan text = new TextScan();
    private long hash;

    /** Reads nothing yet. */
    public KeyReader() {}

    /**
     * Computes the hash of the value the cursor stands at.
     *
     * @param cursor stands at a value; is not moved
     * @return whether it can be a key
     */
    public boolean read(BsonCursor cursor) {
        byte[] bytes = cursor.document();
        int from = cursor.valueOffset();
        switch (cursor.type()) {
            case OBJECT_ID -> hash = ValueHash.objectId(bytes, from);
            case INT32 -> hash = ValueHash.number(cursor.int32());
            case INT64 -> hash = ValueHash.number(cursor.int64());
            case STRING -> {
                text.scan(bytes, from + 4, from + cursor.valueLength() - 1);
                hash = text.hash;
            }
            case DOUBLE -> {
                double value = cursor.float64();
                if (Math.abs(value) > LARGEST_EXACT || (long) value != value) {
                    return false;
                }
                hash = ValueHash.number((long) value);
            }
            case BINARY -> {
                return binary(bytes, from, from + cursor.valueLength());
            }
            case DOCUMENT -> hash = ValueHash.other(3, bytes, from, from + cursor.valueLength());
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean binary(byte[] bytes, int start, int to) {
        int subtype = bytes[start + 4] & 0xFF;
        int from = start + (subtype == 2 ? 9 : 5);
        if (to - from > LONGEST_BINARY) {
            return false;
        }
        hash = subtype == 4 && to - from == 16
                ? ValueHash.uuid(bytes, from)
                : ValueHash.other(5 + subtype, bytes, from, to);
        return true;
    }

    /**
     * The hash.
     *
     * @return of the value read last
     */
    public long hash() {
        return hash;
    }

    /**
     * The hash by which sketches know the value.
     *
     * @return {@link KeySketch#key} of the hash
     */
    public long key() {
        return KeySketch.key(hash);
    }
}
