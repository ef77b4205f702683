package io.docrows.internal.value;

import io.docrows.internal.bson.BsonCursor;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.bson.BsonType;

/**
 * Reads a date, or what stands for one, as a point in time within the range of PostgreSQL's timestamps, and applies the
 * policies for it. Policies are given by their numbers, or {@link #NO_POLICY}.
 *
 * @param form what the point in time becomes
 * @param others what is read beside a date
 * @param unit the column's smallest step in nanoseconds
 * @param clampDate the policy that takes the first or last point of the range for those beyond
 * @param round the policy that takes the nearest step, the later one of two that are equally near
 * @param <T> the Java type
 */
public record TimestampReader<T>(TimestampForm<T> form, TimeSources others, int unit, int clampDate, int round)
        implements ValueReader<T> {

    private static final Instant FIRST = Instant.ofEpochMilli(Moment.FIRST_MILLISECOND);
    private static final Instant AFTER_LAST = Instant.ofEpochMilli(Moment.AFTER_LAST_MILLISECOND);
    private static final int MILLISECOND = 1_000_000;

    @Override
    public T read(BsonCursor cursor, PolicyCounter counter) {
        T value = cursor.type() == BsonType.DATE_TIME
                ? form.of(Instant.ofEpochMilli(cursor.int64()))
                : other(cursor, counter);
        Instant position = form.position(value);
        if (isBeyond(position)) {
            return clamped(cursor, counter, position);
        }
        if (round == NO_POLICY || position.getNano() % unit == 0) {
            return value;
        }
        Instant rounded = rounded(position);
        if (isBeyond(rounded)) {
            return clamped(cursor, counter, rounded);
        }
        counter.add(round);
        return form.at(rounded);
    }

    private T other(BsonCursor cursor, PolicyCounter counter) {
        if (others.orText() != NO_POLICY && WrittenNumber.isText(cursor)) {
            T value = written(cursor);
            counter.add(others.orText());
            return value;
        }
        if (others.readsEpoch() && PlainText.isNumber(cursor.type())) {
            boolean seconds = others.orEpochSeconds() != NO_POLICY;
            T value = form.of(EpochNumber.instant(cursor, seconds));
            counter.add(seconds ? others.orEpochSeconds() : others.orEpochMillis());
            return value;
        }
        ZoneId zone = others.arrayZone();
        if (zone != null && cursor.type() == BsonType.ARRAY) {
            T value = form.of(cursor, TimeParts.clock(cursor), zone);
            counter.add(others.orArray());
            return value;
        }
        throw Mismatch.type(cursor, others.expected("time"));
    }

    private T written(BsonCursor cursor) {
        WrittenTime written = WrittenTime.read(cursor, others.formatters());
        LocalDateTime clock = written.clock();
        if (clock == null) {
            throw Mismatch.value(cursor, "a time with a day and a time of day");
        }
        ZoneId zone = written.zone();
        T value = zone == null ? form.of(clock) : form.of(cursor, clock, zone);
        if (value == null) {
            throw Mismatch.value(cursor, "a time with an offset, or one whose formatter has a zone");
        }
        return value;
    }

    private T clamped(BsonCursor cursor, PolicyCounter counter, Instant position) {
        if (clampDate == NO_POLICY) {
            throw Mismatch.range(cursor, "a date from 4713 BC to 294276 AD");
        }
        counter.add(clampDate);
        return form.at(position.isBefore(FIRST) ? FIRST : AFTER_LAST.minusNanos(Math.max(unit, MILLISECOND)));
    }

    private Instant rounded(Instant position) {
        int beyondStep = position.getNano() % unit;
        Instant step = position.minusNanos(beyondStep);
        return 2 * beyondStep < unit ? step : step.plusNanos(unit);
    }

    private static boolean isBeyond(Instant position) {
        return position.isBefore(FIRST) || !position.isBefore(AFTER_LAST);
    }
}
