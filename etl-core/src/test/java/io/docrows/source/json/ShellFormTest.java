package io.docrows.source.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.docrows.source.DocumentReader;
import io.docrows.source.ReadRequest;
import io.docrows.source.json.JsonFiles.Outcome;
import java.io.ByteArrayInputStream;
import java.util.stream.Stream;
import org.bson.BsonBinary;
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
import org.bson.BsonObjectId;
import org.bson.BsonRegularExpression;
import org.bson.BsonString;
import org.bson.BsonSymbol;
import org.bson.BsonTimestamp;
import org.bson.BsonUndefined;
import org.bson.BsonValue;
import org.bson.types.Decimal128;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What mongo, mongosh and those who imitate them print. */
final class ShellFormTest {

    private static final String HEX = "5313354a5c1af00d422b0000";
    private static final ObjectId OID = new ObjectId(HEX);
    private static final String UUID = "01020304-0506-0708-090a-0b0c0d0e0f10";

    static Stream<Arguments> forms() {
        BsonBinary bytes = new BsonBinary(new byte[] {1, 2});
        return Stream.of(
                arguments("ObjectId(\"" + HEX + "\")", new BsonObjectId(OID)),
                arguments("new ObjectId('" + HEX + "')", new BsonObjectId(OID)),
                arguments("ISODate(\"2014-03-05T12:00:00.052Z\")", new BsonDateTime(1394020800052L)),
                arguments("ISODate(\"2014-03-05T12:00:00\")", new BsonDateTime(1394020800000L)),
                arguments("ISODate( '2014-03-05' )", new BsonDateTime(1393977600000L)),
                arguments("new Date(-5)", new BsonDateTime(-5)),
                arguments("new Date(\"2014-03-05T12:00:00+05:30\")", new BsonDateTime(1394001000000L)),
                arguments("NumberLong(\"9223372036854775807\")", new BsonInt64(Long.MAX_VALUE)),
                arguments("NumberLong(5)", new BsonInt64(5)),
                arguments("Long('5')", new BsonInt64(5)),
                arguments("NumberInt(5)", new BsonInt32(5)),
                arguments("Int32(5)", new BsonInt32(5)),
                arguments("Double('5')", new BsonDouble(5)),
                arguments("NumberDecimal(\"1.10\")", new BsonDecimal128(Decimal128.parse("1.10"))),
                arguments("Decimal128('1.10')", new BsonDecimal128(Decimal128.parse("1.10"))),
                arguments("UUID(\"" + UUID + "\")", new BsonBinary(java.util.UUID.fromString(UUID))),
                arguments("BinData(0,\"AQI=\")", bytes),
                arguments("new BinData(0, \"AQI=\")", bytes),
                arguments("HexData(0, \"0102\")", bytes),
                arguments("Binary.createFromBase64('AQI=', 0)", bytes),
                arguments("Binary.createFromBase64('AQI=')", bytes),
                arguments("BinData(128,\"AQI=\")", new BsonBinary((byte) 128, new byte[] {1, 2})),
                arguments("Timestamp(1394020800, 7)", new BsonTimestamp(1394020800, 7)),
                arguments("Timestamp({ t: 1394020800, i: 7 })", new BsonTimestamp(1394020800, 7)),
                arguments("/^a\\/b[/]\\d\"/im", new BsonRegularExpression("^a/b[/]\\d\"", "im")),
                arguments("MinKey", new BsonMinKey()),
                arguments("MaxKey()", new BsonMaxKey()),
                arguments("undefined", new BsonUndefined()),
                arguments("NaN", new BsonDouble(Double.NaN)),
                arguments("Symbol(\"s\")", new BsonSymbol("s")),
                arguments("Code(\"f()\")", new BsonJavaScript("f()")),
                arguments(
                        "Code('f()', { x: NumberLong(1) })",
                        new BsonJavaScriptWithScope("f()", new BsonDocument("x", new BsonInt64(1)))),
                arguments("DBPointer(\"shop.users\", ObjectId(\"" + HEX + "\"))", new BsonDbPointer("shop.users", OID)),
                arguments(
                        "DBRef(\"users\", ObjectId(\"" + HEX + "\"))",
                        new BsonDocument("$ref", new BsonString("users")).append("$id", new BsonObjectId(OID))),
                arguments("[1, 2.5, ]", BsonDocument.parse("{v:[1,2.5]}").get("v")),
                arguments(
                        "{ 'a\\'b' : \"c'd\", $e: 'f\"g', _h1: '\\x41\\v\\0' }",
                        new BsonDocument("a'b", new BsonString("c'd"))
                                .append("$e", new BsonString("f\"g"))
                                .append("_h1", new BsonString("A\u000b\0"))),
                arguments("'one\\n' +\n   'two\\n' + \"three\"", new BsonString("one\ntwo\nthree")),
                arguments("'http://é/' /* not // read */", new BsonString("http://é/")));
    }

