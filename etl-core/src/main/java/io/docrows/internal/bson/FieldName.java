package io.docrows.internal.bson;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * A name that elements are compared with: its first eight bytes as one number, which tells most names apart, and all of
 * them for longer ones. Immutable.
 */
public final class FieldName {

    static final int WORD = Long.BYTES;

    private final byte[] utf8;
    private final long word;

    private FieldName(byte[] utf8) {
        this.utf8 = utf8;
        this.word = word(utf8, 0, utf8.length);
    }

    /**
     * A name.
     *
     * @param name as text
     * @return the name, as it is stored
     */
    public static FieldName of(String name) {
        return new FieldName(name.getBytes(UTF_8));
    }

    /**
     * How long the name is.
     *
     * @return its length in bytes of UTF-8
     */
    public int byteLength() {
        return utf8.length;
    }

    /**
     * The first eight bytes, as {@link BsonCursor#nameWord()} has them.
     *
     * @return for tables of names
     */
    public long firstWord() {
        return word;
    }

    int length() {
        return utf8.length;
    }

    long word() {
        return word;
    }

    byte[] utf8() {
        return utf8;
    }

    /** Up to eight bytes, the first one lowest, with zeros above. */
    static long word(byte[] bytes, int from, int to) {
        long word = 0;
        int last = Math.min(to, from + WORD) - 1;
        for (int i = last; i >= from; i--) {
            word = word << Byte.SIZE | bytes[i] & 0xFF;
        }
        return word;
    }
}
