package io.docrows.mapping;

import io.docrows.internal.column.ColumnLimits;
import io.docrows.internal.value.DecimalRange;
import io.docrows.internal.value.ValueReader;
import io.docrows.report.LossPolicy;
import java.math.BigDecimal;

/** A decimal number, and what may be done with one that its column cannot hold. Immutable and thread-safe. */
public final class DecimalValue extends LossyValue<BigDecimal, DecimalValue> {

    private final ReadPlan<BigDecimal> source;
    private final NumberPolicies policies;

    private DecimalValue(ValueTerms terms, ReadPlan<BigDecimal> source, NumberPolicies policies) {
        super(terms, binding -> bind(source, policies, binding));
        this.source = source;
        this.policies = policies;
    }

    DecimalValue(ValueTerms terms, ReadPlan<BigDecimal> source) {
        this(terms, source, NumberPolicies.NONE);
    }

    /**
     * A converted value as a decimal number, so that policies can be chosen for what the conversion makes.
     *
     * @param converted any value of this type
     * @return the same value
     */
    public static DecimalValue of(Value<BigDecimal> converted) {
        return new DecimalValue(converted.terms().after(converted.options()), new MadePlan<>(converted.plan()));
    }

    private static ValueReader<BigDecimal> bind(ReadPlan<BigDecimal> source, NumberPolicies policies, Binding binding) {
        if (policies.orText() && source.isMade()) {
            binding.problem(LossPolicy.OR_TEXT, ReadPlan.TOO_LATE);
        }
        if (!policies.round() && !policies.clamp()) {
            return policies.bind(source, DecimalRange.UNLIMITED, binding);
        }
        ColumnLimits limits = binding.limits();
        if (binding.javaType() == BigDecimal.class && limits.precision() > 0) {
            return policies.bind(source, DecimalRange.of(limits.precision(), limits.scale()), binding);
        }
        binding.problem(
                policies.round() ? LossPolicy.ROUND : LossPolicy.CLAMP,
                "needs a column that declares its precision, such as numeric(12, 2)");
        return source.bind(binding);
    }

    /**
     * The same number, null for NaN and the infinities. Without this policy they reject the document with
     * {@code OUT_OF_RANGE}.
     *
     * @return a value with the policy {@link LossPolicy#NAN_AS_NULL}
     */
    public DecimalValue nanAsNull() {
        return new DecimalValue(terms(), source, policies.withNanAsNull());
    }

    /**
     * The same number, rounded to the scale that its column declares, and half of a unit away from zero, as PostgreSQL
     * rounds a numeric. A double is rounded as the shortest decimal that stands for it. Without this policy a number
     * with more decimal places than its column rejects the document with {@code OUT_OF_RANGE}.
     *
     * @return a value with the policy {@link LossPolicy#ROUND}
     */
    public DecimalValue round() {
        return new DecimalValue(terms(), source, policies.withRound());
    }

    /**
     * The same number, but the lowest or the highest that its column's precision allows where it lies beyond; the
     * infinities count among those. Without this policy such a number rejects the document with {@code OUT_OF_RANGE}.
     *
     * @return a value with the policy {@link LossPolicy#CLAMP}
     */
    public DecimalValue clamp() {
        return new DecimalValue(terms(), source, policies.withClamp());
    }

    /**
     * The same number, also where it is written as text: with a sign or without, with zeros in front, with an exponent,
     * and with blanks around it, but without grouping. Any other text rejects the document with {@code INVALID_VALUE}.
     * Without this policy every text rejects it with {@code TYPE_MISMATCH}.
     *
     * @return a value with the policy {@link LossPolicy#OR_TEXT}
     */
    public DecimalValue orText() {
        return new DecimalValue(terms(), source, policies.withOrText());
    }

    /**
     * The same number, null where it would reject the document with {@code OUT_OF_RANGE}.
     *
     * @return a value with the policy {@link LossPolicy#OUT_OF_RANGE_AS_NULL}
     */
    public DecimalValue outOfRangeAsNull() {
        return on(terms().with(LossPolicy.OUT_OF_RANGE_AS_NULL));
    }

    @Override
    String options() {
        return policies.toString();
    }

    @Override
    DecimalValue on(ValueTerms terms) {
        return new DecimalValue(terms, source, policies);
    }
}
