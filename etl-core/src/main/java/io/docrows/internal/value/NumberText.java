package io.docrows.internal.value;

import io.docrows.internal.bson.BsonCursor;
import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.bson.BsonDecimal128;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonValue;
import org.bson.types.Decimal128;

/**
 * The canonical text of a number in an {@code _id}: the same for all numbers that MongoDB considers equal, whatever
 * their types, and different for all others.
 *
 * <ul>
 *   <li>A whole number in the range of a long: its digits.
 *   <li>Any other double: its shortest decimal, {@link Decimals#shortest}.
 *   <li>A Decimal128 that equals a long or a double: the text of that. Any other, such as 0.1, of which no double has
 *       the exact value: <code>{"$numberDecimal":"0.1"}</code>, so that it differs from the double that reads 0.1.
 *   <li>{@code NaN} for every NaN, {@code Infinity}, {@code -Infinity}.
 * </ul>
 */
public final class NumberText {

    /** JSON's grammar of numbers (RFC 8259, section 6): texts such as {@code 007} or {@code +49} are no numbers. */
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d+)?");

    private static final double TWO_TO_63 = 0x1p63;

    private NumberText() {}

    /** The text of the number a cursor stands at, which is an int32, int64, double or Decimal128. */
    public static String of(BsonCursor cursor) {
        return switch (cursor.type()) {
            case INT32 -> Integer.toString(cursor.int32());
            case INT64 -> Long.toString(cursor.int64());
            case DOUBLE -> of(cursor.float64());
            case DECIMAL128 -> of(cursor.decimal128());
            default -> throw new IllegalStateException("the cursor does not stand at a number");
        };
    }

    /** Whether a text follows the grammar of numbers, or is one of the three words. */
    public static boolean isNumber(String text) {
        return switch (text) {
            case "NaN", "Infinity", "-Infinity" -> true;
            default -> NUMBER.matcher(text).matches();
        };
    }

    /**
     * The number that a text stands for: an int32 or int64 if it is whole and in range, else the double whose shortest
     * decimal it is, else a Decimal128.
     *
     * @throws IllegalArgumentException if it is none of these
     */
    public static BsonValue parse(String text) {
        if (!isNumber(text)) {
            throw new IllegalArgumentException("not a number");
        }
        if (text.endsWith("N") || text.endsWith("y")) {
            return new BsonDouble(Double.parseDouble(text));
        }
        try {
            return parse(new BigDecimal(text));
        } catch (ArithmeticException | NumberFormatException e) {
            throw new IllegalArgumentException("a number that no BSON type can hold", e);
        }
    }

    private static BsonValue parse(BigDecimal value) {
        if (fitsLong(value)) {
            long whole = value.longValueExact();
            return (int) whole == whole ? new BsonInt32((int) whole) : new BsonInt64(whole);
        }
        double binary = value.doubleValue();
        if (Double.isFinite(binary) && Decimals.shortest(binary).compareTo(value) == 0) {
            return new BsonDouble(binary);
        }
        return new BsonDecimal128(new Decimal128(value));
    }

    private static String of(double value) {
        if (value == Math.rint(value) && value >= -TWO_TO_63 && value < TWO_TO_63) {
            return Long.toString((long) value);
        }
        return Double.isFinite(value) ? Decimals.shortest(value).toString() : Double.toString(value);
    }

    private static String of(Decimal128 value) {
        if (value.isNaN()) {
            return "NaN";
        }
        if (value.isInfinite()) {
            return value.isNegative() ? "-Infinity" : "Infinity";
        }
        BigDecimal exact = Decimals.stripped(Decimals.of(value));
        if (fitsLong(exact)) {
            return Long.toString(exact.longValueExact());
        }
        double binary = exact.doubleValue();
        return Decimals.same(binary, exact) ? of(binary) : "{\"$numberDecimal\":\"" + exact + "\"}";
    }

    private static boolean fitsLong(BigDecimal value) {
        // Compared before anything is expanded: an exponent of 6144 must not become 6144 digits.
        if (value.signum() == 0) {
            return true;
        }
        long integerDigits = (long) value.precision() - value.scale();
        if (integerDigits < 1
                || integerDigits > 19
                || value.stripTrailingZeros().scale() > 0) {
            return false;
        }
        return value.toBigInteger().bitLength() < Long.SIZE;
    }
}
