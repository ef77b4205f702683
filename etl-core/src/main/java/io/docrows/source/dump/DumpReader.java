package io.docrows.source.dump;

import io.docrows.error.DocrowsException;
import io.docrows.source.DocumentReader;
import io.docrows.source.internal.IdFilter;
import org.jspecify.annotations.Nullable;

/** What the readers of all dump formats share: filtering, positions, and an error that is not forgotten. */
abstract sealed class DumpReader implements DocumentReader permits BsonReader, ArchiveReader {

    private static final long NONE = -1;

    private final DocumentInput in;
    private final IdFilter filter;
    private final @Nullable DumpPosition after;
    /** The position of the document read last. */
    private long offset = NONE;

    private long checksum;
    private @Nullable DocrowsException failure;

    DumpReader(DocumentInput in, IdFilter filter, @Nullable DumpPosition after) {
        this.in = in;
        this.filter = filter;
        this.after = after;
    }

    /** The next document whatever its {@code _id}, or null at the end. */
    abstract byte @Nullable [] next();

    /** The checksum up to here, for formats that have one. */
    abstract long checksum();

    @Override
    public final byte @Nullable [] read() {
        if (failure != null) {
            throw failure;
        }
        try {
            byte[] document = next();
            while (document != null && !filter.accepts(document)) {
                document = next();
            }
            if (document != null) {
                offset = in.offset();
                checksum = checksum();
            }
            return document;
        } catch (DocrowsException broken) {
            failure = broken;
            throw broken;
        }
    }

    @Override
    public final byte @Nullable [] position() {
        if (offset != NONE) {
            return new DumpPosition(offset, checksum).encode();
        }
        return after == null ? null : after.encode();
    }

    @Override
    public final void close() {
        DumpFile.close(in);
    }
}
