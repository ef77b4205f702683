package io.docrows.internal.value;

import io.docrows.internal.bson.BsonCursor;
import java.math.BigDecimal;
import org.bson.types.Decimal128;

/** Reads any of the four number types as a whole number, if it is one and is in range. */
public final class WholeNumber {

    private static final double TWO_TO_63 = 0x1p63;

    private WholeNumber() {}

    /**
     * Reads a whole number of 16 bits.
     *
     * @param cursor stands at the value; is not moved
     * @return the number
     * @throws io.docrows.error.RejectedValueException if the BSON type is not accepted or the value cannot be carried
     *     without loss
     */
    public static short int16(BsonCursor cursor) {
        long value = read(cursor, "a whole number of 16 bits");
        if (value != (short) value) {
            throw Mismatch.range(cursor, "a whole number of 16 bits");
        }
        return (short) value;
    }

    /**
     * Reads a whole number of 32 bits.
     *
     * @param cursor stands at the value; is not moved
     * @return the number
     * @throws io.docrows.error.RejectedValueException if the BSON type is not accepted or the value cannot be carried
     *     without loss
     */
    public static int int32(BsonCursor cursor) {
        long value = read(cursor, "a whole number of 32 bits");
        if (value != (int) value) {
            throw Mismatch.range(cursor, "a whole number of 32 bits");
        }
        return (int) value;
    }

    /**
     * Reads a whole number of 64 bits.
     *
     * @param cursor stands at the value; is not moved
     * @return the number
     * @throws io.docrows.error.RejectedValueException if the BSON type is not accepted or the value cannot be carried
     *     without loss
     */
    public static long int64(BsonCursor cursor) {
        return read(cursor, "a whole number of 64 bits");
    }

    private static long read(BsonCursor cursor, String expected) {
        return switch (cursor.type()) {
            case INT32 -> cursor.int32();
            case INT64 -> cursor.int64();
            case DOUBLE -> ofDouble(cursor, expected);
            case DECIMAL128 -> ofDecimal(cursor, expected);
            default -> throw Mismatch.type(cursor, expected);
        };
    }

    private static long ofDouble(BsonCursor cursor, String expected) {
        double value = cursor.float64();
        if (value != Math.rint(value) || value < -TWO_TO_63 || value >= TWO_TO_63) {
            throw Mismatch.range(cursor, expected);
        }
        return (long) value;
    }

    private static long ofDecimal(BsonCursor cursor, String expected) {
        Decimal128 value = cursor.decimal128();
        if (value.isNaN() || value.isInfinite()) {
            throw Mismatch.range(cursor, expected);
        }
        BigDecimal exact = Decimals.stripped(Decimals.of(value));
        if (exact.scale() > 0) {
            throw Mismatch.range(cursor, expected);
        }
        try {
            return exact.longValueExact();
        } catch (ArithmeticException e) {
            throw Mismatch.range(cursor, expected);
        }
    }
}
