package io.docrows.source.json;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** Counts lines as the parser does: each ends with a line feed, a carriage return, or both. Not thread-safe. */
final class LineCount {

    private static final int BUFFER = 64 << 10;

    private long line = 1;
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
        if (count.read(in, offset) < offset) {
            throw new EOFException("the file has become shorter");
        }
        return count.line();
    }

    /**
     * How many lines end between two places of a plain file.
     *
     * @throws IOException if the file cannot be read
     */
    static long between(JsonFile file, long start, long end) throws IOException {
        LineCount count = new LineCount();
        try (InputStream in = file.open(start, end, false)) {
            count.read(in, Long.MAX_VALUE);
        }
        return count.line() - 1;
    }

    private long read(InputStream in, long most) throws IOException {
        byte[] buffer = new byte[BUFFER];
        long done = 0;
        while (done < most) {
            int count = in.read(buffer, 0, (int) Math.min(buffer.length, most - done));
            if (count < 0) {
                break;
            }
            for (int i = 0; i < count; i++) {
                add(buffer[i]);
            }
            done += count;
        }
        return done;
    }

    void add(int next) {
        if (next == '\r' || next == '\n' && !carriageReturn) {
            line++;
        }
        carriageReturn = next == '\r';
    }

    /** The line behind what was counted. */
    long line() {
        return line;
    }
}
