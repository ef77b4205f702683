package io.docrows.internal.column;

import org.jooq.DataType;
import org.jspecify.annotations.Nullable;

/**
 * What a column's declaration says of the values it can hold. Immutable.
 *
 * @param length most characters of a text; 0 if not declared
 * @param precision digits of a numeric; 0 if not declared
 * @param scale digits of a numeric after the decimal point, below zero if digits before it are zero; of no meaning
 *     without a precision
 * @param timeUnit the smallest step of a timestamp in nanoseconds
 */
public record ColumnLimits(int length, int precision, int scale, int timeUnit) {

    private static final int MICROSECOND_DIGITS = 6;

    /** Nothing declared. */
    static final ColumnLimits NONE = new ColumnLimits(0, 0, 0, 1000);

    /** Four more than what is declared is in {@code atttypmod} ({@code VARHDRSZ} in PostgreSQL's {@code c.h}). */
    private static final int HEADER = 4;

    private static final int SCALE_BITS = 0x7FF;
    private static final int SCALE_SIGN = 0x400;

    /**
     * The limits of a column.
     *
     * @param type the type of a generated column
     * @return what is declared
     */
    public static ColumnLimits of(DataType<?> type) {
        boolean precise = type.precisionDefined() && type.precision() > 0;
        return new ColumnLimits(
                type.lengthDefined() ? type.length() : 0,
                precise ? type.precision() : 0,
                precise && type.scaleDefined() ? type.scale() : 0,
                unit(type.precisionDefined() ? type.precision() : MICROSECOND_DIGITS));
    }

    /**
     * The limits of a column in a target, whose class may not tell all of them.
     *
     * @param type the type of the generated column
     * @param target the type in the target, or null if it is not known
     * @return what both can hold
     */
    static ColumnLimits of(DataType<?> type, @Nullable TargetType target) {
        ColumnLimits declared = of(type);
        if (target == null || target.modifier() < 0) {
            return declared;
        }
        int modifier = target.modifier();
        return switch (target.name()) {
            case "varchar", "bpchar" ->
                new ColumnLimits(
                        declared.length == 0 ? modifier - HEADER : Math.min(declared.length, modifier - HEADER),
                        0,
                        0,
                        1);
            case "numeric" ->
                declared.narrowed(
                        (modifier - HEADER) >> 16 & 0xFFFF,
                        (((modifier - HEADER) & SCALE_BITS) ^ SCALE_SIGN) - SCALE_SIGN);
            case "timestamp", "timestamptz", "time", "timetz", "interval" ->
                new ColumnLimits(0, 0, 0, Math.max(declared.timeUnit, unit(modifier & 0xFFFF)));
            default -> declared;
        };
    }

    private ColumnLimits narrowed(int otherPrecision, int otherScale) {
        if (precision == 0) {
            return new ColumnLimits(0, otherPrecision, otherScale, timeUnit);
        }
        int whole = Math.min(precision - scale, otherPrecision - otherScale);
        int places = Math.min(scale, otherScale);
        return new ColumnLimits(0, Math.max(1, whole + places), places, timeUnit);
    }

    private static int unit(int digits) {
        int unit = 1_000_000_000;
        for (int i = 0; i < Math.min(digits, MICROSECOND_DIGITS); i++) {
            unit /= 10;
        }
        return unit;
    }
}
