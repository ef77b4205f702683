package io.docrows.testing;

import static io.docrows.error.RejectCode.INVALID_VALUE;
import static io.docrows.error.RejectCode.NUL_CHARACTER;
import static io.docrows.error.RejectCode.OUT_OF_RANGE;
import static io.docrows.error.RejectCode.TOO_LONG;
import static io.docrows.error.RejectCode.TYPE_MISMATCH;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Set;
import java.util.UUID;
import org.bson.BsonArray;
import org.bson.BsonBinary;
import org.bson.BsonDbPointer;
import org.bson.BsonDocument;
import org.bson.BsonJavaScriptWithScope;
import org.bson.BsonObjectId;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.json.JsonMode;
import org.bson.json.JsonWriterSettings;
import org.bson.types.Decimal128;
import org.jspecify.annotations.Nullable;

/**
 * What each kind of value must make of a BSON value, written down a second time, plainly and from the documentation
 * alone: over the driver's own classes, with texts that PostgreSQL parses itself. Null and undefined are not given to
 * it.
 */
final class PlainReading {

    private static final LocalDateTime FIRST = LocalDateTime.of(-4713, 11, 24, 0, 0);
    private static final LocalDateTime AFTER_LAST = LocalDateTime.of(294_277, 1, 1, 0, 0);
    private static final LocalDate LAST_DAY = LocalDate.of(5_874_897, 12, 31);

    private static final JsonWriterSettings RELAXED = JsonWriterSettings.builder()
            .outputMode(JsonMode.RELAXED)
            .dateTimeConverter((milliseconds, writer) -> writer.writeRaw(date(milliseconds)))
            .doubleConverter((number, writer) -> writer.writeRaw(number(number)))
            .build();

    private PlainReading() {}

    static Outcome text(BsonValue value) {
        String text = value.isString()
                ? value.asString().getValue()
                : value.isSymbol() ? value.asSymbol().getSymbol() : null;
        return text == null ? Outcome.rejected(TYPE_MISMATCH) : Outcome.of(text);
    }

    /** What a text column of so many characters says to a text; 0 for any length. */
    static Outcome fits(String text, int length) {
        if (text.indexOf('\0') >= 0) {
            return Outcome.rejected(NUL_CHARACTER);
        }
        boolean tooLong = length > 0 && text.codePointCount(0, text.length()) > length;
        return tooLong ? Outcome.rejected(TOO_LONG) : Outcome.of(text);
    }

    static Outcome whole(BsonValue value, int bits) {
        if (!value.isNumber() && !value.isDecimal128()) {
            return Outcome.rejected(TYPE_MISMATCH);
        }
        BigDecimal number = exact(value);
        if (number == null || number.stripTrailingZeros().scale() > 0) {
            return Outcome.rejected(OUT_OF_RANGE);
        }
        if (number.signum() == 0) {
            return Outcome.of(0);
        }
        if (number.precision() - number.scale() > 20) {
            return Outcome.rejected(OUT_OF_RANGE);
        }
        BigInteger whole = number.toBigIntegerExact();
        return whole.bitLength() < bits ? Outcome.of(whole) : Outcome.rejected(OUT_OF_RANGE);
    }

    /** A numeric with so many digits before and behind the decimal point. */
    static Outcome decimal(BsonValue value, int digits, int scale) {
        if (!value.isNumber() && !value.isDecimal128()) {
            return Outcome.rejected(TYPE_MISMATCH);
        }
        BigDecimal number = value.isDouble() ? shortest(value.asDouble().getValue()) : exact(value);
        if (number == null) {
            return Outcome.rejected(OUT_OF_RANGE);
        }
        if (number.signum() == 0) {
            // Its scale is kept where the column declares none.
            return Outcome.of(number.toPlainString());
        }
        BigDecimal stripped = number.stripTrailingZeros();
        return stripped.scale() > scale || stripped.precision() - stripped.scale() > digits
                ? Outcome.rejected(OUT_OF_RANGE)
                : Outcome.of(number.toPlainString());
    }

