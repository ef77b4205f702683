package io.docrows.internal.column;

import de.bytefish.pgbulkinsert.pgsql.handlers.BaseValueHandler;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * Sends a number as {@code numeric}: how many groups of four decimal digits there are, the weight of the first, the
 * sign and the decimal places, two bytes each, then the groups ({@code numeric_recv} in PostgreSQL's
 * {@code numeric.c}). PgBulkInsert's own handler divides a {@link BigInteger} for each group, which cost more than all
 * other columns of a document together.
 */
final class NumericHandler extends BaseValueHandler<BigDecimal> {

    static final NumericHandler INSTANCE = new NumericHandler();

    private static final int HEADER = 4 * Short.BYTES;
    private static final int GROUP = 4;
    private static final int BASE = 10_000;
    private static final int NEGATIVE = 0x4000;

    /** Most digits for which the groups can be had from a long, padding included. */
    private static final int LONG_DIGITS = 18;

    private static final int[] POWERS = {1, 10, 100, 1000};

    @Override
    protected void internalHandle(DataOutputStream out, BigDecimal value) throws IOException {
        BigDecimal plain = plain(value);
        int scale = plain.scale();
        int after = groups(scale);
        int padding = after * GROUP - scale;
        int digits = plain.precision() + padding;
        int number = plain.signum() == 0 ? 0 : groups(digits);
        out.writeInt(HEADER + number * Short.BYTES);
        out.writeShort(number);
        out.writeShort(number - after - 1);
        out.writeShort(plain.signum() < 0 ? NEGATIVE : 0);
        out.writeShort(scale);
        if (digits <= LONG_DIGITS) {
            write(out, Math.abs(unscaled(plain)) * POWERS[padding], number);
        } else {
            write(out, plain.unscaledValue().abs() + "0".repeat(padding), number);
        }
    }

    private static void write(DataOutputStream out, long digits, int number) throws IOException {
        long unit = 1;
        for (int i = 1; i < number; i++) {
            unit *= BASE;
        }
        for (int i = 0; i < number; i++, unit /= BASE) {
            out.writeShort((int) (digits / unit % BASE));
        }
    }

    private static void write(DataOutputStream out, String digits, int number) throws IOException {
        int end = digits.length() - (number - 1) * GROUP;
        for (int start = 0; start < digits.length(); start = end, end += GROUP) {
            out.writeShort(Integer.parseInt(digits, start, end, 10));
        }
    }

    /** The digits without the point, and without the big integer that {@link BigDecimal#unscaledValue} makes. */
    private static long unscaled(BigDecimal plain) {
        return plain.scaleByPowerOfTen(plain.scale()).longValue();
    }

    /** PostgreSQL knows no scale below zero. */
    private static BigDecimal plain(BigDecimal value) {
        return value.scale() < 0 ? value.setScale(0) : value;
    }

    private static int groups(int digits) {
        return (digits + GROUP - 1) / GROUP;
    }

    @Override
    public int getLength(BigDecimal value) {
        BigDecimal plain = plain(value);
        int after = groups(plain.scale());
        int number = plain.signum() == 0 ? 0 : groups(plain.precision() + after * GROUP - plain.scale());
        return HEADER + number * Short.BYTES;
    }
}
