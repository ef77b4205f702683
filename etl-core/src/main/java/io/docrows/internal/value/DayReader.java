package io.docrows.internal.value;

import io.docrows.internal.bson.BsonCursor;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.bson.BsonType;

/**
 * Reads a date, or what stands for one, as a day within the range of PostgreSQL's {@code date}.
 *
 * @param zone where the day is looked up
 * @param others what is read beside a date
 * @param clampDate number of the policy that takes the first or last day of the range for those beyond, or
 *     {@link #NO_POLICY}
 */
public record DayReader(ZoneId zone, TimeSources others, int clampDate) implements ValueReader<LocalDate> {

    @Override
    public LocalDate read(BsonCursor cursor, PolicyCounter counter) {
        LocalDate day = cursor.type() == BsonType.DATE_TIME ? Moment.day(cursor, zone) : other(cursor, counter);
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

    private LocalDate other(BsonCursor cursor, PolicyCounter counter) {
        if (others.orText() != NO_POLICY && WrittenNumber.isText(cursor)) {
            LocalDate day = written(cursor);
            counter.add(others.orText());
            return day;
        }
        if (others.readsEpoch() && PlainText.isNumber(cursor.type())) {
            boolean seconds = others.orEpochSeconds() != NO_POLICY;
            LocalDate day = LocalDate.ofInstant(EpochNumber.instant(cursor, seconds), zone);
            counter.add(seconds ? others.orEpochSeconds() : others.orEpochMillis());
            return day;
        }
        if (others.orArray() != NO_POLICY && cursor.type() == BsonType.ARRAY) {
            LocalDate day = TimeParts.day(cursor);
            counter.add(others.orArray());
            return day;
        }
        throw Mismatch.type(cursor, others.expected("day"));
    }

    /** A point in time is looked up in the zone, a day is taken as it is written. */
    private LocalDate written(BsonCursor cursor) {
        WrittenTime written = WrittenTime.read(cursor, others.formatters());
        LocalDateTime clock = written.clock();
        ZoneId where = written.zone();
        if (clock != null && where != null && !where.equals(zone)) {
            return LocalDate.ofInstant(LocalClock.instant(cursor, clock, where), zone);
        }
        LocalDate day = written.day();
        if (day == null) {
            throw Mismatch.value(cursor, "a time with a day");
        }
        return day;
    }
}
