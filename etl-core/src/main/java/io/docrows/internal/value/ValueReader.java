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

    /** Stands for the number of a policy that was not chosen. */
    int NO_POLICY = -1;

    /**
     * The value as a Java object.
     *
     * @param cursor stands at the value; is not moved
     * @param counter is told of every policy that is applied
     * @return the value, or null when it means SQL NULL
     * @throws RejectedValueException if the BSON type is not accepted or the value cannot be carried without loss
     */
    @Nullable T read(BsonCursor cursor, PolicyCounter counter);

    /**
     * Whether the reader itself looks for another value in the place of the sub-document that the value would be in:
     * see {@link BsonCursor#isAbove()}.
     *
     * @return false if that must not be read
     */
    default boolean looksAbove() {
        return false;
    }

    /**
     * A reader of the same values for one decoder, and so for one thread. It may keep what it works with. A reader that
     * reads through another one takes that per thread, too.
     *
     * @param sources what the value is read from, beside the place where the cursor stands
     * @return this, unless there is something to keep
     */
    default ValueReader<T> perThread(Sources sources) {
        return this;
    }
}
