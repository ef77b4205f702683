package io.docrows.internal.column;

import io.docrows.error.RejectCode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a timestamp column cannot hold exactly: instants outside of 4713 BC to 294276 AD (PostgreSQL manual, "Date/Time
 * Types"), and fractions of a second finer than its precision, which PostgreSQL would round.
 *
 * @param unit the smallest step in nanoseconds
 */
record TimestampGuard(int unit) implements ColumnGuard<Instant> {

    /** 24 November 4714 BC (proleptic Gregorian), the first day of the Julian period. */
    static final Instant MIN = Instant.parse("-4713-11-24T00:00:00Z");

    static final Instant MAX_EXCLUSIVE = Instant.parse("+294277-01-01T00:00:00Z");

    @Override
    public @Nullable Violation check(Instant value) {
        if (value.isBefore(MIN) || !value.isBefore(MAX_EXCLUSIVE)) {
            return new Violation(
                    RejectCode.OUT_OF_RANGE, "the date is outside of what PostgreSQL holds, 4713 BC to 294276 AD");
        }
        if (value.getNano() % unit != 0) {
            return new Violation(RejectCode.OUT_OF_RANGE, "the time is finer than the column's precision");
        }
        return null;
    }
}
