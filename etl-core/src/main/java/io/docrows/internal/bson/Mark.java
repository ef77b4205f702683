package io.docrows.internal.bson;

import org.bson.BsonType;

/**
 * A place in a document to which a {@link BsonCursor} can return, for as long as it reads that document. Reused; not
 * thread-safe.
 */
public final class Mark {

    BsonType type = BsonType.END_OF_DOCUMENT;
    int nameStart;
    int nameEnd;
    long nameWord;
    int valueStart;
    int valueEnd;
    boolean above;

    /** A mark that is at no place yet. */
    public Mark() {}

    /**
     * Whether the mark is at a value.
     *
     * @return false until {@link BsonCursor#mark}, and after {@link #clear()}
     */
    public boolean isSet() {
        return type != BsonType.END_OF_DOCUMENT;
    }

    /** Takes the mark away. */
    public void clear() {
        type = BsonType.END_OF_DOCUMENT;
    }
}
