package io.docrows.internal.bson;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.bson.BsonArray;
import org.bson.BsonBinary;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonNull;
import org.bson.BsonString;
import org.bson.BsonSymbol;
import org.bson.BsonType;
import org.bson.BsonValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BsonCursorTest {

    private final BsonCursor cursor = new BsonCursor();

    @Test
    void readsWhatTheDriverWrote() {
        for (int seed = 0; seed < 5_000; seed++) {
            BsonDocument document = new RandomBson(seed).document(4);
            cursor.reset(BsonBytes.of(document));
            assertSame(document);
            assertThat(cursor.depth()).isZero();
        }
    }

    private void assertSame(BsonDocument document) {
        for (Map.Entry<String, BsonValue> field : document.entrySet()) {
            assertThat(cursor.next()).isTrue();
            assertThat(cursor.name()).isEqualTo(field.getKey());
            assertThat(cursor.nameIs(FieldName.of(field.getKey()))).isTrue();
            assertSame(field.getValue());
        }
        assertThat(cursor.next()).isFalse();
        assertThat(cursor.next()).isFalse();
        assertThat(cursor.type()).isEqualTo(BsonType.END_OF_DOCUMENT);
    }

    private void assertSame(BsonValue value) {
        assertThat(cursor.type()).isEqualTo(value.getBsonType());
        switch (value.getBsonType()) {
            case INT32 -> assertThat(cursor.int32()).isEqualTo(value.asInt32().getValue());
            case INT64 -> assertThat(cursor.int64()).isEqualTo(value.asInt64().getValue());
            case DATE_TIME ->
                assertThat(cursor.int64()).isEqualTo(value.asDateTime().getValue());
            case TIMESTAMP ->
                assertThat(cursor.int64()).isEqualTo(value.asTimestamp().getValue());
            case DOUBLE ->
                assertThat(cursor.float64()).isEqualTo(value.asDouble().getValue());
            case DECIMAL128 ->
                assertThat(cursor.decimal128()).isEqualTo(value.asDecimal128().getValue());
            case BOOLEAN ->
                assertThat(cursor.bool()).isEqualTo(value.asBoolean().getValue());
            case STRING ->
                assertThat(cursor.string()).isEqualTo(value.asString().getValue());
            case SYMBOL ->
                assertThat(cursor.string()).isEqualTo(value.asSymbol().getSymbol());
            case JAVASCRIPT ->
                assertThat(cursor.string()).isEqualTo(value.asJavaScript().getCode());
            case OBJECT_ID -> {
                assertThat(cursor.bytes())
                        .isEqualTo(value.asObjectId().getValue().toByteArray());
                assertThat(cursor.objectIdHex())
                        .isEqualTo(value.asObjectId().getValue().toHexString());
            }
            case BINARY -> {
                assertThat(cursor.bytes()).isEqualTo(value.asBinary().getData());
                assertThat(cursor.binarySubtype()).isEqualTo(value.asBinary().getType());
            }
            case REGULAR_EXPRESSION -> {
                assertThat(cursor.pattern())
                        .isEqualTo(value.asRegularExpression().getPattern());
                assertThat(cursor.options())
                        .isEqualTo(value.asRegularExpression().getOptions());
            }
            case DB_POINTER -> {
                assertThat(cursor.string()).isEqualTo(value.asDBPointer().getNamespace());
                assertThat(cursor.bytes()).isEqualTo(value.asDBPointer().getId().toByteArray());
            }
            case DOCUMENT -> assertInside(value.asDocument());
            case ARRAY -> assertInside(asDocument(value.asArray()));
            case JAVASCRIPT_WITH_SCOPE -> {
                assertThat(cursor.string())
                        .isEqualTo(value.asJavaScriptWithScope().getCode());
                assertInside(value.asJavaScriptWithScope().getScope());
            }
            default -> assertThat(cursor.valueLength()).isZero();
        }
    }

    private void assertInside(BsonDocument document) {
        int offset = cursor.valueOffset();
        int length = cursor.valueLength();
        BsonType type = cursor.type();
        String name = cursor.name();
        cursor.enter();
        assertSame(document);
        cursor.leave();
        assertThat(cursor.valueOffset()).isEqualTo(offset);
        assertThat(cursor.valueLength()).isEqualTo(length);
        assertThat(cursor.type()).isEqualTo(type);
        assertThat(cursor.name()).isEqualTo(name);
    }

    private static BsonDocument asDocument(BsonArray array) {
        BsonDocument document = new BsonDocument();
        for (int i = 0; i < array.size(); i++) {
            document.put(Integer.toString(i), array.get(i));
        }
        return document;
    }

    @Test
    void leavesFromTheMiddleOfASubDocument() {
        BsonDocument inner = new BsonDocument("x", new BsonInt32(1)).append("y", new BsonInt32(2));
        cursor.reset(BsonBytes.of(new BsonDocument("a", inner).append("b", new BsonInt32(3))));
        cursor.next();
        cursor.enter();
        cursor.next();
        cursor.leave();
        assertThat(cursor.name()).isEqualTo("a");
        assertThat(cursor.next()).isTrue();
        assertThat(cursor.int32()).isEqualTo(3);
    }

    @Test
    void readsAValueTwiceAndEntersItTwice() {
        cursor.reset(BsonBytes.of(new BsonDocument("a", new BsonArray(List.of(new BsonString("x"))))));
        cursor.next();
        for (int time = 0; time < 2; time++) {
            cursor.enter();
            assertThat(cursor.next()).isTrue();
            assertThat(cursor.string()).isEqualTo("x");
            assertThat(cursor.string()).isEqualTo("x");
            cursor.leave();
        }
        assertThat(cursor.next()).isFalse();
    }

    @Test
    void isReusableAfterAFaultDeepInside() {
        byte[] good = BsonBytes.of(new BsonDocument("a", new BsonInt32(1)));
        byte[] bad = BsonBytes.of(new BsonDocument("a", new BsonDocument("b", new BsonString("x"))));
        bad[bad.length - 3] = 1;
        for (int time = 0; time < 2; time++) {
            cursor.reset(good);
            assertThat(cursor.next()).isTrue();
            assertThat(cursor.depth()).isZero();
            cursor.reset(bad);
            cursor.next();
            cursor.enter();
            assertThatExceptionOfType(MalformedBsonException.class).isThrownBy(cursor::next);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100, BsonCursor.MAX_DEPTH})
    void entersDocumentsDownToTheLimit(int levels) {
        cursor.reset(BsonBytes.of(nested(levels)));
        for (int level = 0; level < levels; level++) {
            assertThat(cursor.next()).isTrue();
            cursor.enter();
        }
        assertThat(cursor.next()).isFalse();
        assertThat(cursor.depth()).isEqualTo(levels);
    }

    @Test
    void doesNotEnterBeyondTheLimitButSkips() {
        cursor.reset(BsonBytes.of(nested(BsonCursor.MAX_DEPTH + 1)));
        for (int level = 0; level < BsonCursor.MAX_DEPTH; level++) {
            cursor.next();
            cursor.enter();
        }
        assertThat(cursor.next()).isTrue();
        assertThatExceptionOfType(MalformedBsonException.class)
                .isThrownBy(cursor::enter)
                .withMessageContaining("200 levels");
        assertThat(cursor.next()).isFalse();
    }

    private static BsonDocument nested(int levels) {
        BsonDocument document = new BsonDocument();
        for (int level = 0; level < levels; level++) {
            document = new BsonDocument("n", document);
        }
        return document;
    }

    @Test
    void unwrapsTheOldBinarySubtype() {
        byte[] payload = {1, 2, 3};
        BsonCursor at = BsonBytes.at(new BsonBinary((byte) 2, payload));
        assertThat(at.bytes()).isEqualTo(payload);
        assertThat(at.valueLength()).isEqualTo(4 + 1 + 4 + 3);
    }

    @Test
    void tellsNamesApartThatShareAPrefix() {
        cursor.reset(BsonBytes.of(new BsonDocument("name", new BsonInt32(1))));
        cursor.next();
        assertThat(cursor.nameIs(FieldName.of("nam"))).isFalse();
        assertThat(cursor.nameIs(FieldName.of("names"))).isFalse();
        assertThat(cursor.nameIs(FieldName.of("Name"))).isFalse();
        assertThat(cursor.nameIs(FieldName.of("name\0"))).isFalse();
        assertThat(cursor.nameIs(FieldName.of("name"))).isTrue();
    }

    /** Names are read eight bytes at a time; with null, nothing but two bytes comes after them. */
    @Test
    void comparesNamesOfEveryLength() {
        String letters = "ab\u0440\u20ACefghijklmnopqrstuvwxyz";
        for (int length = 0; length < letters.length(); length++) {
            String name = letters.substring(0, length);
            cursor.reset(BsonBytes.of(new BsonDocument(name, BsonNull.VALUE)));
            cursor.next();
            assertThat(cursor.name()).isEqualTo(name);
            for (int other = 0; other < letters.length(); other++) {
                assertThat(cursor.nameIs(FieldName.of(letters.substring(0, other))))
                        .isEqualTo(other == length);
            }
            assertThat(cursor.nameIs(FieldName.of(name + "?"))).isFalse();
            assertThat(cursor.nameIs(FieldName.of("?" + name.substring(Math.min(1, length)))))
                    .isFalse();
        }
    }

    @Test
    void tellsValuesApartByTypeAndBytes() {
        cursor.reset(BsonBytes.of(new BsonDocument("a", new BsonString("Baker"))
                .append("b", new BsonString("Baker"))
                .append("c", new BsonSymbol("Baker"))
                .append("d", new BsonString("Barber"))));
        cursor.next();
        byte[] value = cursor.value();
        int hash = cursor.valueHash();
        assertThat(cursor.stringIs("Baker".getBytes(UTF_8))).isTrue();
        assertThat(cursor.stringIs("Bake".getBytes(UTF_8))).isFalse();
        cursor.next();
        assertThat(cursor.valueIs(BsonType.STRING, value)).isTrue();
        assertThat(cursor.valueHash()).isEqualTo(hash);
        cursor.next();
        assertThat(cursor.valueIs(BsonType.STRING, value)).isFalse();
        assertThat(cursor.stringIs("Baker".getBytes(UTF_8))).isTrue();
        cursor.next();
        assertThat(cursor.valueIs(BsonType.STRING, value)).isFalse();
    }

    @Test
    void refusesToReadAnotherType() {
        BsonCursor at = BsonBytes.at(new BsonBinary(UUID.randomUUID()));
        for (Runnable read : Arrays.<Runnable>asList(
                at::int32,
                at::int64,
                at::float64,
                at::bool,
                at::string,
                at::decimal128,
                at::pattern,
                at::options,
                at::objectIdHex,
                at::enter)) {
            assertThatIllegalStateException().isThrownBy(read::run).withMessageContaining("binData");
        }
        BsonCursor number = BsonBytes.at(new BsonInt32(1));
        assertThatIllegalStateException().isThrownBy(number::bytes);
        assertThatIllegalStateException().isThrownBy(number::binarySubtype);
        assertThatIllegalStateException().isThrownBy(number::leave);
    }

    @Test
    void everyTypeHasTheAliasOfMongoDb() {
        assertThat(Arrays.stream(BsonType.values()).map(BsonTypes::alias))
                .doesNotHaveDuplicates()
                .contains("objectId", "binData", "int", "long", "decimal", "javascriptWithScope", "minKey");
    }
}
