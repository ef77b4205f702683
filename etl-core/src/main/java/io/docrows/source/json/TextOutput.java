package io.docrows.source.json;

import java.io.Writer;

/**
 * Takes the characters of a text, in any number of parts, and writes them as UTF-8. An unpaired surrogate, for which
 * UTF-8 has no form, becomes bytes that every reader of UTF-8 refuses: so the document is rejected, and keeps what it
 * has. Not thread-safe.
 */
final class TextOutput extends Writer {

    /**
     * The unpaired surrogates that {@link ShellInput} makes of bytes that are no UTF-8, and the first of those bytes.
     */
    private static final int BYTES_FROM = 0xDC80;

    private static final int BYTES_TO = 0xDCFF;

    private final BsonBuffer out;
    private char high;

    TextOutput(BsonBuffer out) {
        this.out = out;
    }

    @Override
    public void write(char[] text, int from, int count) {
        byte[] bytes = out.room(count);
        int at = out.size();
        int read = from;
        int end = from + count;
        if (high == 0) {
            while (read < end && text[read] < 0x80) {
                bytes[at++] = (byte) text[read++];
            }
        }
        out.wrote(read - from);
        if (read < end) {
            writeAny(text, read, end);
        }
    }

    private void writeAny(char[] text, int from, int end) {
        // Three bytes are enough for any character of Java; two of them are the four bytes of a pair.
        byte[] bytes = out.room(3 * (end - from) + 3);
        int at = out.size();
        for (int read = from; read < end; read++) {
            char c = text[read];
            if (high != 0) {
                char first = high;
                high = 0;
                if (Character.isLowSurrogate(c)) {
                    at = fourBytes(Character.toCodePoint(first, c), bytes, at);
                    continue;
                }
                at = threeBytes(first, bytes, at);
            }
            if (c < 0x80) {
                bytes[at++] = (byte) c;
                while (read + 1 < end && text[read + 1] < 0x80) {
                    bytes[at++] = (byte) text[++read];
                }
            } else if (c < 0x800) {
                bytes[at++] = (byte) (0xC0 | c >> 6);
                bytes[at++] = (byte) (0x80 | c & 0x3F);
            } else if (Character.isHighSurrogate(c)) {
                high = c;
            } else if (c >= BYTES_FROM && c <= BYTES_TO) {
                bytes[at++] = (byte) c;
            } else {
                at = threeBytes(c, bytes, at);
            }
        }
        out.wrote(at - out.size());
    }

    /** Ends the text. */
    void finish() {
        if (high != 0) {
            out.wrote(threeBytes(high, out.room(3), out.size()) - out.size());
            high = 0;
        }
    }

    private static int threeBytes(char c, byte[] bytes, int at) {
        bytes[at] = (byte) (0xE0 | c >> 12);
        bytes[at + 1] = (byte) (0x80 | c >> 6 & 0x3F);
        bytes[at + 2] = (byte) (0x80 | c & 0x3F);
        return at + 3;
    }

    private static int fourBytes(int c, byte[] bytes, int at) {
        bytes[at] = (byte) (0xF0 | c >> 18);
        bytes[at + 1] = (byte) (0x80 | c >> 12 & 0x3F);
        bytes[at + 2] = (byte) (0x80 | c >> 6 & 0x3F);
        bytes[at + 3] = (byte) (0x80 | c & 0x3F);
        return at + 4;
    }

    @Override
    public void flush() {
        // Nothing is held back but half of a pair.
    }

    @Override
    public void close() {
        // There is nothing to release.
    }
}
