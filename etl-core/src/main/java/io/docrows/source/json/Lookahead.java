package io.docrows.source.json;

import java.io.IOException;
import java.io.InputStream;

/** Bytes that can be looked at before they are taken. Not thread-safe. */
final class Lookahead {

    private static final int BUFFER = 16 << 10;

    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER];
    private int from;
    private int end;
    private long offset;
    private boolean ended;

    Lookahead(InputStream in) {
        this.in = in;
    }

    /** How many bytes were taken. */
    long offset() {
        return offset;
    }

    /**
     * Looks ahead.
     *
     * @param distance 0 for the byte that is next; less than 16 Ki
     * @return the byte, or -1 behind the end
     */
    int peek(int distance) throws IOException {
        while (from + distance >= end && !ended) {
            if (from + distance >= BUFFER) {
                System.arraycopy(buffer, from, buffer, 0, end - from);
                end -= from;
                from = 0;
            }
            int count = in.read(buffer, end, BUFFER - end);
            ended = count < 0;
            end += Math.max(0, count);
        }
        return from + distance < end ? buffer[from + distance] & 0xFF : -1;
    }

    /** Takes the next byte, which was looked at before. */
    int take() throws IOException {
        int next = peek(0);
        if (next >= 0) {
            from++;
            offset++;
        }
        return next;
    }

    /** How many bytes the next character has in UTF-8 (RFC 3629, section 4); 0 if it is malformed. */
    int utf8() throws IOException {
        int first = peek(0);
        if (first < 0x80) {
            return first < 0 ? 0 : 1;
        }
        int second = peek(1);
        if (first >= 0xC2 && first <= 0xDF) {
            return continues(second) ? 2 : 0;
        }
        if (first >= 0xE0 && first <= 0xEF) {
            boolean fits = first == 0xE0 ? second >= 0xA0 : first != 0xED || second <= 0x9F;
            return continues(second) && fits && continues(peek(2)) ? 3 : 0;
        }
        if (first >= 0xF0 && first <= 0xF4) {
            boolean fits = first == 0xF0 ? second >= 0x90 : first != 0xF4 || second <= 0x8F;
            return continues(second) && fits && continues(peek(2)) && continues(peek(3)) ? 4 : 0;
        }
        return 0;
    }

    private static boolean continues(int b) {
        return b >= 0x80 && b <= 0xBF;
    }
}
