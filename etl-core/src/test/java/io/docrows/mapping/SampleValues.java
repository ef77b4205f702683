package io.docrows.mapping;

import static io.docrows.internal.bson.BsonBytes.string;

import io.docrows.internal.bson.BsonBytes;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
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

/** The rows of the tables in the tests: a name for one value of every BSON type, and of every kind that matters. */
public final class SampleValues {

    public static final ObjectId OBJECT_ID = new ObjectId("65a1b2c3d4e5f60718293a4b");
    static final UUID ID = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");

    private static final List<String> WELL_FORMED = List.of(
            "int",
            "long",
            "long 2^40",
            "long 2^53+1",
            "long max",
            "double 7",
            "double 7.5",
            "double -0",
            "double 2^63",
            "double 1e300",
            "double NaN",
            "double Infinity",
            "decimal 7.00",
            "decimal 7.5",
            "decimal 0.1",
            "decimal -0",
            "decimal 1E6144",
            "decimal 1E-6176",
            "decimal NaN",
            "decimal -Infinity",
            "string",
            "string done",
            "string Done",
            "string empty",
            "string with NUL",
            "symbol done",
            "object",
            "array empty",
            "array of strings",
            "array of ints",
            "array of arrays",
            "binary 0",
            "binary 3",
            "binary 4",
            "binary 4, 15 bytes",
            "undefined",
            "objectId",
            "bool",
            "date",
            "date 5000 BC",
            "date 300000 AD",
            "date max",
            "date min",
            "null",
            "regex",
            "dbPointer",
            "javascript",
            "javascriptWithScope",
            "timestamp",
            "minKey",
            "maxKey");

    private SampleValues() {}

    /** The names of all samples that the driver itself can write, and read again. */
    public static List<String> wellFormed() {
        return WELL_FORMED;
    }

    /** A document whose only element {@code v} is the sample. */
    public static byte[] document(String sample) {
        if (sample.equals("string not UTF-8")) {
            return new BsonBytes()
                    .element(0x02, "v", string(HexFormat.of().parseHex("61ff62")))
                    .document();
        }
        if (sample.equals("object, name twice")) {
            byte[] inner = new BsonBytes()
                    .element(0x0A, "a", new byte[0])
                    .element(0x0A, "a", new byte[0])
                    .document();
            return new BsonBytes().element(0x03, "v", inner).document();
        }
        return BsonBytes.of(new BsonDocument("v", value(sample)));
    }

    private static BsonValue value(String sample) {
        return switch (sample) {
            case "int" -> new BsonInt32(7);
            case "long" -> new BsonInt64(7);
            case "long 2^40" -> new BsonInt64(1L << 40);
            case "long 2^53+1" -> new BsonInt64((1L << 53) + 1);
            case "long max" -> new BsonInt64(Long.MAX_VALUE);
            case "double 7" -> new BsonDouble(7);
            case "double 7.5" -> new BsonDouble(7.5);
            case "double -0" -> new BsonDouble(-0.0);
            case "double 2^63" -> new BsonDouble(0x1p63);
            case "double 1e300" -> new BsonDouble(1e300);
            case "double NaN" -> new BsonDouble(Double.NaN);
            case "double Infinity" -> new BsonDouble(Double.POSITIVE_INFINITY);
            case "decimal 7.00" -> decimal("7.00");
            case "decimal 7.5" -> decimal("7.5");
            case "decimal 0.1" -> decimal("0.1");
            case "decimal -0" -> decimal("-0");
            case "decimal 1E6144" -> decimal("1E6144");
            case "decimal 1E-6176" -> decimal("1E-6176");
            case "decimal NaN" -> decimal("NaN");
            case "decimal -Infinity" -> decimal("-Infinity");
            case "string" -> new BsonString("text");
            case "string done" -> new BsonString("done");
            case "string Done" -> new BsonString("Done");
            case "string empty" -> new BsonString("");
            case "string with NUL" -> new BsonString("a\0b");
            case "symbol done" -> new BsonSymbol("done");
            case "object" -> new BsonDocument("a", new BsonInt32(1));
            case "array empty" -> new BsonArray();
            case "array of strings" -> new BsonArray(List.of(new BsonString("a"), BsonNull.VALUE, new BsonString("b")));
            case "array of ints" -> new BsonArray(List.of(new BsonInt32(1)));
            case "array of arrays" -> new BsonArray(List.of(new BsonArray()));
            case "binary 0" -> new BsonBinary(new byte[] {1, 2});
            case "binary 3" -> new BsonBinary((byte) 3, new BsonBinary(ID).getData());
            case "binary 4" -> new BsonBinary(ID);
            case "binary 4, 15 bytes" -> new BsonBinary((byte) 4, new byte[15]);
            case "undefined" -> new BsonUndefined();
            case "objectId" -> new BsonObjectId(OBJECT_ID);
            case "bool" -> BsonBoolean.TRUE;
            case "date" -> new BsonDateTime(1);
            case "date 5000 BC" -> new BsonDateTime(-220_000_000_000_000L);
            case "date 300000 AD" -> new BsonDateTime(9_400_000_000_000_000L);
            case "date max" -> new BsonDateTime(Long.MAX_VALUE);
            case "date min" -> new BsonDateTime(Long.MIN_VALUE);
            case "null" -> BsonNull.VALUE;
            case "regex" -> new BsonRegularExpression("^a", "i");
            case "dbPointer" -> new BsonDbPointer("db.c", OBJECT_ID);
            case "javascript" -> new BsonJavaScript("f()");
            case "javascriptWithScope" -> new BsonJavaScriptWithScope("f()", new BsonDocument());
            case "timestamp" -> new BsonTimestamp(7, 8);
            case "minKey" -> new BsonMinKey();
            case "maxKey" -> new BsonMaxKey();
            default -> throw new IllegalArgumentException("no sample named " + sample);
        };
    }

    private static BsonValue decimal(String text) {
        return new BsonDecimal128(Decimal128.parse(text));
    }
}
