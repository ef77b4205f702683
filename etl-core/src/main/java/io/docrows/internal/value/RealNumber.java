package io.docrows.internal.value;

import io.docrows.internal.bson.BsonCursor;
import java.math.BigDecimal;
import org.bson.types.Decimal128;

/** Reads any of the four number types as a decimal or as a double, if that can be done without loss. */
public final class RealNumber {

    private static final double TWO_TO_63 = 0x1p63;

    private RealNumber() {}

    /**
     * Reads any finite number.
     *
     * @param cursor stands at the value; is not moved
     * @return the number; a double as its shortest decimal
     * @throws io.docrows.error.RejectedValueException if the BSON type is not accepted or the value cannot be carried
     *     without loss
     */
    public static BigDecimal decimal(BsonCursor cursor) {
        return switch (cursor.type()) {
            case INT32 -> BigDecimal.valueOf(cursor.int32());
            case INT64 -> BigDecimal.valueOf(cursor.int64());
            case DOUBLE -> {
                double value = cursor.float64();
                if (!Double.isFinite(value)) {
                    throw Mismatch.range(cursor, "a finite number");
                }
                yield Decimals.shortest(value);
            }
            case DECIMAL128 -> {
                Decimal128 value = cursor.decimal128();
                if (value.isNaN() || value.isInfinite()) {
                    throw Mismatch.range(cursor, "a finite number");
                }
                yield Decimals.of(value);
            }
            default -> throw Mismatch.type(cursor, "a number");
        };
    }

    /**
     * Reads a number that a double has exactly, NaN and the infinities included.
     *
     * @param cursor stands at the value; is not moved
     * @return the number
     * @throws io.docrows.error.RejectedValueException if the BSON type is not accepted or the value cannot be carried
     *     without loss
     */
    public static double float64(BsonCursor cursor) {
        return switch (cursor.type()) {
            case INT32 -> cursor.int32();
            case INT64 -> ofLong(cursor);
            case DOUBLE -> cursor.float64();
            case DECIMAL128 -> ofDecimal(cursor);
            default -> throw Mismatch.type(cursor, "a number");
        };
    }

    /**
     * Reads a number that a 32-bit float has exactly, NaN and the infinities included.
     *
     * @param cursor stands at the value; is not moved
     * @return the number
     * @throws io.docrows.error.RejectedValueException if the BSON type is not accepted or the value cannot be carried
     *     without loss
     */
    public static float float32(BsonCursor cursor) {
        double value = float64(cursor);
        float single = (float) value;
        if (single != value && !Double.isNaN(value)) {
            throw Mismatch.range(cursor, "a number that a float has exactly");
        }
        return single;
    }

    private static double ofLong(BsonCursor cursor) {
        long value = cursor.int64();
        double binary = value;
        // The cast back saturates, so the largest long would seem to survive the way through 2^63.
        if (binary == TWO_TO_63 || (long) binary != value) {
            throw Mismatch.range(cursor, "a number that a double has exactly");
        }
        return binary;
    }

    private static double ofDecimal(BsonCursor cursor) {
        Decimal128 value = cursor.decimal128();
        if (value.isNaN()) {
            return Double.NaN;
        }
        double sign = value.isNegative() ? -1 : 1;
        if (value.isInfinite()) {
            return sign * Double.POSITIVE_INFINITY;
        }
        BigDecimal exact = Decimals.stripped(Decimals.of(value));
        double binary = exact.doubleValue();
        if (!Decimals.same(binary, exact)) {
            throw Mismatch.range(cursor, "a number that a double has exactly");
        }
        return binary == 0 ? sign * 0.0 : binary;
    }
}
