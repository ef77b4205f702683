package io.docrows.internal.column;

import io.docrows.error.RejectCode;
import java.io.DataOutputStream;
import java.io.IOException;
import org.jooq.types.DayToSecond;
import org.jooq.types.YearToMonth;
import org.jooq.types.YearToSecond;
import org.jspecify.annotations.Nullable;

/**
 * {@code interval}: microseconds, eight bytes, days and months, four each, big endian ({@code interval_recv} in
 * PostgreSQL's {@code timestamp.c}); a day is not 24 hours, nor a month 30 days. What it cannot hold: times finer than
 * its precision, which PostgreSQL would round.
 */
final class IntervalCodec extends ColumnType<YearToSecond> {

    private static final long MONTHS = 12;
    private static final long SECOND = 1_000_000;

    private final int unit;

    IntervalCodec(ColumnLimits limits) {
        super(YearToSecond.class, limits);
        this.unit = limits.timeUnit();
    }

    @Override
    @Nullable Violation violation(YearToSecond value) {
        if (months(value) != (int) months(value)) {
            return new Violation(RejectCode.OUT_OF_RANGE, "the interval has more years than PostgreSQL holds");
        }
        return value.getDayToSecond().getNano() % unit == 0
                ? null
                : new Violation(RejectCode.OUT_OF_RANGE, "the time is finer than the column's precision");
    }

    @Override
    void write(DataOutputStream out, YearToSecond value) throws IOException {
        DayToSecond time = value.getDayToSecond();
        long seconds = time.getHours() * 3600L + time.getMinutes() * 60L + time.getSeconds();
        out.writeInt(Long.BYTES + 2 * Integer.BYTES);
        out.writeLong(time.getSign() * (seconds * SECOND + time.getNano() / 1_000));
        out.writeInt(time.getSign() * time.getDays());
        out.writeInt((int) months(value));
    }

    private static long months(YearToSecond value) {
        YearToMonth months = value.getYearToMonth();
        return months.getSign() * (months.getYears() * MONTHS + months.getMonths());
    }
}
