package io.docrows.internal.value;

import io.docrows.internal.bson.BsonCursor;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of a {@code numeric(precision, scale)}.
 *
 * @param most the highest; the lowest is its negative
 * @param scale how many digits there are after the decimal point; below zero if so many before it are zero
 */
public record DecimalRange(BigDecimal most, int scale) implements NumberRange<BigDecimal> {

    /** For columns without a declared precision, and where the column is not asked: all are held. */
    public static final DecimalRange UNLIMITED = new DecimalRange(BigDecimal.ZERO, Integer.MAX_VALUE);

    /**
     * A declared range.
     *
     * @param precision how many digits there are in all
     * @param scale how many of them after the decimal point
     * @return the range
     */
    public static DecimalRange of(int precision, int scale) {
        return new DecimalRange(new BigDecimal(BigInteger.TEN.pow(precision).subtract(BigInteger.ONE), scale), scale);
    }

    @Override
    public boolean holds(BigDecimal number) {
        return scale == Integer.MAX_VALUE
                || (number.abs().compareTo(most) <= 0
                        && (number.scale() <= scale || nearest(number).compareTo(number) == 0));
    }

    @Override
    public boolean isFinite(BigDecimal number) {
        return true;
    }

    @Override
    public BigDecimal exact(BigDecimal number) {
        return number;
    }

    @Override
    public @Nullable BigDecimal exact(BsonCursor cursor) {
        // A finite number is read as it is; if it was refused, then by somebody's conversion.
        return null;
    }

    @Override
    public BigDecimal written(BigDecimal decimal) {
        return decimal;
    }

    @Override
    public BigDecimal nearest(BigDecimal exact) {
        return exact.setScale(scale, RoundingMode.HALF_UP);
    }

    @Override
    public BigDecimal least() {
        return most.negate();
    }

    @Override
    public BigDecimal of(BigDecimal number) {
        return number;
    }
}
