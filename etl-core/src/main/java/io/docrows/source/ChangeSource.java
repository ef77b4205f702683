package io.docrows.source;

import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import java.util.List;
import java.util.Set;
import org.bson.BsonTimestamp;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * A source that can be followed: it tells which documents were changed. Implementations are safe for several threads.
 */
public interface ChangeSource extends DocumentSource {

    /**
     * Takes a source for one that can be followed.
     *
     * @param source any source
     * @return the same
     * @throws DocrowsException {@code SOURCE_NOT_FOLLOWABLE} if it tells no changes
     */
    static ChangeSource of(DocumentSource source) {
        if (source instanceof ChangeSource changing) {
            return changing;
        }
        throw new DocrowsException(
                ErrorCode.SOURCE_NOT_FOLLOWABLE,
                source.description() + " cannot be followed: only a MongoDB server tells which documents were"
                        + " changed. Give a mongodb:// address, or load on a schedule.");
    }

    /**
     * Begins to follow collections, from now on or from where another reader stood. That the source has all changes
     * since is known when this returns.
     *
     * @param collections their names; those that do not exist yet may be created later
     * @param after the {@linkplain ChangeReader#position() position} of a reader of the same collections after which to
     *     go on, or null for now
     * @return a reader that the caller closes
     * @throws DocrowsException {@code SOURCE_HISTORY_LOST} when the source no longer has all changes since, or the
     *     position is not one of its own; {@code SOURCE_NOT_FOLLOWABLE} when the source cannot tell changes, or not to
     *     this user; {@code SOURCE_COLLECTION_MISSING} when a name is one of a view or a time series;
     *     {@code SOURCE_UNAVAILABLE}
     */
    ChangeReader changes(Set<String> collections, byte @Nullable [] after);

    /**
     * Returns what time it is by the source's own clock.
     *
     * @return a moment that no change has passed that happens from now on
     * @throws DocrowsException {@code SOURCE_UNAVAILABLE}
     */
    BsonTimestamp time();

    /**
     * Reads documents as they are now, or were at any moment after the one given, on whichever member of the source.
     *
     * @param collection a collection's name
     * @param ids the {@code _id}s of the documents wanted, at least one; those of documents that do not exist are
     *     passed over
     * @param notBefore when the latest of their changes happened
     * @return a reader that the caller closes
     */
    DocumentReader read(String collection, List<BsonValue> ids, BsonTimestamp notBefore);
}
