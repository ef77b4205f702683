package io.docrows.internal.bson;

import static io.docrows.internal.bson.BsonBytes.concat;
import static io.docrows.internal.bson.BsonBytes.int32;
import static io.docrows.internal.bson.BsonBytes.string;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.docrows.error.RejectCode;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.stream.Stream;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MalformedBsonTest {

    private final BsonCursor cursor = new BsonCursor();

    static Stream<Arguments> outerFaults() {
        byte[] good = new BsonBytes().element(0x10, "a", int32(1)).document();
        byte[] unterminated = good.clone();
        unterminated[unterminated.length - 1] = 1;
        return Stream.of(
                arguments("no bytes", new byte[0]),
                arguments("shorter than a document", new byte[] {4, 0, 0, 0}),
                arguments("truncated", Arrays.copyOf(good, good.length - 1)),
                arguments("one byte too many", Arrays.copyOf(good, good.length + 1)),
                arguments(
                        "length too small",
                        new BsonBytes().element(0x0A, "a", new byte[0]).document(5)),
                arguments("length negative", new BsonBytes().document(-1)),
                arguments("length huge", new BsonBytes().document(Integer.MAX_VALUE)),
                arguments("no terminator", unterminated));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("outerFaults")
    void refusesTheDocument(String fault, byte[] document) {
        assertThatExceptionOfType(MalformedBsonException.class)
                .isThrownBy(() -> cursor.reset(document))
                .satisfies(e -> assertThat(e.code()).isEqualTo(RejectCode.INVALID_DOCUMENT));
        assertThat(cursor.next()).isFalse();
    }

    static Stream<Arguments> elementFaults() {
        byte[] text = "abc".getBytes(UTF_8);
        byte[] empty = new BsonBytes().document();
        return Stream.of(
                arguments("unknown type", 0x14, new byte[0]),
                arguments("unknown negative type", 0x80, new byte[0]),
                arguments("type zero before the end", 0x00, new byte[0]),
                arguments("boolean 2", 0x08, new byte[] {2}),
                arguments("boolean missing", 0x08, new byte[0]),
                arguments("double cut", 0x01, new byte[7]),
                arguments("date cut", 0x09, new byte[7]),
                arguments("int32 cut", 0x10, new byte[3]),
                arguments("int64 cut", 0x12, new byte[7]),
                arguments("timestamp cut", 0x11, new byte[7]),
                arguments("decimal cut", 0x13, new byte[15]),
                arguments("ObjectId cut", 0x07, new byte[11]),
                arguments("string without prefix", 0x02, new byte[3]),
                arguments("string of length 0", 0x02, concat(int32(0), new byte[1])),
                arguments("string of negative length", 0x02, concat(int32(-1), text)),
                arguments("string of the largest length", 0x02, concat(int32(Integer.MAX_VALUE), text)),
                arguments("string past its document", 0x02, concat(int32(5), text)),
                arguments("string without NUL", 0x02, concat(int32(3), text)),
                arguments("symbol without NUL", 0x0E, concat(int32(3), text)),
                arguments("code without NUL", 0x0D, concat(int32(3), text)),
                arguments("sub-document of length 4", 0x03, concat(int32(4), new byte[1])),
                arguments("sub-document past its parent", 0x03, concat(int32(6), new byte[1])),
                arguments("sub-document of negative length", 0x03, concat(int32(-5), new byte[1])),
                arguments("sub-document without terminator", 0x03, concat(int32(5), new byte[] {1})),
                arguments("array without terminator", 0x04, concat(int32(5), new byte[] {1})),
                arguments("binary of negative length", 0x05, concat(int32(-1), new byte[1])),
                arguments("binary past its document", 0x05, concat(int32(2), new byte[2])),
                arguments("binary without subtype", 0x05, int32(0)),
                arguments("old binary without inner length", 0x05, concat(int32(3), new byte[] {2, 0, 0, 0})),
                arguments("old binary, lengths differ", 0x05, concat(int32(5), new byte[] {2}, int32(2), new byte[1])),
                arguments("pattern without NUL", 0x0B, text),
                arguments("options without NUL", 0x0B, concat(text, new byte[1], text)),
                arguments("DBPointer cut", 0x0C, concat(string(text), new byte[11])),
                arguments("scope cut", 0x0F, concat(int32(14), string(), new byte[4])),
                arguments("scope, total too small", 0x0F, concat(int32(13), string(), empty)),
                arguments("scope, total too large", 0x0F, concat(int32(15), string(), empty, new byte[1])),
                arguments("scope, code past the total", 0x0F, concat(int32(14), int32(7), new byte[6])));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("elementFaults")
    void refusesTheElement(String fault, int type, byte[] value) {
        cursor.reset(new BsonBytes()
                .element(0x10, "before", int32(7))
                .element(type, "a", value)
                .document());
        assertThat(cursor.next()).isTrue();
        assertThatExceptionOfType(MalformedBsonException.class)
                .isThrownBy(cursor::next)
                .satisfies(e -> assertThat(e.code()).isEqualTo(RejectCode.INVALID_DOCUMENT))
                .satisfies(e -> assertThat(e.offset()).isGreaterThanOrEqualTo(16))
                .satisfies(e -> assertThat(e.getStackTrace()).isEmpty());
    }

    @Test
    void refusesANameThatRunsPastItsDocument() {
        byte[] inner = concat(int32(7), new byte[] {0x0A, 'a', 0});
        cursor.reset(new BsonBytes().element(0x03, "s", inner).document());
        cursor.next();
        cursor.enter();
        assertThatExceptionOfType(MalformedBsonException.class)
                .isThrownBy(cursor::next)
                .withMessage("a name without its terminator")
                .satisfies(e -> assertThat(e.offset()).isEqualTo(12));
    }

    @Test
    void refusesAValueThatFitsTheOuterDocumentButNotItsOwn() {
        byte[] inner = concat(int32(8), new byte[] {0x10, 'a', 0, 0});
        cursor.reset(new BsonBytes()
                .element(0x03, "s", inner)
                .element(0x10, "b", int32(1))
                .document());
        cursor.next();
        cursor.enter();
        assertThatExceptionOfType(MalformedBsonException.class).isThrownBy(cursor::next);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "80",
                "bf",
                "c0af",
                "c1bf",
                "c2",
                "e0809f",
                "e28281e2",
                "e282",
                "eda080",
                "edbfbf",
                "eda081edb080",
                "f0808080",
                "f08f8080",
                "f09d84",
                "f4908080",
                "f8888080",
                "fe",
                "ff",
                "61ff62",
                "c3bcff"
            })
    void refusesTextThatIsNotUtf8(String hex) {
        byte[] text = HexFormat.of().parseHex(hex);
        cursor.reset(new BsonBytes().element(0x02, "a", string(text)).document());
        assertThat(cursor.next()).isTrue();
        assertThatExceptionOfType(MalformedBsonException.class)
                .isThrownBy(cursor::string)
                .satisfies(e -> assertThat(e.code()).isEqualTo(RejectCode.INVALID_UTF8))
                .satisfies(e -> assertThat(e.offset()).isEqualTo(11));
    }

    @Test
    void refusesANameThatIsNotUtf8OnlyWhenAsked() {
        byte[] document = new BsonBytes().element(0x0A, "a", new byte[0]).document();
        document[5] = (byte) 0xFF;
        cursor.reset(document);
        assertThat(cursor.next()).isTrue();
        assertThatExceptionOfType(MalformedBsonException.class)
                .isThrownBy(cursor::name)
                .satisfies(e -> assertThat(e.code()).isEqualTo(RejectCode.INVALID_UTF8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ascii", "grün", "\uFFFD", "a\uFFFDb日本𝄞", "\uD7FF\uE000", "a\0b", "\uDBFF\uDFFF"})
    void readsTextThatIsUtf8(String text) {
        cursor.reset(
                new BsonBytes().element(0x02, "a", string(text.getBytes(UTF_8))).document());
        cursor.next();
        assertThat(cursor.string()).isEqualTo(text);
    }

    /** Whatever happens to the bytes, the walk ends, stays inside them, and throws nothing but its own exception. */
    @Test
    void survivesEveryCorruption() {
        Random random = new Random(42);
        int refused = 0;
        for (int seed = 0; seed < 400; seed++) {
            BsonDocument document = new RandomBson(seed).document(3).append("last", new BsonInt32(1));
            byte[] good = BsonBytes.of(document);
            for (int at = 0; at < good.length; at++) {
                byte[] bad = good.clone();
                bad[at] = (byte) (random.nextBoolean() ? random.nextInt(256) : bad[at] ^ 1 << random.nextInt(8));
                refused += walks(bad) ? 0 : 1;
                byte[] cut = Arrays.copyOf(good, at);
                assertThat(walks(cut)).isFalse();
                if (at >= 5) {
                    System.arraycopy(int32(at), 0, cut, 0, 4);
                    cut[at - 1] = 0;
                    walks(cut);
                }
            }
        }
        assertThat(refused).isGreaterThan(1_000);
    }

    private boolean walks(byte[] document) {
        try {
            cursor.reset(document);
            walk();
            return true;
        } catch (MalformedBsonException e) {
            assertThat(e.offset()).isBetween(0, document.length);
            return false;
        }
    }

    private void walk() {
        while (cursor.next()) {
            cursor.name();
            switch (cursor.type()) {
                case STRING, SYMBOL, JAVASCRIPT -> cursor.string();
                case BINARY, OBJECT_ID, DB_POINTER -> cursor.bytes();
                case REGULAR_EXPRESSION -> cursor.options();
                case DECIMAL128 -> cursor.decimal128();
                case DOCUMENT, ARRAY, JAVASCRIPT_WITH_SCOPE -> {
                    cursor.enter();
                    walk();
                    cursor.leave();
                }
                default -> assertThat(cursor.type()).isNotEqualTo(BsonType.END_OF_DOCUMENT);
            }
        }
    }
}
