package io.docrows.source.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.bson.BsonBinary;
import org.bson.BsonBoolean;
import org.bson.BsonDateTime;
import org.bson.BsonDbPointer;
import org.bson.BsonDecimal128;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonJavaScript;
import org.bson.BsonJavaScriptWithScope;
import org.bson.BsonMaxKey;
import org.bson.BsonMinKey;
import org.bson.BsonNull;
import org.bson.BsonObjectId;
import org.bson.BsonRegularExpression;
import org.bson.BsonString;
import org.bson.BsonSymbol;
import org.bson.BsonTimestamp;
import org.bson.BsonUndefined;
import org.bson.BsonValue;
import org.bson.types.Decimal128;
import org.bson.types.ObjectId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each form of Extended JSON becomes, as the writers in use spell it. */
final class ExtendedJsonFormsTest {

    private static final ObjectId OID = new ObjectId("5313354a5c1af00d422b0000");
    private static final BsonBinary UUID =
            new BsonBinary(java.util.UUID.fromString("01020304-0506-0708-090a-0b0c0d0e0f10"));

    static Stream<Arguments> forms() {
        return Stream.of(
                arguments("{\"$oid\":\"5313354A5c1af00d422b0000\"}", new BsonObjectId(OID)),
                arguments("{\"$symbol\":\"é\"}", new BsonSymbol("é")),
                arguments("{\"$numberInt\":\"-5\"}", new BsonInt32(-5)),
                arguments("{\"$numberLong\":\"5\"}", new BsonInt64(5)),
                arguments("{\"$numberLong\":\"-9223372036854775808\"}", new BsonInt64(Long.MIN_VALUE)),
                arguments("{\"$numberDouble\":\"-0.0\"}", new BsonDouble(-0.0)),
                arguments("{\"$numberDouble\":\"NaN\"}", new BsonDouble(Double.NaN)),
                arguments("{\"$numberDouble\":\"-Infinity\"}", new BsonDouble(Double.NEGATIVE_INFINITY)),
                arguments("{\"$numberDouble\":\"1.0E+100\"}", new BsonDouble(1e100)),
                arguments("{\"$numberDecimal\":\"1.10\"}", decimal("1.10")),
                arguments("{\"$numberDecimal\":\"NaN\"}", decimal("NaN")),
                arguments(
                        "{\"$numberDecimal\":\"9.999999999999999999999999999999999E+6144\"}",
                        decimal("9.999999999999999999999999999999999E+6144")),
                arguments("{\"$binary\":{\"base64\":\"AQI=\",\"subType\":\"00\"}}", binary(0, 1, 2)),
                arguments("{\"$binary\":{\"subType\":\"80\",\"base64\":\"\"}}", binary(0x80)),
                arguments("{\"$binary\":{\"base64\":\"AQI=\",\"subType\":\"02\"}}", binary(2, 1, 2)),
                arguments("{\"$code\":\"f()\"}", new BsonJavaScript("f()")),
                arguments(
                        "{\"$code\":\"f()\",\"$scope\":{\"x\":{\"$numberLong\":\"1\"}}}",
                        new BsonJavaScriptWithScope("f()", new BsonDocument("x", new BsonInt64(1)))),
                arguments("{\"$timestamp\":{\"t\":4294967295,\"i\":1}}", new BsonTimestamp(-1, 1)),
                arguments(
                        "{\"$regularExpression\":{\"pattern\":\"a\\\"/b\",\"options\":\"im\"}}",
                        new BsonRegularExpression("a\"/b", "im")),
                arguments(
                        "{\"$dbPointer\":{\"$ref\":\"shop.users\",\"$id\":{\"$oid\":\"" + OID + "\"}}}",
                        new BsonDbPointer("shop.users", OID)),
                arguments("{\"$date\":{\"$numberLong\":\"-62135596800001\"}}", new BsonDateTime(-62135596800001L)),
                arguments("{\"$date\":\"1970-01-01T00:00:00.005Z\"}", new BsonDateTime(5)),
                arguments("{\"$minKey\":1}", new BsonMinKey()),
                arguments("{\"$maxKey\":1}", new BsonMaxKey()),
                arguments("{\"$undefined\":true}", new BsonUndefined()),
                arguments("{\"$uuid\":\"01020304-0506-0708-090a-0b0c0d0e0f10\"}", UUID),
                arguments(
                        "{\"a\":[1,{\"$numberLong\":\"2\"},{}]}", BsonDocument.parse("{a:[1,{$numberLong:\"2\"},{}]}")),
                arguments("true", BsonBoolean.TRUE),
                arguments("null", BsonNull.VALUE));
    }

