package io.docrows.internal.column;

import io.docrows.error.RejectCode;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * {@code timestamptz} and {@code timestamp}: microseconds since 2000-01-01 UTC, eight bytes, big endian
 * ({@code timestamptz_recv} in PostgreSQL's {@code timestamp.c}).
 *
 * <p>What they cannot hold: instants outside of 4713 BC to 294276 AD (PostgreSQL manual, "Date/Time Types"), and
 * fractions of a second finer than the declared precision, which PostgreSQL would round.
 */
final class TimestampCodec<T> extends ColumnType<T> {

    /** 24 November 4714 BC (proleptic Gregorian), the first day of the Julian period. */
    private static final Instant MIN = Instant.parse("-4713-11-24T00:00:00Z");

    private static final Instant MAX_EXCLUSIVE = Instant.parse("+294277-01-01T00:00:00Z");

    private static final long EPOCH_2000_SECONDS = 946_684_800L;

    private final Function<? super T, Instant> instant;
    private final int unit;

    TimestampCodec(Class<T> javaType, ColumnLimits limits, Function<? super T, Instant> instant) {
        super(javaType, limits);
        this.instant = instant;
        this.unit = limits.timeUnit();
    }

    @Override
    @Nullable Violation violation(T moment) {
        Instant value = instant.apply(moment);
        if (value.isBefore(MIN) || !value.isBefore(MAX_EXCLUSIVE)) {
            return new Violation(
                    RejectCode.OUT_OF_RANGE, "the date is outside of what PostgreSQL holds, 4713 BC to 294276 AD");
        }
        if (value.getNano() % unit != 0) {
            return new Violation(RejectCode.OUT_OF_RANGE, "the time is finer than the column's precision");
        }
        return null;
    }

    @Override
    void write(DataOutputStream out, T value) throws IOException {
        Instant time = instant.apply(value);
        out.writeInt(Long.BYTES);
        out.writeLong((time.getEpochSecond() - EPOCH_2000_SECONDS) * 1_000_000 + time.getNano() / 1_000);
    }
}
