package io.docrows.internal.column;

import org.jooq.DataType;

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

    /**
     * The limits of a column.
     *
     * @param type the type of a generated column
     * @return what is declared
     */
    public static ColumnLimits of(DataType<?> type) {
        boolean precise = type.precisionDefined() && type.precision() > 0;
        int digits = type.precisionDefined() ? Math.min(type.precision(), MICROSECOND_DIGITS) : MICROSECOND_DIGITS;
        int unit = 1_000_000_000;
        for (int i = 0; i < digits; i++) {
            unit /= 10;
        }
        return new ColumnLimits(
                type.lengthDefined() ? type.length() : 0,
                precise ? type.precision() : 0,
                precise && type.scaleDefined() ? type.scale() : 0,
                unit);
    }
}