    @ParameterizedTest
    @MethodSource("forms")
    void versionTwoIsReadAsTheSpecificationHasIt(String json, BsonValue value) {
        assertThat(JsonFiles.value(json)).isEqualTo(value);
    }

    static Stream<Arguments> olderForms() {
        return Stream.of(
                arguments("{\"$date\":1394020800052}", new BsonDateTime(1394020800052L)),
                arguments("{\"$date\":-5}", new BsonDateTime(-5)),
                arguments("{\"$binary\":\"AQI=\",\"$type\":\"00\"}", binary(0, 1, 2)),
                arguments("{\"$type\":\"0\",\"$binary\":\"AQI=\"}", binary(0, 1, 2)),
                arguments("{\"$binary\":\"AQI=\",\"$type\":5}", binary(5, 1, 2)),
                arguments("{\"$regex\":\"^a\",\"$options\":\"i\"}", new BsonRegularExpression("^a", "i")),
                arguments("{\"$options\":\"\",\"$regex\":\"^a\"}", new BsonRegularExpression("^a", "")),
                arguments("{\"$numberLong\":5}", new BsonInt64(5)),
                arguments("{\"$numberInt\":5}", new BsonInt32(5)),
                arguments("{\"$numberDouble\":5}", new BsonDouble(5)),
                arguments(
                        "{\"$ref\":\"users\",\"$id\":{\"$oid\":\"" + OID + "\"}}",
                        new BsonDocument("$ref", new BsonString("users")).append("$id", new BsonObjectId(OID))));
    }

    @ParameterizedTest
    @MethodSource("olderForms")
    void versionOneIsReadToo(String json, BsonValue value) {
        assertThat(JsonFiles.value(json)).isEqualTo(value);
    }

    static Stream<Arguments> dates() {
        return Stream.of(
                arguments("2014-03-05T12:00:00.052Z", 1394020800052L),
                arguments("2014-03-05T12:00:00.05Z", 1394020800050L),
                arguments("2014-03-05T12:00:00Z", 1394020800000L),
                arguments("2014-03-05T17:30:00+05:30", 1394020800000L),
                arguments("2014-03-05T17:30:00.000+0530", 1394020800000L),
                arguments("2014-03-05T07:00:00-05", 1394020800000L),
                arguments("2014-03-05T12:00:00.052000000Z", 1394020800052L),
                arguments("2014-03-05", 1393977600000L),
                arguments("9999-12-31T23:59:59.999Z", 253402300799999L),
                arguments("0000-01-01T00:00:00Z", -62167219200000L),
                arguments("-000001-01-01T00:00:00Z", -62198755200000L),
                arguments("+012345-01-01T00:00:00Z", 327403382400000L));
    }

    @ParameterizedTest
    @MethodSource("dates")
    void datesAreReadInEverySpellingThatMeansOneMoment(String text, long millis) {
        assertThat(JsonFiles.value("{\"$date\":\"" + text + "\"}")).isEqualTo(new BsonDateTime(millis));
    }

