package io.docrows.internal.value;

import io.docrows.internal.bson.BsonCursor;
import org.jspecify.annotations.Nullable;

/** The fields of a document, or of a sub-document, that a mapping carries or leaves out on purpose. Immutable. */
public interface KnownFields {

    /**
     * Looks for a field.
     *
     * @param cursor stands at the field; is not moved
     * @return the field, or null if the mapping says nothing of it
     */
    @Nullable KnownFields find(BsonCursor cursor);

    /**
     * Whether the field is accounted for with all that is in it.
     *
     * @return false for a document of which only some fields are
     */
    boolean isWhole();
}
