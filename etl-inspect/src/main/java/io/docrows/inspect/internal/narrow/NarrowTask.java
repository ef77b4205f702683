package io.docrows.inspect.internal.narrow;

import io.docrows.inspect.internal.measure.DocumentMark;
import io.docrows.internal.bson.BsonCursor;

/** Counts something of the values at one path, for one thread. */
public interface NarrowTask {

    /**
     * A value of the path.
     *
     * @param cursor stands at it; is not to be moved
     * @param mark the document
     */
    default void value(BsonCursor cursor, DocumentMark mark) {}

    /** The value is a document, whose fields come now. */
    default void enter() {}

    /** The document's fields are all told. */
    default void leave() {}
}
