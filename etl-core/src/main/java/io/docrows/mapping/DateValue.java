package io.docrows.mapping;

import io.docrows.internal.value.DayReader;
import io.docrows.internal.value.ValueReader;
import io.docrows.report.LossPolicy;
import java.time.LocalDate;
import java.time.ZoneId;

/** A calendar day, and what may be done with one that its column cannot hold. Immutable and thread-safe. */
public final class DateValue extends LossyValue<LocalDate, DateValue> {

    private final ZoneId zone;
    private final boolean clampDate;

    private DateValue(ValueTerms terms, ZoneId zone, boolean clampDate) {
        super(
                terms,
                binding ->
                        new DayReader(zone, clampDate ? binding.policy(LossPolicy.CLAMP_DATE) : ValueReader.NO_POLICY));
        this.zone = zone;
        this.clampDate = clampDate;
    }

    DateValue(ValueTerms terms, ZoneId zone) {
        this(terms, zone, false);
    }

    /**
     * The same day, but the first or the last that PostgreSQL can hold where it lies beyond 4713 BC or 5874897 AD.
     * Without this policy such a day rejects the document with {@code OUT_OF_RANGE}.
     *
     * @return a value with the policy {@link LossPolicy#CLAMP_DATE}
     */
    public DateValue clampDate() {
        return new DateValue(terms(), zone, true);
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
        return clampDate ? ".clampDate" : "";
    }

    @Override
    DateValue on(ValueTerms terms) {
        return new DateValue(terms, zone, clampDate);
    }
}
