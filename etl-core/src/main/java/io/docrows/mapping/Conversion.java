package io.docrows.mapping;

import io.docrows.error.RejectedValueException;
import org.jspecify.annotations.Nullable;

/**
 * Turns what a field holds into what its column takes. A pure function, safe for use by several threads; never called
 * for null.
 *
 * @param <T> the type before
 * @param <U> the type after
 */
@FunctionalInterface
public interface Conversion<T, U> {

    /**
     * Converts one value.
     *
     * @param value the value
     * @return the converted value, or null for SQL NULL (in an array: to leave the element out)
     * @throws RejectedValueException to reject the document; any other exception rejects it too, with the exception's
     *     class as the detail. An {@link Error} is no document's fault: it ends the run with {@code INTERNAL}
     */
    @Nullable U apply(T value);
}
