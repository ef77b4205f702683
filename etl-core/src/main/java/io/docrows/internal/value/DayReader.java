package io.docrows.internal.value;

import io.docrows.internal.bson.BsonCursor;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * Reads a date as a day within the range of PostgreSQL's {@code date}.
 *
 * @param zone where the day is looked up
 * @param clampDate number of the policy that takes the first or last day of the range for those beyond, or
 *     {@link #NO_POLICY}
 */
public record DayReader(ZoneId zone, int clampDate) implements ValueReader<LocalDate> {

    @Override
    public LocalDate read(BsonCursor cursor, PolicyCounter counter) {
        LocalDate day = Moment.day(cursor, zone);
        boolean before = day.isBefore(Moment.FIRST_DAY);
        if (!before && !day.isAfter(Moment.LAST_DAY)) {
            return day;
        }
        if (clampDate == NO_POLICY) {
            throw Mismatch.range(cursor, "a date from 4713 BC to 5874897 AD");
        }
        counter.add(clampDate);
        return before ? Moment.FIRST_DAY : Moment.LAST_DAY;
    }
}
