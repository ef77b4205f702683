package io.docrows.source;

import io.docrows.error.DocrowsException;
import org.bson.BsonTimestamp;
import org.jspecify.annotations.Nullable;

/**
 * Hands out the changes of some collections in the order in which they happened. Not thread-safe; used by one thread at
 * a time.
 */
public interface ChangeReader extends AutoCloseable {

    /**
     * Returns the next change, waiting for it about a second at most. What is returned may be handed out again by a
     * later reader; what was not, will be.
     *
     * @return the change; null if none came, which says nothing about how far the reader is behind
     * @throws DocrowsException {@code SOURCE_HISTORY_LOST} when changes have been or will be missed, as when a
     *     collection was dropped; {@code SOURCE_FAILED} when the connection broke for good
     */
    @Nullable Change read();

    /**
     * Returns where this reader stands: after the last change it returned, or further on when it knows that there was
     * none since. Opaque, small, and valid in another process. It may move on when {@link #read} returns null.
     *
     * @return the position, as {@link ChangeSource#changes} takes it
     */
    byte[] position();

    /**
     * Returns up to when all changes have been handed out. Compare it with {@link ChangeSource#time()} to know how far
     * the reader is behind; that no change came says nothing.
     *
     * @return a moment by the source's own clock
     */
    BsonTimestamp reached();

    /** Releases the cursor. Idempotent; does not throw. */
    @Override
    void close();
}
