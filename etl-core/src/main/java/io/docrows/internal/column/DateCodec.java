package io.docrows.internal.column;

import io.docrows.error.RejectCode;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * {@code date}: days since 2000-01-01 in the proleptic Gregorian calendar, four bytes, big endian ({@code date_recv} in
 * PostgreSQL's {@code date.c}). PgBulkInsert's own handler moves days before 1582-10-15 by the difference to the Julian
 * calendar, in which neither {@link LocalDate} nor PostgreSQL counts.
 *
 * <p>What it cannot hold: days outside of 4713 BC to 5874897 AD (PostgreSQL manual, "Date/Time Types").
 */
final class DateCodec extends ColumnType<LocalDate> {

    private static final LocalDate MIN = LocalDate.of(-4713, 11, 24);
    private static final LocalDate MAX = LocalDate.of(5_874_897, 12, 31);
    private static final int EPOCH_2000_DAY = 10_957;

    DateCodec() {
        super(LocalDate.class);
    }

    @Override
    @Nullable Violation violation(LocalDate value) {
        return value.isBefore(MIN) || value.isAfter(MAX)
                ? new Violation(
                        RejectCode.OUT_OF_RANGE, "the date is outside of what PostgreSQL holds, 4713 BC to 5874897 AD")
                : null;
    }

    @Override
    void write(DataOutputStream out, LocalDate value) throws IOException {
        out.writeInt(Integer.BYTES);
        out.writeInt(Math.toIntExact(value.toEpochDay() - EPOCH_2000_DAY));
    }
}
