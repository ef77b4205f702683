package io.docrows.internal.value;

import io.docrows.internal.bson.BsonCursor;
import java.math.BigDecimal;
import java.util.function.Function;
import org.bson.BsonType;

/**
 * The finite numbers of a binary floating-point type.
 *
 * @param most the highest; the lowest is its negative
 * @param conversion to the Java type: the nearest number, ties to even (IEEE 754), or an infinity
 * @param <N> the Java type
 */
public record FloatRange<N extends Number>(BigDecimal most, Function<BigDecimal, N> conversion)
        implements NumberRange<N> {

    /** The range of a {@code real}. */
    public static final FloatRange<Float> FLOAT32 =
            new FloatRange<>(new BigDecimal(Float.MAX_VALUE), BigDecimal::floatValue);

    /** The range of a {@code double precision}. */
    public static final FloatRange<Double> FLOAT64 =
            new FloatRange<>(new BigDecimal(Double.MAX_VALUE), BigDecimal::doubleValue);

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
