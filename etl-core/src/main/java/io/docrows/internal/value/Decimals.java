package io.docrows.internal.value;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import org.bson.types.Decimal128;

/**
 * The decimal value of BSON's two approximate-looking number types, each in one way that never changes: rows are
 * compared with what an earlier run wrote, perhaps on another JDK, and {@link Double#toString} changed in JDK 19.
 */
public final class Decimals {

    private static final BigInteger LARGEST_COEFFICIENT = BigInteger.TEN.pow(34).subtract(BigInteger.ONE);
    private static final long SIGN_BIT = 1L << 63;

    /** Where the parts of a Decimal128 are in its upper half (IEEE 754-2008, 3.5.2, binary encoding). */
    private static final long OTHER_FORM = 3L << 61;

    private static final int EXPONENT_SHIFT = 49;
    private static final int EXPONENT_MASK = 0x3FFF;
    private static final int EXPONENT_BIAS = 6176;
    private static final long UPPER_COEFFICIENT = (1L << EXPONENT_SHIFT) - 1;

    private static final double FIFTEEN_DIGITS = 1e15;
    private static final double[] POWERS = {1, 10, 100, 1000, 10_000};

    private Decimals() {}

    /**
     * The shortest decimal that reads back as the same double, without trailing zeros. The exact binary value of 0.1
     * has 55 digits that nobody wrote; the shortest form is what the writer of the document meant, and no two doubles
     * share it.
     *
     * @param value a finite number
     */
    public static BigDecimal shortest(double value) {
        for (int scale = 0; scale < POWERS.length; scale++) {
            double scaled = Math.rint(value * POWERS[scale]);
            // At most 15 digits, and both operands exact: the division rounds once, so equality proves the round trip.
            if (Math.abs(scaled) < FIFTEEN_DIGITS && scaled / POWERS[scale] == value) {
                return stripped((long) scaled, scale);
            }
        }
        BigDecimal exact = new BigDecimal(value);
        // Below 15 digits a normal double has at most one decimal that reads back as it, so 15 digits stripped of their
        // zeros are the shortest; a subnormal one may need far fewer.
        for (int digits = Math.abs(value) < Double.MIN_NORMAL ? 1 : 15; digits < 17; digits++) {
            BigDecimal rounded = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
            if (rounded.doubleValue() == value) {
                return stripped(rounded);
            }
        }
        return stripped(exact.round(new MathContext(17, RoundingMode.HALF_EVEN)));
    }

    /**
     * The value of a Decimal128 with the exponent it is stored with; minus zero becomes zero. A coefficient above 34
     * digits is not canonical and stands for zero (IEEE 754-2008, 3.5.2), as in MongoDB.
     *
     * @param value a finite number
     */
    public static BigDecimal of(Decimal128 value) {
        long high = value.getHigh();
        // The usual form: the two bits that announce the other one are not both set, and the coefficient fits a long.
        if ((high & OTHER_FORM) != OTHER_FORM && (high & UPPER_COEFFICIENT) == 0 && value.getLow() >= 0) {
            int exponent = (int) (high >>> EXPONENT_SHIFT & EXPONENT_MASK) - EXPONENT_BIAS;
            return BigDecimal.valueOf(high < 0 ? -value.getLow() : value.getLow(), -exponent);
        }
        BigDecimal magnitude = magnitude(value);
        if (!isCanonical(magnitude)) {
            return BigDecimal.ZERO;
        }
        return value.isNegative() ? magnitude.negate() : magnitude;
    }

    /** The driver's own conversion refuses minus zero, hence without the sign. */
    private static BigDecimal magnitude(Decimal128 value) {
        return Decimal128.fromIEEE754BIDEncoding(value.getHigh() & ~SIGN_BIT, value.getLow())
                .bigDecimalValue();
    }

    private static boolean isCanonical(BigDecimal magnitude) {
        return magnitude.unscaledValue().compareTo(LARGEST_COEFFICIENT) <= 0;
    }

    /**
     * The specification's text of a Decimal128 (BSON Decimal128, "To String Representation"), with its exponent, the
     * sign of zero, NaN and the infinities; zero for a coefficient that is not canonical, as in {@link #of}.
     */
    public static String text(Decimal128 value) {
        if (value.isFinite() && !isCanonical(magnitude(value))) {
            return value.isNegative() ? "-0" : "0";
        }
        return value.toString();
    }

    /** Whether a double and a decimal are the same real number. */
    public static boolean same(double binary, BigDecimal decimal) {
        return Double.isFinite(binary) && new BigDecimal(binary).compareTo(decimal) == 0;
    }

    private static BigDecimal stripped(long unscaled, int scale) {
        if (unscaled == 0) {
            return BigDecimal.ZERO;
        }
        long digits = unscaled;
        int places = scale;
        for (; digits % 10 == 0; digits /= 10) {
            places--;
        }
        return BigDecimal.valueOf(digits, places);
    }

    /** The same number without trailing zeros; zero is 0, whatever its scale. */
    public static BigDecimal stripped(BigDecimal value) {
        return value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
    }
}
