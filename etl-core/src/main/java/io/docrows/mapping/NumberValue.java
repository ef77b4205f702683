package io.docrows.mapping;

import io.docrows.internal.value.NumberRange;
import io.docrows.report.LossPolicy;

/**
 * A whole or floating-point number, and what may be done with one that its type cannot hold. Immutable and thread-safe.
 *
 * @param <N> the Java type of the number
 */
public final class NumberValue<N extends Number> extends LossyValue<N, NumberValue<N>> {

    private final ReadPlan<N> source;
    private final NumberRange<N> range;
    private final NumberPolicies policies;

    private NumberValue(ValueTerms terms, ReadPlan<N> source, NumberRange<N> range, NumberPolicies policies) {
        super(terms, binding -> policies.bind(source, range, binding));
        this.source = source;
        this.range = range;
        this.policies = policies;
    }

    NumberValue(ValueTerms terms, ReadPlan<N> source, NumberRange<N> range) {
        this(terms, source, range, NumberPolicies.NONE);
    }

    /**
     * The same number, null for NaN and the infinities.
     *
     * @return a value with the policy {@link LossPolicy#NAN_AS_NULL}
     */
    public NumberValue<N> nanAsNull() {
        return new NumberValue<>(terms(), source, range, policies.withNanAsNull());
    }

    /**
     * The same number, rounded: to the nearest whole number, and half of one away from zero, as PostgreSQL rounds a
     * numeric; or to the nearest floating-point number, ties to even. Without this policy a number that would be
     * rounded rejects the document with {@code OUT_OF_RANGE}.
     *
     * @return a value with the policy {@link LossPolicy#ROUND}
     */
    public NumberValue<N> round() {
        return new NumberValue<>(terms(), source, range, policies.withRound());
    }

    /**
     * The same number, but the lowest or the highest of the type where it lies beyond; for whole numbers the infinities
     * count among those. Without this policy such a number rejects the document with {@code OUT_OF_RANGE}.
     *
     * @return a value with the policy {@link LossPolicy#CLAMP}
     */
    public NumberValue<N> clamp() {
        return new NumberValue<>(terms(), source, range, policies.withClamp());
    }

    /**
     * The same number, also where it is written as text: with a sign or without, with zeros in front, with an exponent,
     * and with blanks around it, but without grouping. Any other text rejects the document with {@code INVALID_VALUE}.
     * Without this policy every text rejects it with {@code TYPE_MISMATCH}.
     *
     * @return a value with the policy {@link LossPolicy#OR_TEXT}
     */
    public NumberValue<N> orText() {
        return new NumberValue<>(terms(), source, range, policies.withOrText());
    }

    /**
     * The same number, null where it would reject the document with {@code OUT_OF_RANGE}.
     *
     * @return a value with the policy {@link LossPolicy#OUT_OF_RANGE_AS_NULL}
     */
    public NumberValue<N> outOfRangeAsNull() {
        return on(terms().with(LossPolicy.OUT_OF_RANGE_AS_NULL));
    }

    @Override
    boolean readsOthers() {
        return policies.orText();
    }

    @Override
    String options() {
        return policies.toString();
    }

    @Override
    NumberValue<N> on(ValueTerms terms) {
        return new NumberValue<>(terms, source, range, policies);
    }
}
