package io.docrows.mapping;

import io.docrows.internal.value.ValueReader;

/**
 * How a value is going to be read, once its column is known. Stateless.
 *
 * @param <T> the type read
 */
@FunctionalInterface
interface ReadPlan<T> {

    /** Why policies that read another type than the mapping says cannot be chosen for what a conversion makes. */
    String TOO_LATE = "reads what is stored: choose it for the value itself, before that is converted or composed";

    /** The reader for a column; problems are reported to the binding. */
    ValueReader<T> bind(Binding binding);

    /** Whether the value is not read as it is stored, but was converted or composed. */
    default boolean isMade() {
        return false;
    }
}
