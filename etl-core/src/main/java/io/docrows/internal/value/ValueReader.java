package io.docrows.internal.value;

import io.docrows.internal.bson.BsonCursor;
import org.jspecify.annotations.Nullable;

/**
 * Reads the value a cursor stands at. Stateless. BSON null never reaches a reader: it is the same as a missing field.
 *
 * @param <T> the Java type read
 */
@FunctionalInterface
public interface ValueReader<T> {

    /**
     * The value as a Java object.
     *
     * @param cursor stands at the value; is not moved
     * @return the value, or null when it means SQL NULL
     * @throws RejectedValueException if the BSON type is not accepted or the value cannot be carried without loss
     */
    @Nullable T read(BsonCursor cursor);
}
