package io.docrows.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.error.RejectCode;
import io.docrows.error.RejectedValueException;
import io.docrows.internal.bson.BsonBytes;
import io.docrows.internal.bson.MalformedBsonException;
import io.docrows.internal.bson.RandomBson;
import io.docrows.internal.value.ExtendedJson;
import org.bson.BsonBinary;
import org.bson.BsonDecimal128;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.bson.BsonSymbol;
import org.bson.BsonUndefined;
import org.bson.BsonValue;
import org.bson.types.Decimal128;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The relaxed format, held against the driver's own reader of Extended JSON. */
class ExtendedJsonTest {

    private static String json(BsonValue value) {
        return ExtendedJson.relaxed(BsonBytes.at(value));
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1.0",
        "-0.0, -0.0",
        "0.1, 0.1",
        "1e15, 1000000000000000.0",
        "1e17, 1E+17",
        "1e22, 1E+22",
        "1e-7, 1E-7",
        "1.5e300, 1.5E+300"
    })
    void aDoubleStaysRecognisable(double value, String json) {
        assertThat(json(new BsonDouble(value))).isEqualTo(json);
    }

    @Test
    void typesThatJsonLacksAreWrapped() {
        assertThat(json(new BsonDouble(Double.NaN))).isEqualTo("{\"$numberDouble\":\"NaN\"}");
        assertThat(json(new BsonDecimal128(Decimal128.parse("1.50")))).isEqualTo("{\"$numberDecimal\":\"1.50\"}");
        assertThat(json(new BsonInt64(Long.MAX_VALUE))).isEqualTo("9223372036854775807");
        assertThat(json(new BsonSymbol("a"))).isEqualTo("{\"$symbol\":\"a\"}");
        assertThat(json(new BsonUndefined())).isEqualTo("{\"$undefined\":true}");
        assertThat(json(new BsonBinary(SampleValues.ID)))
                .isEqualTo("{\"$binary\":{\"base64\":\"ABEiM0RVZneImaq7zN3u/w==\",\"subType\":\"04\"}}");
        assertThat(json(new BsonDocument("$a.b", new BsonString("\"\\\u0007ü"))))
                .isEqualTo("{\"$a.b\":\"\\\"\\\\\\u0007ü\"}");
    }

    /** The driver reads back the value that was written, whatever it was, unless it is refused for jsonb's sake. */
    @Test
    void theDriverReadsItBack() {
        RandomBson random = new RandomBson(5);
        int refused = 0;
        for (int i = 0; i < 5_000; i++) {
            BsonDocument value = new BsonDocument("a", random.value(2));
            if (holdsNameThatReadsAsAType(value)) {
                continue;
            }
            String json;
            try {
                json = json(value);
            } catch (RejectedValueException e) {
                assertThat(e.code()).isEqualTo(RejectCode.NUL_CHARACTER);
                refused++;
                continue;
            }
            assertThat(json).doesNotContain("\\u0000");
            BsonDocument back = BsonDocument.parse(json);
            assertThat(MongoEquality.equal(back, value))
                    .as("%s, read back from %s", value, json)
                    .isTrue();
        }
        assertThat(refused).isBetween(100, 2_000);
    }

    private static boolean holdsNameThatReadsAsAType(BsonDocument value) {
        return value.toString().contains("\"$a\"");
    }

    @Test
    void aRejectionLeavesTheCursorAtTheValue() {
        var cursor = BsonBytes.at(SampleValues.document("object, name twice"));
        for (int time = 0; time < 2; time++) {
            try {
                ExtendedJson.relaxed(cursor);
                throw new AssertionError("not rejected");
            } catch (RejectedValueException e) {
                assertThat(e.code()).isEqualTo(RejectCode.DUPLICATE_FIELD);
            }
            assertThat(cursor.depth()).isZero();
        }
    }

    @Test
    void invalidUtf8InsideRejectsWithItsCode() {
        byte[] inner = SampleValues.document("string not UTF-8");
        try {
            ExtendedJson.relaxed(
                    BsonBytes.at(new BsonBytes().element(0x03, "v", inner).document()));
            throw new AssertionError("not rejected");
        } catch (MalformedBsonException e) {
            assertThat(e.code()).isEqualTo(RejectCode.INVALID_UTF8);
        }
    }
}
