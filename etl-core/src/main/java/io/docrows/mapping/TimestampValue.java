package io.docrows.mapping;

import io.docrows.internal.value.TimestampForm;
import io.docrows.internal.value.TimestampReader;
import io.docrows.internal.value.ValueReader;
import io.docrows.report.LossPolicy;

/**
 * A point in time, and what may be done with one that its column cannot hold. Immutable and thread-safe.
 *
 * @param <T> {@link java.time.Instant} or {@link java.time.LocalDateTime}
 */
public final class TimestampValue<T> extends LossyValue<T, TimestampValue<T>> {

    private final TimestampForm<T> form;
    private final boolean clampDate;
    private final boolean round;

    private TimestampValue(ValueTerms terms, TimestampForm<T> form, boolean clampDate, boolean round) {
        super(
                terms,
                binding -> new TimestampReader<>(
                        form,
                        binding.limits().timeUnit(),
                        clampDate ? binding.policy(LossPolicy.CLAMP_DATE) : ValueReader.NO_POLICY,
                        round ? binding.policy(LossPolicy.ROUND) : ValueReader.NO_POLICY));
        this.form = form;
        this.clampDate = clampDate;
        this.round = round;
    }

    TimestampValue(ValueTerms terms, TimestampForm<T> form) {
        this(terms, form, false, false);
    }

    /**
     * The same point in time, but the first or the last that PostgreSQL can hold where it lies beyond 4713 BC or 294276
     * AD. Without this policy such a date rejects the document with {@code OUT_OF_RANGE}.
     *
     * @return a value with the policy {@link LossPolicy#CLAMP_DATE}
     */
    public TimestampValue<T> clampDate() {
        return new TimestampValue<>(terms(), form, true, round);
    }

    /**
     * The same point in time, rounded to the precision that its column declares, half of a unit upwards. Without this
     * policy a time that is finer than its column rejects the document with {@code OUT_OF_RANGE}.
     *
     * @return a value with the policy {@link LossPolicy#ROUND}
     */
    public TimestampValue<T> round() {
        return new TimestampValue<>(terms(), form, clampDate, true);
    }

    /**
     * The same point in time, null where it would reject the document with {@code OUT_OF_RANGE}.
     *
     * @return a value with the policy {@link LossPolicy#OUT_OF_RANGE_AS_NULL}
     */
    public TimestampValue<T> outOfRangeAsNull() {
        return on(terms().with(LossPolicy.OUT_OF_RANGE_AS_NULL));
    }

    @Override
    String options() {
        return (clampDate ? ".clampDate" : "") + (round ? ".round" : "");
    }

    @Override
    TimestampValue<T> on(ValueTerms terms) {
        return new TimestampValue<>(terms, form, clampDate, round);
    }
}
