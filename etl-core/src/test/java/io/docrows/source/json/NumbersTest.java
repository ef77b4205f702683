package io.docrows.source.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.StringJoiner;
import java.util.stream.Stream;
import org.bson.BsonArray;
import org.bson.BsonDecimal128;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.types.Decimal128;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A number is never silently another one. */
final class NumbersTest {

    static Stream<Arguments> numbers() {
        return Stream.of(
                arguments("0", new BsonInt32(0)),
                arguments("-2147483648", new BsonInt32(Integer.MIN_VALUE)),
                arguments("2147483648", new BsonInt64(2147483648L)),
                arguments("9223372036854775807", new BsonInt64(Long.MAX_VALUE)),
                arguments("9007199254740993", new BsonInt64(9007199254740993L)),
                arguments("1.0", new BsonDouble(1)),
                arguments("1E2", new BsonDouble(100)),
                arguments("-0", new BsonDouble(-0.0)),
                arguments("-0.0", new BsonDouble(-0.0)),
                arguments("0e5", new BsonDouble(0)),
                arguments("0.1", new BsonDouble(0.1)),
                arguments("0.10", new BsonDouble(0.1)),
                arguments("0.1000000000000000055511151231257827", new BsonDouble(0.1)),
                arguments("5e-324", new BsonDouble(Double.MIN_VALUE)),
                arguments("4.9406564584124654e-324", new BsonDouble(Double.MIN_VALUE)),
                arguments("1.7976931348623157e308", new BsonDouble(Double.MAX_VALUE)),
                arguments("9.5367431640625e-7", new BsonDouble(9.5367431640625e-7)),
                arguments("5.684341886080802e-14", new BsonDouble(0x1p-44)),
                arguments("5.6843418860808015e-14", new BsonDouble(0x1p-44)),
                // What JavaScript prints of 1e20 and of 2^63.
                arguments("100000000000000000000", new BsonDouble(1e20)),
                arguments("9223372036854776000", new BsonDouble(0x1p63)),
                // 2^63 itself, which is beyond int64: a double is exactly this.
                arguments("9223372036854775808", new BsonDouble(0x1p63)),
                // libbson makes another number of it without a word, Perl -1.
                arguments("99999999999999999999", decimal("99999999999999999999")),
                arguments("18446744073709551615", decimal("18446744073709551615")),
                arguments("9007199254740993.0", decimal("9007199254740993.0")),
                arguments("0.12345678901234567890", decimal("0.12345678901234567890")),
                arguments("1e400", decimal("1e400")),
                arguments("1e-400", decimal("1e-400")),
                arguments("NaN", new BsonDouble(Double.NaN)),
                arguments("{\"$numberDouble\": \"-NaN\"}", new BsonDouble(Double.NaN)),
                arguments("-Infinity", new BsonDouble(Double.NEGATIVE_INFINITY)),
                arguments(
                        "0.12345678901234567890123456789012345678",
                        spelled("0.12345678901234567890123456789012345678")),
                arguments("1e7000", spelled("1e7000")),
                arguments("1e999999999999", spelled("1e999999999999")),
                arguments("1e-999999999999", spelled("1e-999999999999")));
    }

    @ParameterizedTest
    @MethodSource("numbers")
    void aNumberKeepsItsExactValue(String json, BsonValue value) {
        assertThat(JsonFiles.value(json)).isEqualTo(value);
    }

    @Test
    void aDoubleComesBackWhateverPrintsIt() {
        Random random = new Random(18);
        List<BsonValue> numbers = new ArrayList<>();
        StringJoiner json = new StringJoiner(",", "[", "]");
        for (int i = 0; i < 10_000; i++) {
            double number = Double.longBitsToDouble(random.nextLong());
            // A whole number that an int64 holds is one.
            boolean whole = Math.abs(number) < 0x1p63 && number == Math.rint(number);
            if (Double.isFinite(number) && !whole) {
                json.add(Double.toString(number));
                json.add(new BigDecimal(number)
                        .round(new MathContext(17 + i % 9))
                        .toString());
                numbers.add(new BsonDouble(number));
                numbers.add(new BsonDouble(number));
            }
        }
        assertThat(JsonFiles.value(json.toString())).isEqualTo(new BsonArray(numbers));
    }

    @Test
    void aDecimalIsWhatTheDriverMakesOfItsText() {
        Random random = new Random(19);
        List<BsonValue> numbers = new ArrayList<>();
        StringJoiner json = new StringJoiner(",", "[", "]");
        List<String> texts = new ArrayList<>(
                List.of("0", "-0", "0.00", "-0.00", "007", "1.10", "-1", "123456789012345678", "1234567890123456789"));
        for (int i = 0; i < 5_000; i++) {
            texts.add(
                    new BigDecimal(new BigInteger(1 + random.nextInt(70), random), random.nextInt(22)).toPlainString());
        }
        for (String text : texts) {
            json.add("{\"$numberDecimal\":\"" + text + "\"}");
            numbers.add(decimal(text));
        }
        assertThat(JsonFiles.value(json.toString())).isEqualTo(new BsonArray(numbers));
        for (String text : List.of("", "-", ".", "-.", "1.2.3", "1,5", "--1", "1-")) {
            assertThat(JsonFiles.value("{\"$numberDecimal\":\"" + text + "\"}"))
                    .as(text)
                    .isEqualTo(spelled(text));
        }
    }

    private static BsonDecimal128 decimal(String text) {
        return new BsonDecimal128(Decimal128.parse(text));
    }

    private static BsonDocument spelled(String text) {
        return new BsonDocument("$numberDecimal", new BsonString(text));
    }
}
