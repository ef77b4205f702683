package io.docrows.internal.value;

import io.docrows.internal.bson.BsonCursor;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.bson.BsonType;

/** Reads dates, which BSON stores as milliseconds since 1970, within the ranges of PostgreSQL 17, table 8.9. */
public final class Moment {

    /** 4714-11-24 BC, Julian day 0: PostgreSQL's first {@code date} and {@code timestamptz}. */
    private static final LocalDate FIRST_DAY = LocalDate.of(-4713, 11, 24);

    private static final LocalDate LAST_DAY = LocalDate.of(5_874_897, 12, 31);
    private static final long FIRST_MILLISECOND = -210_866_803_200_000L;
    /** 294277-01-01, which is the first that {@code timestamptz} cannot hold. */
    private static final long AFTER_LAST_MILLISECOND = 9_224_318_016_000_000L;

    private Moment() {}

    /**
     * Reads a date within the range of {@code timestamptz}.
     *
     * @param cursor stands at the value; is not moved
     * @return the instant
     * @throws io.docrows.mapping.RejectedValueException if the BSON type is not accepted or the value cannot be carried
     *     without loss
     */
    public static Instant instant(BsonCursor cursor) {
        long milliseconds = milliseconds(cursor);
        if (milliseconds < FIRST_MILLISECOND || milliseconds >= AFTER_LAST_MILLISECOND) {
            throw Mismatch.range(cursor, "a date from 4713 BC to 294276 AD");
        }
        return Instant.ofEpochMilli(milliseconds);
    }

    /**
     * Reads a date as a day within the range of PostgreSQL's {@code date}.
     *
     * @param cursor stands at the value; is not moved
     * @param zone where the day is looked up
     * @return the day
     * @throws io.docrows.mapping.RejectedValueException if the BSON type is not accepted or the value cannot be carried
     *     without loss
     */
    public static LocalDate date(BsonCursor cursor, ZoneId zone) {
        // Every number of milliseconds is within Java's range of days, so only PostgreSQL's needs a check.
        LocalDate day = LocalDate.ofInstant(Instant.ofEpochMilli(milliseconds(cursor)), zone);
        if (day.isBefore(FIRST_DAY) || day.isAfter(LAST_DAY)) {
            throw Mismatch.range(cursor, "a date from 4713 BC to 5874897 AD");
        }
        return day;
    }

    private static long milliseconds(BsonCursor cursor) {
        if (cursor.type() != BsonType.DATE_TIME) {
            throw Mismatch.type(cursor, "date");
        }
        return cursor.int64();
    }
}
