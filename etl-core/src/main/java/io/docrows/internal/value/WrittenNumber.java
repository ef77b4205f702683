package io.docrows.internal.value;

import io.docrows.internal.bson.BsonCursor;
import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.bson.BsonType;
import org.jspecify.annotations.Nullable;

/**
 * A number that is written in a text, as programs write them: with a sign or without, with zeros in front, with an
 * exponent; blanks around it do not count. There is no grouping, and the decimal point is a point.
 *
 * @param exact the number, or null for NaN and the infinities
 * @param special NaN or an infinity; 0 for all others
 */
record WrittenNumber(@Nullable BigDecimal exact, double special) {

    private static final Pattern NUMBER = Pattern.compile("[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]{1,7})?");

    /** More than PostgreSQL's numeric has before the point and after it; longer texts are not even looked at. */
    private static final int LONGEST = 150_000;

    private static final int MOST_BEFORE_POINT = 131_072;
    private static final int MOST_AFTER_POINT = 16_383;

    /** Whether the value may be such a text. */
    static boolean isText(BsonCursor cursor) {
        return cursor.type() == BsonType.STRING || cursor.type() == BsonType.SYMBOL;
    }

    /**
     * Reads the number.
     *
     * @throws io.docrows.error.RejectedValueException if the text is none
     */
    static WrittenNumber read(BsonCursor cursor) {
        String text = cursor.string().strip();
        switch (text) {
            case "NaN" -> {
                return new WrittenNumber(null, Double.NaN);
            }
            case "Infinity", "+Infinity" -> {
                return new WrittenNumber(null, Double.POSITIVE_INFINITY);
            }
            case "-Infinity" -> {
                return new WrittenNumber(null, Double.NEGATIVE_INFINITY);
            }
            default -> {
                if (text.length() > LONGEST || !NUMBER.matcher(text).matches()) {
                    throw Mismatch.value(cursor, "a number written as text");
                }
                BigDecimal exact = new BigDecimal(text);
                if (exact.signum() == 0) {
                    return new WrittenNumber(exact.setScale(Math.min(Math.max(exact.scale(), 0), MOST_AFTER_POINT)), 0);
                }
                if ((long) exact.precision() - exact.scale() > MOST_BEFORE_POINT || exact.scale() > MOST_AFTER_POINT) {
                    throw Mismatch.range(
                            cursor,
                            "a number with at most " + MOST_BEFORE_POINT + " digits before the decimal point and "
                                    + MOST_AFTER_POINT + " after it");
                }
                return new WrittenNumber(exact, 0);
            }
        }
    }
}