    static Outcome real(BsonValue value, boolean single) {
        if (!value.isNumber() && !value.isDecimal128()) {
            return Outcome.rejected(TYPE_MISMATCH);
        }
        double binary = value.isDecimal128()
                ? ofDecimal(value.asDecimal128().getValue())
                : value.asNumber().doubleValue();
        if (Double.isNaN(binary) || (Double.isInfinite(binary) && exact(value) == null)) {
            return Outcome.of(binary);
        }
        BigDecimal number = exact(value);
        if (number == null || Double.isInfinite(binary) || new BigDecimal(binary).compareTo(number) != 0) {
            return Outcome.rejected(OUT_OF_RANGE);
        }
        if (!single) {
            return Outcome.of(binary);
        }
        return (float) binary == binary ? Outcome.of((float) binary) : Outcome.rejected(OUT_OF_RANGE);
    }

    private static double ofDecimal(Decimal128 value) {
        return value.equals(Decimal128.NEGATIVE_ZERO)
                        || (value.isFinite() && value.toString().startsWith("-0E"))
                ? -0.0
                : value.doubleValue();
    }

    /** The number as it is; null for NaN and the infinities. */
    private static @Nullable BigDecimal exact(BsonValue value) {
        if (value.isDouble()) {
            double number = value.asDouble().getValue();
            return Double.isFinite(number) ? new BigDecimal(number) : null;
        }
        if (value.isDecimal128()) {
            Decimal128 number = value.asDecimal128().getValue();
            if (!number.isFinite()) {
                return null;
            }
            // The driver has no BigDecimal for minus zero.
            String text = number.toString();
            return new BigDecimal(text.startsWith("-") ? text.substring(1) : text)
                    .multiply(BigDecimal.valueOf(text.startsWith("-") ? -1 : 1));
        }
        return BigDecimal.valueOf(value.asNumber().longValue());
    }

    private static @Nullable BigDecimal shortest(double value) {
        if (!Double.isFinite(value)) {
            return null;
        }
        BigDecimal exact = new BigDecimal(value);
        for (int digits = 1; digits <= 17; digits++) {
            BigDecimal rounded = exact.round(new MathContext(digits));
            if (rounded.doubleValue() == value) {
                BigDecimal stripped = rounded.stripTrailingZeros();
                return stripped.signum() == 0 ? BigDecimal.ZERO : stripped;
            }
        }
        throw new AssertionError("every double reads back from 17 digits");
    }

    static Outcome bool(BsonValue value) {
        return value.isBoolean() ? Outcome.of(value.asBoolean().getValue()) : Outcome.rejected(TYPE_MISMATCH);
    }

    /** A clock in a zone, in a column whose smallest step is so many milliseconds. */
    static Outcome clock(BsonValue value, ZoneId zone, long step) {
        if (!value.isDateTime()) {
            return Outcome.rejected(TYPE_MISMATCH);
        }
        LocalDateTime time =
                LocalDateTime.ofInstant(Instant.ofEpochMilli(value.asDateTime().getValue()), zone);
        if (time.isBefore(FIRST) || !time.isBefore(AFTER_LAST) || (time.getNano() / 1_000_000) % step != 0) {
            return Outcome.rejected(OUT_OF_RANGE);
        }
        return Outcome.of(day(time.toLocalDate()) + " "
                + DateTimeFormatter.ofPattern("HH:mm:ss.SSS").format(time) + (time.getYear() > 0 ? "" : " BC"));
    }

    static Outcome instant(BsonValue value, long step) {
        return clock(value, ZoneOffset.UTC, step)
                .map(text -> text.endsWith(" BC") ? text.replace(" BC", "+00 BC") : text + "+00");
    }

