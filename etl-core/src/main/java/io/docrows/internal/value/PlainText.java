package io.docrows.internal.value;

import io.docrows.internal.bson.BsonCursor;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Base64;
import org.bson.BsonType;
import org.bson.types.Decimal128;

/** Scalars as people write them, each type in one way that never changes. */
final class PlainText {

    /** Longer numbers are written with an exponent. */
    private static final int LONGEST = 34;

    private PlainText() {}

    /**
     * Appends a double or decimal as a JSON number. A whole double has no decimal point; a decimal keeps its trailing
     * zeros, and is written without an exponent as far as that is readable. JSON has no NaN and no infinities: those
     * are texts.
     */
    static void number(BsonCursor cursor, StringBuilder out) {
        String number = number(cursor);
        char last = number.charAt(number.length() - 1);
        if (last == 'N' || last == 'y') {
            out.append('"').append(number).append('"');
        } else {
            out.append(number);
        }
    }

    /** A number of any type. */
    static String number(BsonCursor cursor) {
        return switch (cursor.type()) {
            case INT32 -> Integer.toString(cursor.int32());
            case INT64 -> Long.toString(cursor.int64());
            case DOUBLE -> {
                double value = cursor.float64();
                yield Double.isFinite(value) ? text(Decimals.shortest(value)) : Double.toString(value);
            }
            case DECIMAL128 -> {
                Decimal128 value = cursor.decimal128();
                yield value.isFinite() ? text(Decimals.of(value)) : Decimals.text(value);
            }
            default -> throw new IllegalStateException("the cursor does not stand at a number");
        };
    }

    private static String text(BigDecimal number) {
        int digits = Math.max(number.precision(), number.scale());
        return digits <= LONGEST && number.precision() - number.scale() <= LONGEST
                ? number.toPlainString()
                : number.toString();
    }

    /** A date in UTC, as ISO 8601 has it. */
    static String date(BsonCursor cursor) {
        return Instant.ofEpochMilli(cursor.int64()).toString();
    }

    /** A UUID of subtype 4 as one; all other bytes in Base64, for the byte order of old UUIDs is not known. */
    static String binary(BsonCursor cursor) {
        byte[] payload = cursor.bytes();
        return cursor.binarySubtype() == UuidBytes.STANDARD_SUBTYPE && payload.length == UuidBytes.LENGTH
                ? UuidBytes.standard(payload).toString()
                : Base64.getEncoder().encodeToString(payload);
    }

    /** Whether a type is that of a number. */
    static boolean isNumber(BsonType type) {
        return type == BsonType.INT32
                || type == BsonType.INT64
                || type == BsonType.DOUBLE
                || type == BsonType.DECIMAL128;
    }
}
