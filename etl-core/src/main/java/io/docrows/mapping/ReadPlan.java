package io.docrows.mapping;

import io.docrows.internal.value.ValueReader;

/**
 * How a value is going to be read, once its column is known. Stateless.
 *
 * @param <T> the type read
 */
@FunctionalInterface
interface ReadPlan<T> {

    /** The reader for a column; problems are reported to the binding. */
    ValueReader<T> bind(Binding binding);
}
