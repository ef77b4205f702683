package io.docrows.internal.value;

import io.docrows.internal.bson.BsonCursor;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The whole numbers of a Java type.
 *
 * @param least the lowest
 * @param most the highest
 * @param conversion to the Java type
 * @param <N> the Java type
 */
public record WholeRange<N extends Number>(BigDecimal least, BigDecimal most, Function<BigDecimal, N> conversion)
        implements NumberRange<N> {

    /** The range of a {@code smallint}. */
    public static final WholeRange<Short> INT16 = of(Short.MIN_VALUE, Short.MAX_VALUE, BigDecimal::shortValueExact);

    /** The range of an {@code integer}. */
    public static final WholeRange<Integer> INT32 = of(Integer.MIN_VALUE, Integer.MAX_VALUE, BigDecimal::intValueExact);

    /** The range of a {@code bigint}. */
    public static final WholeRange<Long> INT64 = of(Long.MIN_VALUE, Long.MAX_VALUE, BigDecimal::longValueExact);

    private static <N extends Number> WholeRange<N> of(long least, long most, Function<BigDecimal, N> conversion) {
        return new WholeRange<>(BigDecimal.valueOf(least), BigDecimal.valueOf(most), conversion);
    }

    @Override
    public boolean holds(N number) {
        return true;
    }

    @Override
    public boolean isFinite(N number) {
        return true;
    }

    @Override
    public BigDecimal exact(N number) {
        return BigDecimal.valueOf(number.longValue());
    }

    @Override
    public BigDecimal exact(BsonCursor cursor) {
        return RealNumber.decimal(cursor);
    }

    @Override
    public @Nullable N written(BigDecimal decimal) {
        boolean within = decimal.compareTo(least) >= 0 && decimal.compareTo(most) <= 0;
        return within && Decimals.stripped(decimal).scale() <= 0 ? conversion.apply(decimal) : null;
    }

    @Override
    public BigDecimal nearest(BigDecimal exact) {
        return exact.setScale(0, RoundingMode.HALF_UP);
    }

    @Override
    public N of(BigDecimal number) {
        return conversion.apply(number);
    }
}
