package io.docrows.internal.column;

import io.docrows.error.RejectCode;
import java.math.BigDecimal;
import org.jooq.DataType;
import org.jspecify.annotations.Nullable;

/**
 * What a numeric column cannot hold exactly. PostgreSQL rounds to the declared scale without a word, so the scale is
 * checked here. Limits of an undeclared numeric: PostgreSQL manual, "Arbitrary Precision Numbers".
 *
 * @param integerDigits most digits before the decimal point; below zero if so many decimal places are zero first, as
 *     for {@code numeric(2, 5)}
 * @param scale most digits after it; below zero if so many digits before it are zero, as for {@code numeric(4, -2)}
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
}
