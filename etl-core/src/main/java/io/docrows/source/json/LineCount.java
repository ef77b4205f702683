package io.docrows.source.json;

import java.io.IOException;
import java.io.InputStream;

/** Counts lines as the parser does: each ends with a line feed, a carriage return, or both. Not thread-safe. */
final class LineCount {

    private static final int BUFFER = 64 << 10;

    private long lines = 1;
    private boolean carriageReturn;

    /**
     * The line in which a place is.
     *
     * @param in the text from its beginning
     * @param offset how many bytes are before the place
     * @return the line's number, from 1
     * @throws IOException if the text ends before, or cannot be read
     */
    static long at(InputStream in, long offset) throws IOException {
        LineCount count = new LineCount();
        byte[] buffer = new byte[BUFFER];
        long left = offset;
        while (left > 0) {
            int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (read < 0) {
                throw new IOException("the file has become shorter");
            }
            count.add(buffer, read);
            left -= read;
        }
        return count.lines();
    }

    void add(byte[] bytes, int count) {
        for (int i = 0; i < count; i++) {
            byte b = bytes[i];
            if (b == '\r' || b == '\n' && !carriageReturn) {
                lines++;
            }
            carriageReturn = b == '\r';
        }
    }

    /** The line behind what was counted. */
    long lines() {
        return lines;
    }
}
