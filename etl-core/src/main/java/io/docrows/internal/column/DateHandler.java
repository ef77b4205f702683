package io.docrows.internal.column;

import de.bytefish.pgbulkinsert.pgsql.handlers.BaseValueHandler;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.LocalDate;

/**
 * Sends a day as {@code date}: days since 2000-01-01 in the proleptic Gregorian calendar, four bytes, big endian
 * ({@code date_recv} in PostgreSQL's {@code date.c}). PgBulkInsert's own handler moves days before 1582-10-15 by the
 * difference to the Julian calendar, in which neither {@link LocalDate} nor PostgreSQL counts.
 */
final class DateHandler extends BaseValueHandler<LocalDate> {

    static final DateHandler INSTANCE = new DateHandler();

    private static final int EPOCH_2000_DAY = 10_957;

    @Override
    protected void internalHandle(DataOutputStream out, LocalDate value) throws IOException {
        out.writeInt(Integer.BYTES);
        out.writeInt(Math.toIntExact(value.toEpochDay() - EPOCH_2000_DAY));
    }

    @Override
    public int getLength(LocalDate value) {
        return Integer.BYTES;
    }
}