    static Outcome day(BsonValue value, ZoneId zone) {
        if (!value.isDateTime()) {
            return Outcome.rejected(TYPE_MISMATCH);
        }
        LocalDate day =
                LocalDate.ofInstant(Instant.ofEpochMilli(value.asDateTime().getValue()), zone);
        return day.isBefore(FIRST.toLocalDate()) || day.isAfter(LAST_DAY)
                ? Outcome.rejected(OUT_OF_RANGE)
                : Outcome.of(day(day) + (day.getYear() > 0 ? "" : " BC"));
    }

    /** There is no year 0: before year 1 comes 1 BC. */
    private static String day(LocalDate day) {
        int year = day.getYear() > 0 ? day.getYear() : 1 - day.getYear();
        return "%04d-%02d-%02d".formatted(year, day.getMonthValue(), day.getDayOfMonth());
    }

    static Outcome uuid(BsonValue value) {
        if (!value.isBinary() || value.asBinary().getType() != 4) {
            return Outcome.rejected(TYPE_MISMATCH);
        }
        BsonBinary binary = value.asBinary();
        if (binary.getData().length != 16) {
            return Outcome.rejected(INVALID_VALUE);
        }
        UUID uuid = binary.asUuid();
        return Outcome.of(uuid);
    }

    static Outcome binary(BsonValue value) {
        return value.isBinary()
                ? Outcome.of("\\x" + HexFormat.of().formatHex(value.asBinary().getData()))
                : Outcome.rejected(TYPE_MISMATCH);
    }

    static Outcome constant(BsonValue value, Set<String> literals) {
        return text(value).then(text -> literals.contains(text) ? Outcome.of(text) : Outcome.rejected(INVALID_VALUE));
    }

    /** The driver's JSON of a document whose only field {@code v} is the value. */
    static Outcome json(BsonValue value) {
        String json = new BsonDocument("v", withoutPointers(value)).toJson(RELAXED);
        // An escaped backslash before the u is a text that only looks like the escape.
        return json.replace("\\\\", "").contains("\\u0000") ? Outcome.rejected(NUL_CHARACTER) : Outcome.of(json);
    }

    /** The driver writes a DBPointer like a DBRef, which is another type. */
    private static BsonValue withoutPointers(BsonValue value) {
        if (value.isDBPointer()) {
            BsonDbPointer pointer = value.asDBPointer();
            return new BsonDocument(
                    "$dbPointer",
                    new BsonDocument("$ref", new BsonString(pointer.getNamespace()))
                            .append("$id", new BsonObjectId(pointer.getId())));
        }
        if (value.isArray()) {
            return new BsonArray(
                    value.asArray().stream().map(PlainReading::withoutPointers).toList());
        }
        if (value.isJavaScriptWithScope()) {
            return new BsonJavaScriptWithScope(
                    value.asJavaScriptWithScope().getCode(),
                    withoutPointers(value.asJavaScriptWithScope().getScope()).asDocument());
        }
        if (value.isDocument()) {
            BsonDocument copy = new BsonDocument();
            value.asDocument().forEach((name, content) -> copy.append(name, withoutPointers(content)));
            return copy;
        }
        return value;
    }

    private static String number(double number) {
        BigDecimal shortest = shortest(number);
        return shortest == null ? "{\"$numberDouble\": \"" + number + "\"}" : withFraction(shortest);
    }

    /** A double is told from an int by its fraction, where that does not make it endless. */
    private static String withFraction(BigDecimal number) {
        return number.scale() > 0 || number.precision() - number.scale() > 17
                ? number.toString()
                : number.toPlainString() + ".0";
    }

    private static String date(long milliseconds) {
        return milliseconds >= 0 && milliseconds < 253_402_300_800_000L
                ? "{\"$date\": \"" + Instant.ofEpochMilli(milliseconds) + "\"}"
                : "{\"$date\": {\"$numberLong\": \"" + milliseconds + "\"}}";
    }
}
