package io.docrows.source;

import org.bson.BsonTimestamp;
import org.bson.BsonValue;

/**
 * Tells that a document was changed, and nothing of what it holds now: whoever wants to know reads the document.
 * Immutable.
 *
 * @param kind what happened to it
 * @param collection the name of its collection
 * @param id its {@code _id}
 * @param time when it happened, by the source's own clock
 */
public record Change(Kind kind, String collection, BsonValue id, BsonTimestamp time) {

    /** What happened to a document. */
    public enum Kind {
        /** It was inserted, updated or replaced. */
        CHANGED,
        /** It was deleted. */
        DELETED
    }
}
