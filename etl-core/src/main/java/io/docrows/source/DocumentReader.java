package io.docrows.source;

import org.jspecify.annotations.Nullable;

/** Reads the documents of one partition, in a stable order. Not thread-safe; used by one thread at a time. */
public interface DocumentReader extends AutoCloseable {

    /**
     * Returns the next document.
     *
     * <p>The bytes are handed over: the reader keeps no reference to them. They are what the source holds and may be
     * malformed inside; only their length is known to be right.
     *
     * @return one BSON document, or null at the end of the partition
     * @throws io.docrows.error.DocrowsException {@code SOURCE_CORRUPT} at a place where no further document can be
     *     found (the message names file and byte offset), {@code SOURCE_FAILED} when the connection broke for good
     */
    byte @Nullable [] read();

    /**
     * Returns where this reader stands: after the last document it returned. Opaque, small, and valid in another
     * process.
     *
     * @return the position; before anything was read, the one that the reader was opened with, which may be null
     */
    byte @Nullable [] position();

    /** Releases the cursor or file. Idempotent; does not throw. */
    @Override
    void close();
}