    @ParameterizedTest
    @MethodSource("forms")
    void helpersAreReadAsTheValueThatTheyMake(String text, BsonValue value) {
        assertThat(JsonFiles.value(text)).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ObjectId(\"x\")",
                "NumberLong(1.5)",
                "ISODate(\"0NaN-NaN-NaNTNaN:NaN:NaNZ\")",
                "NumberInt(2147483648)"
            })
    void aHelperWithoutAValueStaysWhatItSays(String text) {
        assertThat(JsonFiles.value(text)).isInstanceOf(BsonDocument.class);
    }

    /** Whose byte order, whose zone, what function: nobody knows. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "JUUID(\"" + UUID + "\")",
                "LUUID(\"" + UUID + "\")",
                "Date(\"2014-03-05T12:00:00Z\")",
                "ObjectId()",
                "Timestamp(1)",
                "unknown",
                "new",
                "function () { return 1; }",
                "[Object]",
                "a + 'b'",
                "/a",
                "0x10"
            })
    void whatIsNotKnownIsRefusedAtItsPlace(String text) {
        Outcome outcome = JsonFiles.read("{\"v\":1}\n{ w: 2 }\n{\"v\":" + text + "}\n");

        assertThat(outcome.documents()).hasSize(2);
        assertThat(outcome.error()).startsWith("SOURCE_CORRUPT").contains("line 3, byte ");
    }

    @Test
    void documentsOfBothKindsMayFollowOneAnother() {
        Outcome outcome = JsonFiles.read("/* 1 */\n{\"_id\":1}\n\n/* 2 */\n{ _id: NumberLong(2) }{\"_id\":3}");

        assertThat(outcome.error()).isEmpty();
        assertThat(outcome.documents())
                .extracting(document -> document.get("_id"))
                .containsExactly(new BsonInt32(1), new BsonInt64(2), new BsonInt32(3));
    }

    @Test
    void aTextThatIsNoUtf8IsKeptAsItIs() {
        Outcome outcome = JsonFiles.read("{\"_id\":1,\"v\":\"\u00e9\"}\n{\"_id\":2}".getBytes(ISO_8859_1));

        assertThat(outcome.error()).isEmpty();
        assertThat(outcome.documents()).hasSize(2);
        byte[] document = firstOf("{\"v\":\"a\u00e9b\"}".getBytes(ISO_8859_1));
        assertThat(document).containsSequence('a', 0xE9, 'b', 0);
    }

    @Test
    void halfOfAPairIsKeptForTheDecoderToReject() {
        assertThat(firstOf("{\"v\":\"a\\ud83db\"}".getBytes(UTF_8))).containsSequence('a', 0xED, 0xA0, 0xBD, 'b', 0);
        assertThat(firstOf("{\"v\":\"\\ud83d\\ude00\"}".getBytes(UTF_8))).containsSequence(0xF0, 0x9F, 0x98, 0x80, 0);
    }

    private static byte[] firstOf(byte[] json) {
        try (JsonSource source = JsonSource.read(new ByteArrayInputStream(json), "-", JsonOptions.defaults());
                DocumentReader reader = source.open(
                        source.partitions("c", ReadRequest.everything()).get(0), null)) {
            byte[] document = reader.read();
            return document == null ? new byte[0] : document;
        }
    }
}
