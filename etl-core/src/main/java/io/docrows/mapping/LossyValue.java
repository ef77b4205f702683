package io.docrows.mapping;

import io.docrows.report.LossPolicy;
import java.util.List;

/**
 * A value of a type for which there are policies of its own: not every column holds it in full, or not every writer
 * stores it alike. Immutable and thread-safe.
 *
 * @param <T> the Java type of the column it can be mapped to
 * @param <S> the subclass
 */
public abstract sealed class LossyValue<T, S extends LossyValue<T, S>> extends Value<T>
        permits TextValue,
                JsonValue,
                IdValue,
                BooleanValue,
                UuidValue,
                NumberValue,
                DecimalValue,
                TimestampValue,
                DateValue,
                TimeValue {

    LossyValue(ValueTerms terms, ReadPlan<T> plan) {
        super(terms, plan);
    }

    /** The same value on other terms. */
    abstract S on(ValueTerms terms);

    @Override
    public S required() {
        return on(terms().withRequired());
    }

    @Override
    public S at(int index, String... names) {
        return on(terms().at(new ElementStep(index, List.of(names))));
    }

    @Override
    public S mismatchAsNull() {
        return on(terms().with(LossPolicy.MISMATCH_AS_NULL));
    }

    @Override
    public S emptyAsNull() {
        return on(terms().with(LossPolicy.EMPTY_AS_NULL));
    }

    @Override
    public S orArrayOfOne() {
        return on(terms().with(LossPolicy.OR_ARRAY_OF_ONE));
    }

    @Override
    public S invalidAsNull() {
        return on(terms().with(LossPolicy.INVALID_AS_NULL));
    }
}
