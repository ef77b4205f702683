package io.docrows.internal.target;

import io.docrows.internal.column.ColumnLimits;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import org.jooq.DataType;

/**
 * What {@code pg_attribute.atttypmod} says of a type's precision: for a timestamp the digits of its seconds, for a
 * numeric four more than precision and scale in 16 and 11 bits ({@code numerictypmodin} in PostgreSQL's
 * {@code numeric.c}); -1 if nothing is declared.
 */
final class TypeModifier {

    private static final int NONE = -1;
    private static final int HEADER = 4;
    private static final int SCALE_BITS = 0x7FF;
    private static final int SCALE_SIGN = 0x400;

    private TypeModifier() {}

    /**
     * Whether the target's column would round, without a word, what the generated column holds exactly.
     *
     * @param modifier the target's
     * @param type of the generated column
     * @return true if values must not be sent there
     */
    static boolean rounds(int modifier, DataType<?> type) {
        if (modifier == NONE) {
            return false;
        }
        ColumnLimits limits = ColumnLimits.of(type);
        Class<?> java = type.getType();
        if (java == BigDecimal.class) {
            return limits.precision() == 0 || scale(modifier) < limits.scale();
        }
        if (java == Instant.class || java == OffsetDateTime.class || java == LocalDateTime.class) {
            return timeUnit(modifier) > limits.timeUnit();
        }
        return false;
    }

    private static int scale(int modifier) {
        return (((modifier - HEADER) & SCALE_BITS) ^ SCALE_SIGN) - SCALE_SIGN;
    }

    private static int timeUnit(int digits) {
        int unit = 1_000_000_000;
        for (int i = 0; i < digits; i++) {
            unit /= 10;
        }
        return unit;
    }
}
