package io.docrows.internal.bson;

import org.bson.BsonType;

/** An element that a cursor has entered: all that {@link BsonCursor#leave()} restores. Reused, hence mutable. */
final class Frame {

    BsonType type = BsonType.END_OF_DOCUMENT;
    int end;
    int position;
    int nameStart;
    int nameEnd;
    long nameWord;
    int valueStart;
    int valueEnd;
}
