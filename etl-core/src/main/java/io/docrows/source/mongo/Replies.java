package io.docrows.source.mongo;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The documents of a partition, as many at a time as the server sends in a reply. Used by one thread at a time, but for
 * {@link #stop}.
 */
interface Replies extends AutoCloseable {

    /**
     * Returns the documents of the next reply.
     *
     * @return at least one document, in arrays that are the caller's own; null at the end of the partition
     * @throws io.docrows.error.DocrowsException if reading cannot go on
     */
    @Nullable List<byte[]> next();

    /** Says that nobody wants more: what waits before it tries again gives up. May be called from any thread. */
    void stop();

    /** Lets go of the cursor. Idempotent; does not throw. */
    @Override
    void close();
}
