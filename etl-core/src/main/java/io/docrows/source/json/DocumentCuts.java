package io.docrows.source.json;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds places between documents that follow one another, without reading what is before. In JSON a line never ends
 * within a text or a name, and no comma is missing within an object or an array; so where a closing brace, the end of a
 * line and an opening brace follow one another, with nothing but blanks between, a document ends and another begins,
 * however both are laid out.
 */
final class DocumentCuts {

    private static final int BUFFER = 64 << 10;

    private final JsonFile file;
    private final long start;
    private final long end;

    /** Cuts what is between two offsets of a plain file. */
    DocumentCuts(JsonFile file, long start, long end) {
        this.file = file;
        this.start = start;
        this.end = end;
    }

    /**
     * Cuts into parts of nearly equal size.
     *
     * @param parts how many parts are welcome, at least 1
     * @return where the parts begin, the first at the start; fewer than asked for where there are not so many places
     * @throws IOException if the file cannot be read
     */
    List<Long> cuts(int parts) throws IOException {
        List<Long> cuts = new ArrayList<>(List.of(start));
        long size = end - start;
        for (int part = 1; part < parts; part++) {
            long last = cuts.get(cuts.size() - 1);
            // In two steps, because the product of size and part can exceed a long only for absurd files, but may.
            long target = start + size / parts * part + size % parts * part / parts;
            long cut = after(Math.max(target, last + 1));
            if (cut < 0) {
                break;
            }
            if (cut > last) {
                cuts.add(cut);
            }
        }
        return cuts;
    }

    /** The beginning of the first document that follows another behind an offset; -1 if there is none. */
    private long after(long offset) throws IOException {
        byte[] buffer = new byte[BUFFER];
        long at = offset;
        boolean closed = false;
        boolean newLine = false;
        try (InputStream in = file.open(offset, end, false)) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                for (int i = 0; i < count; i++, at++) {
                    switch (buffer[i]) {
                        case '}' -> {
                            closed = true;
                            newLine = false;
                        }
                        case '\n', '\r' -> newLine = closed;
                        case ' ', '\t' -> {
                            // Between documents as well as within them.
                        }
                        case '{' -> {
                            if (newLine) {
                                return at;
                            }
                            closed = false;
                        }
                        default -> {
                            closed = false;
                            newLine = false;
                        }
                    }
                }
            }
        }
        return -1;
    }
}
