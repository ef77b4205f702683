package io.docrows.mapping;

import io.docrows.internal.value.TimeReader;
import io.docrows.internal.value.ValueReader;
import io.docrows.report.LossPolicy;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** A time of day, and what else may stand for one. Immutable and thread-safe. */
public final class TimeValue extends LossyValue<LocalTime, TimeValue> {

    private final ZoneId zone;
    private final TimeForms others;
    private final boolean round;

    private TimeValue(ValueTerms terms, ZoneId zone, TimeForms others, boolean round) {
        super(
                terms,
                binding -> new TimeReader(
                        zone,
                        others.bind(binding),
                        binding.limits().timeUnit(),
                        round ? binding.policy(LossPolicy.ROUND) : ValueReader.NO_POLICY));
        this.zone = zone;
        this.others = others;
        this.round = round;
    }

    TimeValue(ValueTerms terms, ZoneId zone) {
        this(terms, zone, TimeForms.NONE, false);
    }

    /**
     * The same time of day, rounded to the precision that its column declares, half of a unit upwards. Without this
     * policy a time that is finer than its column rejects the document with {@code OUT_OF_RANGE}, as does with it one
     * that would be rounded to midnight.
     *
     * @return a value with the policy {@link LossPolicy#ROUND}
     */
    public TimeValue round() {
        return new TimeValue(terms(), zone, others, true);
    }

    /**
     * The same time of day, also where it is written as text: the formatters are tried in their order. Where the text
     * has a day and an offset, the time is looked up in the zone of this value; a time of day alone is taken as it is.
     * Any other text, and a day that does not exist, rejects the document with {@code INVALID_VALUE}. Can be called
     * again for more formatters.
     *
     * @param formatter how the text is written; {@link TimeFormats} has some
     * @param others further ones, tried in this order
     * @return a value with the policy {@link LossPolicy#OR_TEXT}
     */
    public TimeValue orText(DateTimeFormatter formatter, DateTimeFormatter... others) {
        return new TimeValue(terms(), zone, this.others.withText(formatter, others), round);
    }

    /**
     * The same time of day, also where a number of any type counts milliseconds since midnight, from 0 to 86399999. A
     * fraction is kept, to the nanosecond.
     *
     * @return a value with the policy {@link LossPolicy#OR_MILLIS_OF_DAY}
     */
    public TimeValue orMillisOfDay() {
        return new TimeValue(terms(), zone, others.withMillisOfDay(), round);
    }

    /**
     * The same time of day, also where an array of whole numbers has its hour and minute, and perhaps second and
     * nanosecond, as Jackson writes a {@code LocalTime}.
     *
     * @return a value with the policy {@link LossPolicy#OR_ARRAY}
     */
    public TimeValue orArray() {
        return new TimeValue(terms(), zone, others.withArray(null), round);
    }

    /**
     * The same time of day, null where it would reject the document with {@code OUT_OF_RANGE}.
     *
     * @return a value with the policy {@link LossPolicy#OUT_OF_RANGE_AS_NULL}
     */
    public TimeValue outOfRangeAsNull() {
        return on(terms().with(LossPolicy.OUT_OF_RANGE_AS_NULL));
    }

    @Override
    String options() {
        return others + (round ? ".round" : "");
    }

    @Override
    TimeValue on(ValueTerms terms) {
        return new TimeValue(terms, zone, others, round);
    }
}
