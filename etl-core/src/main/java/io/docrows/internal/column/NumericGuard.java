package io.docrows.internal.column;

import io.docrows.error.RejectCode;
import java.math.BigDecimal;
import org.jooq.DataType;
import org.jspecify.annotations.Nullable;

/**
 * What a numeric column cannot hold exactly. PostgreSQL rounds to the declared scale without a word, so the scale is
 * checked here. Limits of an undeclared numeric: PostgreSQL manual, "Arbitrary Precision Numbers".
 *
 * @param integerDigits most digits before the decimal point
 * @param scale most digits after it
 */
record NumericGuard(int integerDigits, int scale) implements ColumnGuard<BigDecimal> {

    private static final int MAX_INTEGER_DIGITS = 131_072;
    private static final int MAX_SCALE = 16_383;

    static NumericGuard of(DataType<?> type) {
        ColumnLimits limits = ColumnLimits.of(type);
        return limits.precision() > 0
                ? new NumericGuard(limits.precision() - limits.scale(), limits.scale())
                : new NumericGuard(MAX_INTEGER_DIGITS, MAX_SCALE);
    }

    @Override
    public @Nullable Violation check(BigDecimal value) {
        if (value.signum() == 0) {
            return null;
        }
        // Cheap for the common case: digits before the point, whatever trailing zeros there are.
        if (value.precision() - value.scale() > integerDigits) {
            return new Violation(
                    RejectCode.OUT_OF_RANGE,
                    "the number has more than " + integerDigits + " digits before the decimal point");
        }
        if (value.scale() > scale && value.stripTrailingZeros().scale() > scale) {
            return new Violation(
                    RejectCode.OUT_OF_RANGE,
                    "the number has more than " + scale + " decimal places and would be rounded");
        }
        return null;
    }
}
