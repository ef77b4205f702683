package io.docrows.mapping;

import static io.docrows.internal.bson.BsonBytes.int32;
import static io.docrows.internal.bson.BsonBytes.string;
import static io.docrows.testing.db.Tables.WIDE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.docrows.internal.bson.BsonBytes;
import io.docrows.testing.Bson;
import io.docrows.testing.db.tables.records.WideRecord;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.bson.BsonArray;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentIdTest {

    private static BsonValue decimal(String text) {
        return new BsonDecimal128(Decimal128.parse(text));
    }

    static Stream<Arguments> forms() {
        String hex = "65a1b2c3d4e5f60718293a4b";
        ObjectId oid = new ObjectId(hex);
        return Stream.of(
                arguments(new BsonObjectId(oid), hex),
                arguments(new BsonInt32(-1), "-1"),
                arguments(new BsonInt64(Long.MIN_VALUE), "-9223372036854775808"),
                arguments(new BsonInt64(1), "1"),
                arguments(new BsonDouble(1), "1"),
                arguments(new BsonDouble(-0.0), "0"),
                arguments(new BsonDouble(1e15), "1000000000000000"),
                arguments(new BsonDouble(0x1p62), "4611686018427387904"),
                arguments(new BsonDouble(0x1p63), "9.223372036854776E+18"),
                arguments(new BsonDouble(-0x1p63), "-9223372036854775808"),
                arguments(new BsonDouble(0.1), "0.1"),
                arguments(new BsonDouble(1e-7), "1E-7"),
                arguments(new BsonDouble(1e300), "1E+300"),
                arguments(new BsonDouble(Double.MIN_VALUE), "5E-324"),
                arguments(new BsonDouble(Double.MAX_VALUE), "1.7976931348623157E+308"),
                arguments(new BsonDouble(Double.longBitsToDouble(0xfff8_0000_0000_0001L)), "NaN"),
                arguments(new BsonDouble(Double.NEGATIVE_INFINITY), "-Infinity"),
                arguments(decimal("1.00"), "1"),
                arguments(decimal("1E+3"), "1000"),
                arguments(decimal("-0E+6000"), "0"),
                arguments(decimal("0.50"), "0.5"),
                arguments(decimal("0.10"), "{\"$numberDecimal\":\"0.1\"}"),
                arguments(decimal("1E+6144"), "{\"$numberDecimal\":\"1E+6144\"}"),
                arguments(decimal("-1E-6176"), "{\"$numberDecimal\":\"-1E-6176\"}"),
                arguments(decimal("NaN"), "NaN"),
                arguments(decimal("Infinity"), "Infinity"),
                arguments(new BsonString("grün, 007 +49"), "grün, 007 +49"),
                arguments(new BsonString("007"), "007"),
                arguments(new BsonString("+49"), "+49"),
                arguments(new BsonString("nan"), "nan"),
                arguments(new BsonString("O\"Neill \\o/"), "O\"Neill \\o/"),
                arguments(new BsonString(""), "\"\""),
                arguments(new BsonString(" a"), "\" a\""),
                arguments(new BsonString("a "), "\"a \""),
                arguments(new BsonString("1"), "\"1\""),
                arguments(new BsonString("-1.5e3"), "\"-1.5e3\""),
                arguments(new BsonString("NaN"), "\"NaN\""),
                arguments(new BsonString("true"), "\"true\""),
                arguments(new BsonString("null"), "\"null\""),
                arguments(new BsonString("\"a\""), "\"\\\"a\\\"\""),
                arguments(new BsonString("{}"), "\"{}\""),
                arguments(new BsonString("[1]"), "\"[1]\""),
                arguments(new BsonString(hex), "\"" + hex + "\""),
                arguments(new BsonString(hex.toUpperCase(Locale.ROOT)), "\"65A1B2C3D4E5F60718293A4B\""),
                arguments(new BsonString("a\0b\n\u0085"), "\"a\\u0000b\\u000a\\u0085\""),
                arguments(new BsonString("sha256:" + "0".repeat(64)), "\"sha256:" + "0".repeat(64) + "\""),
                arguments(new BsonString("sha256:x"), "sha256:x"),
                arguments(new BsonSymbol("a"), "a"),
                arguments(BsonBoolean.TRUE, "true"),
                arguments(BsonBoolean.FALSE, "false"),
                arguments(BsonNull.VALUE, "null"),
                arguments(new BsonUndefined(), "{\"$undefined\":true}"),
                arguments(new BsonMinKey(), "{\"$minKey\":1}"),
                arguments(new BsonMaxKey(), "{\"$maxKey\":1}"),
                arguments(new BsonDateTime(0), "{\"$date\":\"1970-01-01T00:00:00Z\"}"),
                arguments(new BsonDateTime(253_402_300_799_999L), "{\"$date\":\"9999-12-31T23:59:59.999Z\"}"),
                arguments(new BsonDateTime(253_402_300_800_000L), "{\"$date\":{\"$numberLong\":\"253402300800000\"}}"),
                arguments(new BsonDateTime(-1), "{\"$date\":{\"$numberLong\":\"-1\"}}"),
                arguments(new BsonTimestamp(-1, -2), "{\"$timestamp\":{\"t\":4294967295,\"i\":4294967294}}"),
                arguments(new BsonBinary(SampleValues.ID), "{\"$uuid\":\"" + SampleValues.ID + "\"}"),
                arguments(
                        new BsonBinary((byte) 4, new byte[] {1}),
                        "{\"$binary\":{\"base64\":\"AQ==\",\"subType\":\"04\"}}"),
                arguments(
                        new BsonBinary((byte) 0x80, new byte[0]), "{\"$binary\":{\"base64\":\"\",\"subType\":\"80\"}}"),
                arguments(
                        new BsonRegularExpression("^\"", "i"),
                        "{\"$regularExpression\":{\"pattern\":\"^\\\"\",\"options\":\"i\"}}"),
                arguments(new BsonJavaScript("f"), "{\"$code\":\"f\"}"),
                arguments(
                        new BsonJavaScriptWithScope("f", new BsonDocument("a", new BsonInt32(1))),
                        "{\"$code\":\"f\",\"$scope\":{\"a\":1}}"),
                arguments(
                        new BsonDbPointer("db.c", oid),
                        "{\"$dbPointer\":{\"$ref\":\"db.c\",\"$id\":{\"$oid\":\"" + hex + "\"}}}"),
                arguments(
                        new BsonDocument("b", new BsonDouble(2)).append("a", new BsonSymbol("1")),
                        "{\"b\":2,\"a\":\"1\"}"),
                arguments(new BsonDocument("$oid", new BsonString(hex)), "{\"\\u0024oid\":\"" + hex + "\"}"),
                arguments(new BsonDocument("", decimal("NaN")), "{\"\":{\"$numberDouble\":\"NaN\"}}"),
                arguments(new BsonArray(List.of(BsonNull.VALUE, new BsonArray())), "[null,[]]"));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("forms")
    void hasOneForm(BsonValue id, String text) {
        assertThat(DocumentId.text(id)).isEqualTo(text);
        assertThat(MongoEquality.equal(DocumentId.parse(text), id)).isTrue();
        assertThat(DocumentId.ofDocument(BsonBytes.of(new BsonDocument("x", id).append("_id", id))))
                .isEqualTo(text);
    }

    @Test
    void parsesWhatPeopleType() {
        assertThat(DocumentId.parse("65A1B2C3D4E5F60718293A4B"))
                .isEqualTo(new BsonObjectId(new ObjectId("65a1b2c3d4e5f60718293a4b")));
        assertThat(DocumentId.parse("1.50")).isEqualTo(new BsonDouble(1.5));
        assertThat(DocumentId.parse("2147483648")).isEqualTo(new BsonInt64(2147483648L));
        assertThat(DocumentId.parse("\"quoted without need\"")).isEqualTo(new BsonString("quoted without need"));
        assertThat(DocumentId.parse("\"\\u00e9\\n\\/\"")).isEqualTo(new BsonString("é\n/"));
        assertThat(DocumentId.parse("{ \"a\" : [ 1 , true ] }"))
                .isEqualTo(new BsonDocument("a", new BsonArray(List.of(new BsonInt32(1), BsonBoolean.TRUE))));
        assertThat(DocumentId.parse("{\"$oid\":\"65a1b2c3d4e5f60718293a4b\"}")).isInstanceOf(BsonObjectId.class);
        assertThat(DocumentId.parse("{\"$numberInt\":\"7\"}")).isEqualTo(new BsonInt32(7));
        assertThat(DocumentId.parse("{\"$symbol\":\"a\"}")).isEqualTo(new BsonSymbol("a"));
        assertThat(DocumentId.parse("{\"$unknown\":1}")).isEqualTo(new BsonDocument("$unknown", new BsonInt32(1)));
        assertThat(DocumentId.parse("12345678901234567890.5")).isEqualTo(decimal("12345678901234567890.5"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\"",
                "\"a",
                "\"a\"b",
                "\"\\x\"",
                "\"\\u12\"",
                "\"\\u12g4\"",
                "{",
                "{}}",
                "{a:1}",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\":01}",
                "{\"a\":1,}",
                "{\"a\":1,\"a\":2}",
                "{\"$oid\":\"x\"}",
                "{\"$oid\":1}",
                "{\"$date\":\"soon\"}",
                "{\"$numberLong\":\"x\"}",
                "{\"$uuid\":\"x\"}",
                "{\"$uuid\":\"1\",\"a\":1}",
                "[1",
                "[1 2]",
                "[,]",
                "[truely]",
                "{\"$binary\":{\"base64\":\"\",\"subType\":\"0000\"}}",
                "{\"$binary\":{\"base64\":\"?\",\"subType\":\"00\"}}",
                "1e7000",
                "1e99999999999",
                "-1e-7000",
                "1.0000000000000000000000000000000000001"
            })
    void refusesWhatIsNoId(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> DocumentId.parse(text));
    }

    @Test
    void refusesADocumentsHashAndDeepNesting() {
        assertThatIllegalArgumentException().isThrownBy(() -> DocumentId.parse("sha256:" + "a".repeat(64)));
        assertThatIllegalArgumentException().isThrownBy(() -> DocumentId.parse("[".repeat(100_000)));
        BsonValue deep = new BsonArray();
        for (int level = 0; level < 300; level++) {
            deep = new BsonArray(List.of(deep));
        }
        BsonValue id = deep;
        assertThatIllegalArgumentException().isThrownBy(() -> DocumentId.text(id));
        assertThatIllegalArgumentException().isThrownBy(() -> DocumentId.text(new BsonString("\uD800")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"$date\":\"+1000000000-12-31T23:59:59.999999999Z\"}",
                "{\"$date\":NaN}",
                "{\"$date\":1.5}",
                "{\"$timestamp\":{\"t\":-1,\"i\":1}}",
                "{\"$timestamp\":{\"t\":1,\"i\":4294967296}}",
                "{\"$timestamp\":{\"t\":0.10000000000000000000000000001,\"i\":\"1\"}}",
                "{\"$oid\":\"no\"}",
                "{\"$binary\":{\"base64\":\"*\",\"subType\":\"00\"}}",
                "{\"$numberDecimal\":\"1E99999\"}",
                "\"\\ud800\"",
                "{\"a\\u0000b\":1}",
                "{\"$regularExpression\":{\"pattern\":\"a\\u0000\",\"options\":\"\"}}"
            })
    void refusesWhatNoQueryCanHold(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> DocumentId.parse(text));
    }

    @Test
    void nestingWithoutEndTakesNoStack() {
        for (String open : List.of("[", "{\"a\":", "[{\"$code\":\"\",\"$scope\":")) {
            assertThatIllegalArgumentException().isThrownBy(() -> DocumentId.parseList(open.repeat(1_000_000)));
        }
        assertThat(DocumentId.parseList(" ".repeat(1_000_000) + "1")).containsExactly(new BsonInt32(1));
    }

    @Test
    void splitsAtCommasOutsideJson() {
        assertThat(DocumentId.parseList("1, \"1,\\\"2\" ,O\"Neill,{\"a\":[1,\"}\"]},a{b,x"))
                .containsExactly(
                        new BsonInt32(1),
                        new BsonString("1,\"2"),
                        new BsonString("O\"Neill"),
                        new BsonDocument("a", new BsonArray(List.of(new BsonInt32(1), new BsonString("}")))),
                        new BsonString("a{b"),
                        new BsonString("x"));
        assertThatIllegalArgumentException().isThrownBy(() -> DocumentId.parseList("1,,2"));
    }

    @Test
    void aDocumentWithoutAReadableIdIsKnownByItsHash() {
        String emptySha256 = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assertThat(DocumentId.ofDocument(new byte[0])).isEqualTo(emptySha256);
        byte[] without = BsonBytes.of(new BsonDocument("id", new BsonInt32(1)));
        byte[] notUtf8 =
                new BsonBytes().element(0x02, "_id", string((byte) 0xFF)).document();
        byte[] broken = new BsonBytes().element(0x08, "_id", new byte[] {2}).document();
        for (byte[] document : List.of(without, notUtf8, broken, Arrays.copyOf(without, 3))) {
            assertThat(DocumentId.ofDocument(document))
                    .matches("sha256:[0-9a-f]{64}")
                    .isNotEqualTo(emptySha256);
        }
    }

    @Test
    void theFirstIdCountsWhateverFollows() {
        byte[] twice = new BsonBytes()
                .element(0x10, "_id", int32(1))
                .element(0x10, "_id", int32(2))
                .element(0x08, "bad", new byte[] {7})
                .document();
        assertThat(DocumentId.ofDocument(twice)).isEqualTo("1");
    }

    @Test
    void anUndefinedIdIsTheKeyThatTheRowHas() {
        CollectionMapping<WideRecord> mapping = CollectionMapping.of("things", WIDE)
                .key(WIDE.MONGO_ID, Values.id("_id"))
                .build();
        byte[] document = Bson.bytes(new BsonDocument("_id", new BsonUndefined()));

        assertThat(mapping.decode(document))
                .isInstanceOfSatisfying(
                        MappedDocument.class,
                        mapped -> assertThat(mapped.key())
                                .isEqualTo("{\"$undefined\":true}")
                                .isEqualTo(mapping.keyDecoder().decode(document)[0]));
    }

    @Test
    void anIdThatIsTooLongForAnIndexIsKnownByItsHash() {
        String text = "a".repeat(801);
        byte[] one = Bson.bytes(new BsonDocument("_id", new BsonString(text)));
        byte[] sameIdElseDifferent =
                Bson.bytes(new BsonDocument("_id", new BsonString(text)).append("x", BsonNull.VALUE));
        byte[] other = Bson.bytes(new BsonDocument("_id", new BsonString(text + "a")));

        assertThat(DocumentId.ofDocument(one))
                .matches("sha256:[0-9a-f]{64}")
                .isEqualTo(DocumentId.ofDocument(sameIdElseDifferent))
                .isNotEqualTo(DocumentId.ofDocument(other));
        assertThat(DocumentId.ofDocument(Bson.bytes(new BsonDocument("_id", new BsonString("a".repeat(800))))))
                .hasSize(800);
    }
}
