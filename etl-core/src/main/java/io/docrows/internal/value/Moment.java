package io.docrows.internal.value;

import io.docrows.internal.bson.BsonCursor;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.bson.BsonType;

/** Dates, which BSON stores as milliseconds since 1970, and the ranges of PostgreSQL 17, table 8.9. */
final class Moment {

    /** 4714-11-24 BC, Julian day 0: PostgreSQL's first {@code date} and {@code timestamptz}. */
    static final LocalDate FIRST_DAY = LocalDate.of(-4713, 11, 24);

    static final LocalDate LAST_DAY = LocalDate.of(5_874_897, 12, 31);
    /** The first that {@code timestamptz} can hold. */
    static final long FIRST_MILLISECOND = -210_866_803_200_000L;
    /** 294277-01-01, which is the first that {@code timestamptz} cannot hold. */
    static final long AFTER_LAST_MILLISECOND = 9_224_318_016_000_000L;

    private Moment() {}

    /** Every number of milliseconds is within Java's range of days. */
    static LocalDate day(BsonCursor cursor, ZoneId zone) {
        return LocalDate.ofInstant(Instant.ofEpochMilli(milliseconds(cursor)), zone);
    }

    static long milliseconds(BsonCursor cursor) {
        if (cursor.type() != BsonType.DATE_TIME) {
            throw Mismatch.type(cursor, "date");
        }
        return cursor.int64();
    }
}
