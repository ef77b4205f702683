package io.docrows.source.dump;

import io.docrows.source.internal.IdFilter;
import org.jspecify.annotations.Nullable;

/** Reads a range of a file in which documents follow one another. */
final class BsonReader extends DumpReader {

    private final DocumentInput in;
    private final long end;

    /**
     * Reads from where the input stands.
     *
     * @param end the offset at which to stop; -1 for the end of the content
     */
    BsonReader(DocumentInput in, long end, IdFilter filter, @Nullable DumpPosition after) {
        super(in, filter, after);
        this.in = in;
        this.end = end < 0 ? Long.MAX_VALUE : end;
    }

    @Override
    byte @Nullable [] next() {
        if (in.offset() >= end) {
            return null;
        }
        long start = in.offset();
        long length = in.nextLength();
        if (length == DocumentInput.END) {
            if (end == Long.MAX_VALUE) {
                return null;
            }
            throw in.damage().at(start, "expected documents up to byte " + end + ", but the file ends");
        }
        byte[] document = in.document(length);
        if (in.offset() > end) {
            throw in.damage().at(start, "expected a document that ends at byte " + end + " or before");
        }
        return document;
    }

    @Override
    long checksum() {
        return 0;
    }
}
