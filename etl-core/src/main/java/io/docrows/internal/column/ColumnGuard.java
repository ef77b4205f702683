package io.docrows.internal.column;

import org.jspecify.annotations.Nullable;

/** Says whether a column can hold a value exactly. Stateless. */
@FunctionalInterface
interface ColumnGuard<T> {

    /**
     * Checks one value.
     *
     * @param value never null
     * @return what is wrong, or null if the column can hold it without loss
     */
    @Nullable Violation check(T value);
}
