package io.docrows.internal.value;

import io.docrows.internal.bson.BsonCursor;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import org.bson.BsonType;

/**
 * Reads the time of day of a date, or what stands for one. Policies are given by their numbers, or {@link #NO_POLICY}.
 *
 * @param zone where the clock is that showed it
 * @param others what is read beside a date
 * @param unit the column's smallest step in nanoseconds
 * @param round the policy that takes the nearest step, the later one of two that are equally near
 */
public record TimeReader(ZoneId zone, TimeSources others, int unit, int round) implements ValueReader<LocalTime> {

    private static final long DAY = 86_400_000_000_000L;

    @Override
    public LocalTime read(BsonCursor cursor, PolicyCounter counter) {
        LocalTime time = cursor.type() == BsonType.DATE_TIME
                ? LocalTime.ofInstant(Instant.ofEpochMilli(cursor.int64()), zone)
                : other(cursor, counter);
        int beyondStep = time.getNano() % unit;
        if (beyondStep == 0 || round == NO_POLICY) {
            return time;
        }
        long step = time.toNanoOfDay() - beyondStep;
        long rounded = 2 * beyondStep < unit ? step : step + unit;
        if (rounded == DAY) {
            throw Mismatch.range(cursor, "a time that is not rounded to midnight, which is on the next day");
        }
        counter.add(round);
        return LocalTime.ofNanoOfDay(rounded);
    }

    private LocalTime other(BsonCursor cursor, PolicyCounter counter) {
        if (others.orText() != NO_POLICY && WrittenNumber.isText(cursor)) {
            LocalTime time = written(cursor);
            counter.add(others.orText());
            return time;
        }
        if (others.orMillisOfDay() != NO_POLICY && PlainText.isNumber(cursor.type())) {
            LocalTime time = LocalTime.ofNanoOfDay(EpochNumber.nanosOfDay(cursor));
            counter.add(others.orMillisOfDay());
            return time;
        }
        if (others.orArray() != NO_POLICY && cursor.type() == BsonType.ARRAY) {
            LocalTime time = TimeParts.time(cursor);
            counter.add(others.orArray());
            return time;
        }
        throw Mismatch.type(cursor, others.expected("time of day"));
    }

    /** A point in time is looked up in the zone, a time of day is taken as it is written. */
    private LocalTime written(BsonCursor cursor) {
        WrittenTime written = WrittenTime.read(cursor, others.formatters());
        LocalDateTime clock = written.clock();
        ZoneId where = written.zone();
        if (clock != null && where != null && !where.equals(zone)) {
            return LocalTime.ofInstant(LocalClock.instant(cursor, clock, where), zone);
        }
        LocalTime time = written.time();
        if (time == null) {
            throw Mismatch.value(cursor, "a time with a time of day");
        }
        return time;
    }
}
