package io.docrows.mapping;

import io.docrows.error.RejectedValueException;
import org.jspecify.annotations.Nullable;

/**
 * Makes one value of two. A pure function, safe for use by several threads; called unless both are null, so that
 * nothing is lost where only one is there.
 *
 * @param <A> the type of the first
 * @param <B> the type of the second
 * @param <T> the type of the value made
 */
@FunctionalInterface
public interface Combination<A, B, T> {

    /**
     * Combines two values.
     *
     * @param first the first, or null
     * @param second the second, or null; not both are null
     * @return the value, or null for SQL NULL
     * @throws RejectedValueException to reject the document; any other exception rejects it too, with the exception's
     *     class as the detail
     */
    @Nullable T apply(@Nullable A first, @Nullable B second);

    /**
     * Makes one value of three, as {@link Combination} does of two.
     *
     * @param <A> the type of the first
     * @param <B> the type of the second
     * @param <C> the type of the third
     * @param <T> the type of the value made
     */
    @FunctionalInterface
    interface OfThree<A, B, C, T> {

        /**
         * Combines three values.
         *
         * @param first the first, or null
         * @param second the second, or null
         * @param third the third, or null; not all are null
         * @return the value, or null for SQL NULL
         * @throws RejectedValueException to reject the document; any other exception rejects it too, with the
         *     exception's class as the detail
         */
        @Nullable T apply(@Nullable A first, @Nullable B second, @Nullable C third);
    }
}
