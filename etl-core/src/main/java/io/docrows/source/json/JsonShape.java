package io.docrows.source.json;

import java.io.IOException;
import java.io.InputStream;

/**
 * How a file lays out its documents. Immutable.
 *
 * @param compressed whether it is gzipped, so that it can only be read from its beginning
 * @param array whether the documents are the elements of one array; otherwise they follow one another
 * @param start where the array, or the first document, begins in the uncompressed content
 * @param line the line in which that is
 */
record JsonShape(boolean compressed, boolean array, long start, long line) {

    private static final int[] UTF_8_MARK = {0xEF, 0xBB, 0xBF};

    static JsonShape of(InputStream in, boolean compressed, JsonDamage damage) throws IOException {
        int first = in.read();
        long offset = 0;
        if (first == UTF_8_MARK[0]) {
            if (in.read() != UTF_8_MARK[1] || in.read() != UTF_8_MARK[2]) {
                throw damage.encoding();
            }
            offset = UTF_8_MARK.length;
            first = in.read();
        } else if (first == 0xFE || first == 0xFF || first == 0) {
            throw damage.encoding();
        }
        LineCount lines = new LineCount();
        while (first == ' ' || first == '\n' || first == '\r' || first == '\t') {
            lines.add(first);
            first = in.read();
            offset++;
        }
        if (first == '{' && in.read() == 0) {
            throw damage.encoding();
        }
        return new JsonShape(compressed, first == '[', offset, lines.line());
    }
}
