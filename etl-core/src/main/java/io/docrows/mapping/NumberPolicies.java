package io.docrows.mapping;

import io.docrows.internal.value.NumberRange;
import io.docrows.internal.value.NumberReader;
import io.docrows.internal.value.ValueReader;
import io.docrows.report.LossPolicy;

/** The policies chosen for a number. Immutable. */
record NumberPolicies(boolean nanAsNull, boolean round, boolean clamp, boolean orText) {

    static final NumberPolicies NONE = new NumberPolicies(false, false, false, false);

    NumberPolicies withNanAsNull() {
        return new NumberPolicies(true, round, clamp, orText);
    }

    NumberPolicies withRound() {
        return new NumberPolicies(nanAsNull, true, clamp, orText);
    }

    NumberPolicies withClamp() {
        return new NumberPolicies(nanAsNull, round, true, orText);
    }

    NumberPolicies withOrText() {
        return new NumberPolicies(nanAsNull, round, clamp, true);
    }

    /** What was never chosen is not told: so a mapping's digest stays when policies are added to the library. */
    @Override
    public String toString() {
        return "NumberPolicies[nanAsNull=" + nanAsNull + ", round=" + round + ", clamp=" + clamp + "]"
                + (orText ? ".orText" : "");
    }

    <N> ValueReader<N> bind(ReadPlan<N> source, NumberRange<N> range, Binding binding) {
        ValueReader<N> reader = source.bind(binding);
        if (equals(NONE)) {
            return reader;
        }
        return new NumberReader<>(
                reader,
                range,
                nanAsNull ? binding.policy(LossPolicy.NAN_AS_NULL) : ValueReader.NO_POLICY,
                round ? binding.policy(LossPolicy.ROUND) : ValueReader.NO_POLICY,
                clamp ? binding.policy(LossPolicy.CLAMP) : ValueReader.NO_POLICY,
                orText ? binding.policy(LossPolicy.OR_TEXT) : ValueReader.NO_POLICY);
    }
}
