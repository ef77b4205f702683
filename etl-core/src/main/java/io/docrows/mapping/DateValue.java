package io.docrows.mapping;

import io.docrows.internal.value.DayReader;
import io.docrows.internal.value.ValueReader;
import io.docrows.report.LossPolicy;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** A calendar day, and what may be done with one that its column cannot hold. Immutable and thread-safe. */
public final class DateValue extends LossyValue<LocalDate, DateValue> {

    private final ZoneId zone;
    private final TimeForms others;
    private final boolean clampDate;

    private DateValue(ValueTerms terms, ZoneId zone, TimeForms others, boolean clampDate) {
        super(
                terms,
                binding -> new DayReader(
                        zone,
                        others.bind(binding),
                        clampDate ? binding.policy(LossPolicy.CLAMP_DATE) : ValueReader.NO_POLICY));
        this.zone = zone;
        this.others = others;
        this.clampDate = clampDate;
    }

    DateValue(ValueTerms terms, ZoneId zone) {
        this(terms, zone, TimeForms.NONE, false);
    }

    /**
     * The same day, but the first or the last that PostgreSQL can hold where it lies beyond 4713 BC or 5874897 AD.
     * Without this policy such a day rejects the document with {@code OUT_OF_RANGE}.
     *
     * @return a value with the policy {@link LossPolicy#CLAMP_DATE}
     */
    public DateValue clampDate() {
        return new DateValue(terms(), zone, others, true);
    }

    /**
     * The same day, also where it is written as text: the formatters are tried in their order. Where the text has a
     * time of day and an offset, the day is looked up in the zone of this value; a day alone is taken as it is. Any
     * other text, and a day that does not exist, rejects the document with {@code INVALID_VALUE}. Can be called again
     * for more formatters.
     *
     * @param formatter how the text is written; {@link TimeFormats} has some
     * @param others further ones, tried in this order
     * @return a value with the policy {@link LossPolicy#OR_TEXT}
     */
    public DateValue orText(DateTimeFormatter formatter, DateTimeFormatter... others) {
        return new DateValue(terms(), zone, this.others.withText(formatter, others), clampDate);
    }

    /**
     * The same day, also where a number of any type counts milliseconds since 1970-01-01T00:00:00Z. A fraction is kept,
     * to the nanosecond.
     *
     * @return a value with the policy {@link LossPolicy#OR_EPOCH_MILLIS}
     */
    public DateValue orEpochMillis() {
        return new DateValue(terms(), zone, others.withEpochMillis(), clampDate);
    }

    /**
     * The same day, also where a number of any type counts seconds since 1970-01-01T00:00:00Z. A fraction is kept, to
     * the nanosecond; that of a double is the one of the shortest decimal that stands for it.
     *
     * @return a value with the policy {@link LossPolicy#OR_EPOCH_SECONDS}
     */
    public DateValue orEpochSeconds() {
        return new DateValue(terms(), zone, others.withEpochSeconds(), clampDate);
    }

    /**
     * The same day, also where an array of three whole numbers has its year, month and day, as Jackson writes a
     * {@code LocalDate}.
     *
     * @return a value with the policy {@link LossPolicy#OR_ARRAY}
     */
    public DateValue orArray() {
        return new DateValue(terms(), zone, others.withArray(null), clampDate);
    }

    /**
     * The same day, null where it would reject the document with {@code OUT_OF_RANGE}.
     *
     * @return a value with the policy {@link LossPolicy#OUT_OF_RANGE_AS_NULL}
     */
    public DateValue outOfRangeAsNull() {
        return on(terms().with(LossPolicy.OUT_OF_RANGE_AS_NULL));
    }

    @Override
    String options() {
        return others + (clampDate ? ".clampDate" : "");
    }

    @Override
    DateValue on(ValueTerms terms) {
        return new DateValue(terms, zone, others, clampDate);
    }
}
