package io.docrows.mapping;

import io.docrows.internal.value.TimestampForm;
import io.docrows.internal.value.TimestampReader;
import io.docrows.internal.value.ValueReader;
import io.docrows.report.LossPolicy;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Objects;

/**
 * A point in time, and what may be done with one that its column cannot hold. Immutable and thread-safe.
 *
 * @param <T> {@link java.time.Instant} or {@link java.time.LocalDateTime}
 */
public final class TimestampValue<T> extends LossyValue<T, TimestampValue<T>> {

    private final TimestampForm<T> form;
    private final TimeForms others;
    private final boolean clampDate;
    private final boolean round;

    private TimestampValue(
            ValueTerms terms, TimestampForm<T> form, TimeForms others, boolean clampDate, boolean round) {
        super(
                terms,
                binding -> new TimestampReader<>(
                        form,
                        others.bind(binding),
                        binding.limits().timeUnit(),
                        clampDate ? binding.policy(LossPolicy.CLAMP_DATE) : ValueReader.NO_POLICY,
                        round ? binding.policy(LossPolicy.ROUND) : ValueReader.NO_POLICY));
        this.form = form;
        this.others = others;
        this.clampDate = clampDate;
        this.round = round;
    }

    TimestampValue(ValueTerms terms, TimestampForm<T> form) {
        this(terms, form, TimeForms.NONE, false, false);
    }

    /**
     * The same point in time, but the first or the last that PostgreSQL can hold where it lies beyond 4713 BC or 294276
     * AD. Without this policy such a date rejects the document with {@code OUT_OF_RANGE}.
     *
     * @return a value with the policy {@link LossPolicy#CLAMP_DATE}
     */
    public TimestampValue<T> clampDate() {
        return new TimestampValue<>(terms(), form, others, true, round);
    }

    /**
     * The same point in time, rounded to the precision that its column declares, half of a unit upwards. Without this
     * policy a time that is finer than its column rejects the document with {@code OUT_OF_RANGE}.
     *
     * @return a value with the policy {@link LossPolicy#ROUND}
     */
    public TimestampValue<T> round() {
        return new TimestampValue<>(terms(), form, others, clampDate, true);
    }

    /**
     * The same point in time, also where it is written as text: the formatters are tried in their order. A text without
     * an offset is what a clock showed: for an instant the formatter needs {@code withZone(…)}, and a local date and
     * time is taken as it is. A time that a clock in the zone never showed, or showed twice, is not one. Any other
     * text, and a day that does not exist, rejects the document with {@code INVALID_VALUE}. Can be called again for
     * more formatters.
     *
     * @param formatter how the text is written; {@link TimeFormats} has some
     * @param others further ones, tried in this order
     * @return a value with the policy {@link LossPolicy#OR_TEXT}
     */
    public TimestampValue<T> orText(DateTimeFormatter formatter, DateTimeFormatter... others) {
        return new TimestampValue<>(terms(), form, this.others.withText(formatter, others), clampDate, round);
    }

    /**
     * The same point in time, also where a number of any type counts milliseconds since 1970-01-01T00:00:00Z. A
     * fraction is kept, to the nanosecond.
     *
     * @return a value with the policy {@link LossPolicy#OR_EPOCH_MILLIS}
     */
    public TimestampValue<T> orEpochMillis() {
        return new TimestampValue<>(terms(), form, others.withEpochMillis(), clampDate, round);
    }

    /**
     * The same point in time, also where a number of any type counts seconds since 1970-01-01T00:00:00Z. A fraction is
     * kept, to the nanosecond; that of a double is the one of the shortest decimal that stands for it.
     *
     * @return a value with the policy {@link LossPolicy#OR_EPOCH_SECONDS}
     */
    public TimestampValue<T> orEpochSeconds() {
        return new TimestampValue<>(terms(), form, others.withEpochSeconds(), clampDate, round);
    }

    /**
     * The same point in time, also where an array of whole numbers has its year, month, day, hour and minute, and
     * perhaps second and nanosecond, as Jackson writes a {@code LocalDateTime}. A time that a clock in the zone never
     * showed, or showed twice, rejects the document with {@code INVALID_VALUE}, unless the value is a local date and
     * time in that very zone.
     *
     * @param zone where the clock was that showed this time
     * @return a value with the policy {@link LossPolicy#OR_ARRAY}
     */
    public TimestampValue<T> orArray(ZoneId zone) {
        return new TimestampValue<>(
                terms(), form, others.withArray(Objects.requireNonNull(zone, "zone")), clampDate, round);
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
        return others + (clampDate ? ".clampDate" : "") + (round ? ".round" : "");
    }

    @Override
    TimestampValue<T> on(ValueTerms terms) {
        return new TimestampValue<>(terms, form, others, clampDate, round);
    }
}
