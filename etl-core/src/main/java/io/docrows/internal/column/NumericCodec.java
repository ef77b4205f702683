package io.docrows.internal.column;

import io.docrows.error.RejectCode;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * {@code numeric}. PostgreSQL rounds to the declared scale without a word, so the scale is checked here. Limits of an
 * undeclared numeric: PostgreSQL manual, "Arbitrary Precision Numbers".
 *
 * <p>A number is sent as: how many groups of four decimal digits there are, the weight of the first, the sign and the
 * decimal places, two bytes each, then the groups ({@code numeric_recv} in PostgreSQL's {@code numeric.c}).
 * PgBulkInsert's own handler divides a {@link BigInteger} for each group, which cost more than all other columns of a
 * document together.
 */
final class NumericCodec<T> extends ColumnType<T> {

    private static final int MAX_INTEGER_DIGITS = 131_072;
    private static final int MAX_SCALE = 16_383;

    private static final int HEADER = 4 * Short.BYTES;
    private static final int GROUP = 4;
    private static final int BASE = 10_000;
    private static final int NEGATIVE = 0x4000;

    /** Most digits for which the groups can be had from a long, padding included. */
    private static final int LONG_DIGITS = 18;

    private static final int[] POWERS = {1, 10, 100, 1000};

    private final Function<? super T, BigDecimal> decimal;

    /** Below zero if so many decimal places are zero first, as for {@code numeric(2, 5)}. */
    private final int integerDigits;

    /** Below zero if so many digits before the point are zero, as for {@code numeric(4, -2)}. */
    private final int scale;

    NumericCodec(Class<T> javaType, ColumnLimits limits, Function<? super T, BigDecimal> decimal) {
        super(javaType, limits);
        this.decimal = decimal;
        boolean declared = limits.precision() > 0;
        this.integerDigits = declared ? limits.precision() - limits.scale() : MAX_INTEGER_DIGITS;
        this.scale = declared ? limits.scale() : MAX_SCALE;
    }

    @Override
    @Nullable Violation violation(T number) {
        BigDecimal value = decimal.apply(number);
        if (value.signum() == 0) {
            return null;
        }
        // Cheap for the common case: digits before the point, whatever trailing zeros there are.
        if (value.precision() - value.scale() > integerDigits) {
            return new Violation(
                    RejectCode.OUT_OF_RANGE,
                    integerDigits > 0
                            ? "the number has more than " + integerDigits + " digits before the decimal point"
                            : "the number is not below " + power(integerDigits) + " in size, as a " + declared()
                                    + " demands");
        }
        if (value.scale() > scale && value.stripTrailingZeros().scale() > scale) {
            return new Violation(
                    RejectCode.OUT_OF_RANGE,
                    scale >= 0
                            ? "the number has more than " + scale + " decimal places and would be rounded"
                            : "the number is not a multiple of " + power(-scale) + ", as a " + declared()
                                    + " demands, and would be rounded");
        }
        return null;
    }

    private static String power(int exponent) {
        return BigDecimal.ONE.scaleByPowerOfTen(exponent).toPlainString();
    }

    private String declared() {
        return "numeric(" + (integerDigits + scale) + ", " + scale + ")";
    }

    @Override
    void write(DataOutputStream out, T source) throws IOException {
        BigDecimal value = decimal.apply(source);
        BigDecimal plain = value.scale() < 0 ? value.setScale(0) : value;
        int places = plain.scale();
        int after = groups(places);
        int padding = after * GROUP - places;
        int digits = plain.precision() + padding;
        int number = plain.signum() == 0 ? 0 : groups(digits);
        out.writeInt(HEADER + number * Short.BYTES);
        out.writeShort(number);
        out.writeShort(number - after - 1);
        out.writeShort(plain.signum() < 0 ? NEGATIVE : 0);
        out.writeShort(places);
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

    private static int groups(int digits) {
        return (digits + GROUP - 1) / GROUP;
    }
}
