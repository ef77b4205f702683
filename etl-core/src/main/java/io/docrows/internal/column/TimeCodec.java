package io.docrows.internal.column;

import io.docrows.error.RejectCode;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.LocalTime;
import org.jspecify.annotations.Nullable;

/**
 * {@code time}: microseconds since midnight, eight bytes, big endian ({@code time_recv} in PostgreSQL's
 * {@code date.c}). What it cannot hold: times finer than its precision, which PostgreSQL would round.
 */
final class TimeCodec extends ColumnType<LocalTime> {

    private final int unit;

    TimeCodec(ColumnLimits limits) {
        super(LocalTime.class, limits);
        this.unit = limits.timeUnit();
    }

    @Override
    @Nullable Violation violation(LocalTime value) {
        return tooFine(value, unit);
    }

    static @Nullable Violation tooFine(LocalTime value, int unit) {
        return value.getNano() % unit == 0
                ? null
                : new Violation(RejectCode.OUT_OF_RANGE, "the time is finer than the column's precision");
    }

    @Override
    void write(DataOutputStream out, LocalTime value) throws IOException {
        out.writeInt(Long.BYTES);
        out.writeLong(value.toNanoOfDay() / 1_000);
    }
}