    /** Some of these are what a writer in use makes of a value that it has no form for. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                // js-bson writes whole doubles from 2^31 on as integers, also those that no int64 holds.
                "{\"$numberLong\":\"9223372036854776000\"}",
                // js-bson, of a date that is none.
                "{\"$date\":{\"$numberLong\":\"NaN\"}}",
                // Read as an ObjectId by js-bson, as a document by Java and libbson.
                "{\"x\":1,\"$oid\":\"5313354a5c1af00d422b0000\"}",
                "{\"$oid\":\"5313354a5c1af00d422b0000\",\"x\":1}",
                "{\"$oid\":\"5313354a5c1af00d422b0000\",\"$oid\":\"5313354a5c1af00d422b0001\"}",
                "{\"$oid\":\"5313354a5c1af00d422b000g\"}",
                "{\"$oid\":\"5313\"}",
                "{\"$oid\":7}",
                "{\"$numberInt\":\"2147483648\"}",
                "{\"$numberInt\":\"1.0\"}",
                "{\"$numberLong\":\"\"}",
                "{\"$numberDouble\":\"1e400\"}",
                "{\"$numberDouble\":\"1e-400\"}",
                "{\"$numberDouble\":\"0x1p3\"}",
                "{\"$numberDouble\":\"1.0d\"}",
                "{\"$numberDouble\":\"0.10000000000000000000000001\"}",
                "{\"$numberDecimal\":\"1.00000000000000000000000000000000001\"}",
                "{\"$numberDecimal\":\"1E+9999999\"}",
                "{\"$numberDecimal\":\"ten\"}",
                "{\"$binary\":{\"base64\":\"AQI\\u0000\",\"subType\":\"00\"}}",
                "{\"$binary\":{\"base64\":\"AQI=\",\"subType\":\"100\"}}",
                "{\"$binary\":{\"base64\":\"AQI=\"}}",
                "{\"$binary\":{\"base64\":\"AQI=\",\"subType\":\"00\",\"x\":1}}",
                "{\"$uuid\":\"01020304-0506-0708-090a0b0c0d0e0f10\"}",
                "{\"$uuid\":\"01020304050607080-90a-0b0c0d0e0f-10\"}",
                "{\"$timestamp\":{\"t\":4294967296,\"i\":1}}",
                "{\"$timestamp\":{\"t\":1,\"i\":-1}}",
                "{\"$timestamp\":{\"t\":1.5,\"i\":1}}",
                "{\"$regularExpression\":{\"pattern\":\"a\\u0000\",\"options\":\"\"}}",
                "{\"$regex\":\"a\"}",
                "{\"$minKey\":2}",
                "{\"$undefined\":false}",
                "{\"$dbPointer\":{\"$ref\":\"a\",\"$id\":1}}",
                "{\"$date\":\"yesterday\"}",
                // To some this is a time in UTC, to others one in the zone of the machine.
                "{\"$date\":\"2014-03-05T12:00:00\"}",
                // Microseconds would be lost.
                "{\"$date\":\"2014-03-05T12:00:00.052001Z\"}",
                "{\"$date\":\"2014-02-29T12:00:00Z\"}",
                "{\"$date\":\"2014-03-05T24:00:00Z\"}",
                "{\"$date\":1.5}",
                "{\"$date\":null}",
                "{\"$unknown\":1}",
                "{\"$code\":1}"
            })
    void anObjectThatIsNotExactlyAFormStaysTheDocumentThatItIs(String json) {
        BsonValue value = JsonFiles.value(json);

        assertThat(value).isInstanceOf(BsonDocument.class);
        assertThat(value.asDocument().getFirstKey()).isEqualTo(json.substring(2, json.indexOf('"', 2)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"$numberLong\":\"9223372036854776000\"}", "{\"$date\":\"yesterday\"}"})
    void whatStaysADocumentHasItsText(String json) {
        String text = json.substring(json.lastIndexOf('"', json.length() - 3) + 1, json.length() - 2);
        assertThat(JsonFiles.value(json).asDocument().values()).containsExactly(new BsonString(text));
    }

    private static BsonDecimal128 decimal(String text) {
        return new BsonDecimal128(Decimal128.parse(text));
    }

    private static BsonBinary binary(int subtype, int... bytes) {
        byte[] payload = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            payload[i] = (byte) bytes[i];
        }
        return new BsonBinary((byte) subtype, payload);
    }
}
