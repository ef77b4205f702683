package io.docrows.internal.value;

import io.docrows.internal.bson.BsonCursor;
import java.math.BigDecimal;
import java.util.function.DoubleFunction;
import java.util.function.Function;
import org.bson.BsonType;
import org.jspecify.annotations.Nullable;

/**
 * The finite numbers of a binary floating-point type.
 *
 * @param most the highest; the lowest is its negative
 * @param smallest the lowest above zero that has the type's full precision
 * @param digits how many decimal digits of a number of that precision always survive
 * @param conversion to the Java type: the nearest number, ties to even (IEEE 754), or an infinity
 * @param special to the Java type, for NaN and the infinities
 * @param <N> the Java type
 */
public record FloatRange<N extends Number>(
        BigDecimal most, double smallest, int digits, Function<BigDecimal, N> conversion, DoubleFunction<N> special)
        implements NumberRange<N> {

    /** The range of a {@code real}. */
    public static final FloatRange<Float> FLOAT32 = new FloatRange<>(
            new BigDecimal(Float.MAX_VALUE), Float.MIN_NORMAL, 6, BigDecimal::floatValue, number -> (float) number);

    /** The range of a {@code double precision}. */
    public static final FloatRange<Double> FLOAT64 = new FloatRange<>(
            new BigDecimal(Double.MAX_VALUE), Double.MIN_NORMAL, 15, BigDecimal::doubleValue, number -> number);

    private static final BigDecimal BEYOND = new BigDecimal(Double.MAX_VALUE).scaleByPowerOfTen(1);

    @Override
    public boolean holds(N number) {
        return true;
    }

    @Override
    public boolean isFinite(N number) {
        return Double.isFinite(number.doubleValue());
    }

    @Override
    public BigDecimal exact(N number) {
        return new BigDecimal(number.doubleValue());
    }

    @Override
    public BigDecimal exact(BsonCursor cursor) {
        // Unlike for decimals, what counts of a double is the binary fraction that it is.
        return cursor.type() == BsonType.DOUBLE ? new BigDecimal(cursor.float64()) : RealNumber.decimal(cursor);
    }

    @Override
    public @Nullable N written(BigDecimal decimal) {
        N nearest = conversion.apply(decimal);
        if (!isFinite(nearest)) {
            return null;
        }
        double binary = nearest.doubleValue();
        boolean survives = Decimals.stripped(decimal).precision() <= digits
                && (Math.abs(binary) >= smallest || decimal.signum() == 0);
        boolean shortest =
                nearest instanceof Double && Decimals.shortest(binary).compareTo(decimal) == 0;
        return survives || shortest || Decimals.same(binary, decimal) ? nearest : null;
    }

    @Override
    public N special(double number) {
        return special.apply(number);
    }

    @Override
    public BigDecimal nearest(BigDecimal exact) {
        N nearest = conversion.apply(exact);
        return isFinite(nearest) ? exact(nearest) : exact.signum() < 0 ? BEYOND.negate() : BEYOND;
    }

    @Override
    public BigDecimal least() {
        return most.negate();
    }

    @Override
    public N of(BigDecimal number) {
        return conversion.apply(number);
    }
}
