package io.docrows.testing;

import static io.docrows.internal.bson.BsonBytes.concat;
import static io.docrows.internal.bson.BsonBytes.int32;
import static io.docrows.internal.bson.BsonBytes.string;

import io.docrows.error.RejectCode;
import io.docrows.internal.bson.BsonBytes;
import io.docrows.mapping.SampleValues;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bson.BsonArray;
import org.bson.BsonDateTime;
import org.bson.BsonDecimal128;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.bson.types.Decimal128;
import org.jspecify.annotations.Nullable;

/**
 * A value that loaders of documents are known to fail on, as it stands in a document.
 *
 * @param name what it is
 * @param type the code of its BSON type
 * @param bytes its value, without type and name
 * @param readAs a value that the driver can read and that a mapping takes alike, but for the fault
 * @param fault the code for a mapping that takes such values; null if there is no fault in it
 */
public record Poison(
        String name,
        int type,
        byte[] bytes,
        BsonValue readAs,
        @Nullable RejectCode fault) {

    private static final BsonValue TEXT = new BsonString("crime");
    private static final BsonValue OBJECT = new BsonDocument("a", new BsonString("b"));

    /** Values of every type, in every form that matters. */
    public static List<Poison> values() {
        List<Poison> all = new ArrayList<>();
        for (String sample : SampleValues.wellFormed()) {
            all.add(of(sample, SampleValues.document(sample)));
        }
        numbersAndTexts().forEach((name, value) -> all.add(of(name, BsonBytes.of(new BsonDocument("v", value)))));
        all.addAll(notUtf8());
        all.add(object("a name twice", RejectCode.DUPLICATE_FIELD, element("a", 0x0A), element("a", 0x0A)));
        all.add(object(
                "a name that is not UTF-8",
                RejectCode.INVALID_UTF8,
                HexFormat.of().parseHex("0aff00")));
        all.add(object("a text that is not UTF-8", RejectCode.INVALID_UTF8, text("eda080")));
        all.add(object("a string past its end", RejectCode.INVALID_DOCUMENT, element("a", 0x02), int32(99)));
        all.add(object("an unknown type inside", RejectCode.INVALID_DOCUMENT, element("a", 0x22)));
        all.add(object("a boolean of 2", RejectCode.INVALID_DOCUMENT, element("a", 0x08), new byte[] {2}));
        return all;
    }

    private static Map<String, BsonValue> numbersAndTexts() {
        Map<String, BsonValue> values = new LinkedHashMap<>();
        for (double number : new double[] {
            Double.NEGATIVE_INFINITY,
            Double.MIN_VALUE,
            Double.MAX_VALUE,
            -0x1p63,
            0.1,
            16_777_217,
            3.5e38,
            1e-46,
            999_999.99,
            -999_999.995,
            99_999.5
        }) {
            values.put("double " + number, new BsonDouble(number));
        }
        for (long number : new long[] {Long.MIN_VALUE, -32_769, 32_767, 2_147_483_648L, (1L << 53) - 1, 999_999}) {
            values.put("long " + number, new BsonInt64(number));
        }
        for (String number : List.of(
                "9.999999999999999999999999999999999E+6144",
                "-9.999999999999999999999999999999999E+6144",
                "0E-6176",
                "0E+6111",
                "-0E-3",
                "1.50",
                "123456.789",
                "0.00000000000000000001",
                "999999999999999999.9999999999999999",
                "Infinity",
                "32768")) {
            values.put("decimal " + number, new BsonDecimal128(Decimal128.parse(number)));
        }
        // Two a century through all that PostgreSQL's timestamps hold would be too many: a prime number of years.
        for (long year = -290_000; year <= 290_000; year += 19_001) {
            values.put("date in the year " + year, new BsonDateTime(Math.round(year * 31_556_952_000.0) - 1));
        }
        for (long time : new long[] {
            -210_866_803_200_000L,
            -210_866_803_200_001L,
            9_224_318_015_999_999L,
            9_224_318_016_000_000L,
            -62_135_596_800_001L,
            -12_219_292_800_001L,
            -1,
            0,
            1_100,
            8_210_266_876_800_000L
        }) {
            values.put("date " + time, new BsonDateTime(time));
        }
        values.put("text of 𝄞", new BsonString("𝄞𝄞𝄞𝄞𝄞"));
        values.put("text of 6 characters", new BsonString("𝄞𝄞𝄞𝄞𝄞𝄞"));
        values.put("text with blanks", new BsonString(" a "));
        values.put("text that looks like NULL", new BsonString("\\N"));
        values.put("text that spells U+0000", new BsonString("\\u0000"));
        values.put("text of quotes", new BsonString("\"'`\\\b\f\r\n\t\u007F\u2028"));
        values.put("noncharacters", new BsonString("\uFFFE\uFFFF\uFEFF"));
        values.put("object with a text that spells U+0000", new BsonDocument("a", new BsonString("\\u0000 \\\\u0000")));
        values.put("object with NUL in a text", new BsonDocument("a", new BsonString("\0")));
        values.put(
                "object with odd names",
                new BsonDocument("", new BsonString("empty"))
                        .append("a.b", new BsonString("dotted"))
                        .append("$c", new BsonString("dollar"))
                        .append("$date", new BsonString("no date"))
                        .append("A", new BsonString("upper"))
                        .append("a", new BsonString("lower")));
        values.put("100 levels of objects", nested(100, false));
        values.put("100 levels of arrays", nested(100, true));
        return values;
    }

    /** A value inside so many objects or arrays. */
    public static BsonValue nested(int levels, boolean arrays) {
        BsonValue value = new BsonString("deep");
        for (int i = 0; i < levels; i++) {
            value = arrays ? new BsonArray(List.of(value)) : new BsonDocument("a", value);
        }
        return value;
    }

    private static List<Poison> notUtf8() {
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put("a lone high surrogate", "61eda08062");
        texts.put("a lone low surrogate", "61edb08062");
        texts.put("surrogates as CESU-8", "eda081edb080");
        texts.put("a byte that is never UTF-8", "61ff62");
        texts.put("an overlong NUL", "c080");
        texts.put("a code point past the last", "f4908080");
        texts.put("a text cut in a character", "e282");
        List<Poison> all = new ArrayList<>();
        texts.forEach((name, hex) ->
                all.add(new Poison(name, 0x02, string(HexFormat.of().parseHex(hex)), TEXT, RejectCode.INVALID_UTF8)));
        return all;
    }

    private static byte[] element(String name, int type) {
        return concat(new byte[] {(byte) type}, name.getBytes(java.nio.charset.StandardCharsets.UTF_8), new byte[1]);
    }

    private static byte[] text(String hex) {
        return concat(element("a", 0x02), string(HexFormat.of().parseHex(hex)));
    }

    private static Poison object(String name, RejectCode fault, byte[]... elements) {
        byte[] body = concat(elements);
        return new Poison(
                "object with " + name, 0x03, concat(int32(body.length + 5), body, new byte[1]), OBJECT, fault);
    }

    private static Poison of(String name, byte[] document) {
        return new Poison(
                name,
                document[4],
                Arrays.copyOfRange(document, 7, document.length - 1),
                new RawBsonDocument(document).get("v"),
                null);
    }

    /** What a column must make of it. */
    public Outcome in(WideColumn<?> column) {
        return faulty(
                readAs.isNull() || readAs.getBsonType() == org.bson.BsonType.UNDEFINED
                        ? Outcome.NULL
                        : column.expected().apply(readAs));
    }

    /** What becomes of a value that is right but for the fault: nothing else is wrong with those that have one. */
    public Outcome faulty(Outcome right) {
        return fault != null && right.code() != RejectCode.TYPE_MISMATCH ? Outcome.rejected(fault) : right;
    }

    /** Whether it is among the few that show what becomes of its type at all. */
    public boolean standsForItsType() {
        return SampleValues.wellFormed().contains(name);
    }

    /** A document with a text for its {@code _id} and this value in a field. */
    public byte[] document(String id, String field) {
        return new BsonBytes()
                .element(0x02, "_id", string(id.getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .element(type, field, bytes)
                .document();
    }

    /** An array of a good text and this value. */
    public byte[] array() {
        byte[] good = string("new".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        return new BsonBytes()
                .element(0x02, "0", good)
                .element(type, "1", bytes)
                .document();
    }

    @Override
    public String toString() {
        return name;
    }
}
