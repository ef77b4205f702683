package io.docrows.internal.bson;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Random;
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

/** Random documents of every BSON type, the same for the same seed. */
public final class RandomBson {

    private static final String[] NAMES = {"", "a", "b", "a.b", "$a", "_id", "naïve", "名前", "0"};
    private static final String[] TEXTS = {"", "x", "text", "12", "grün", "日本", "𝄞", "a\0b", "\"q\"", "true", "\uFFFD"
    };

    private final Random random;

    public RandomBson(long seed) {
        random = new Random(seed);
    }

    public BsonDocument document(int depth) {
        BsonDocument document = new BsonDocument();
        for (int fields = random.nextInt(7); fields > 0; fields--) {
            document.put(NAMES[random.nextInt(NAMES.length)], value(depth));
        }
        return document;
    }

    public BsonValue value(int depth) {
        return switch (random.nextInt(depth > 0 ? 22 : 19)) {
            case 0 -> new BsonInt32(number().intValue());
            case 1 -> new BsonInt64(number().longValue());
            case 2 -> new BsonDouble(number().doubleValue());
            case 3 -> new BsonDouble(Double.longBitsToDouble(random.nextLong()));
            case 4 -> new BsonDecimal128(decimal());
            case 5 -> new BsonString(text());
            case 6 -> new BsonSymbol(text());
            case 7 -> new BsonObjectId(new ObjectId(bytes(12)));
            case 8 -> BsonBoolean.valueOf(random.nextBoolean());
            case 9 -> new BsonDateTime(number().longValue());
            case 10 -> BsonNull.VALUE;
            case 11 -> new BsonUndefined();
            case 12 -> new BsonBinary((byte) random.nextInt(6), bytes(random.nextInt(20)));
            case 13 -> new BsonTimestamp(random.nextLong());
            case 14 -> new BsonRegularExpression("^" + text().replace("\0", ""), "i");
            case 15 -> new BsonJavaScript(text());
            case 16 -> new BsonDbPointer(text(), new ObjectId(bytes(12)));
            case 17 -> new BsonMinKey();
            case 18 -> new BsonMaxKey();
            case 19 -> document(depth - 1);
            case 20 -> array(depth - 1);
            default -> new BsonJavaScriptWithScope(text(), document(depth - 1));
        };
    }

    private BsonArray array(int depth) {
        BsonArray array = new BsonArray();
        for (int elements = random.nextInt(5); elements > 0; elements--) {
            array.add(value(depth));
        }
        return array;
    }

    /** Small numbers often, so that different types meet at equal values. */
    private Number number() {
        return switch (random.nextInt(4)) {
            case 0 -> random.nextInt(5) - 2;
            case 1 -> random.nextLong();
            case 2 -> (double) random.nextInt(1000) / 8;
            default -> 1L << random.nextInt(64);
        };
    }

    private Decimal128 decimal() {
        return switch (random.nextInt(5)) {
            case 0 -> new Decimal128(new BigDecimal(random.nextInt(5) - 2).setScale(random.nextInt(4)));
            case 1 -> new Decimal128(new BigDecimal(new BigInteger(110, random), random.nextInt(200) - 100));
            case 2 -> new Decimal128(BigDecimal.valueOf(random.nextInt(1000), 1 + random.nextInt(3)));
            case 3 -> Decimal128.fromIEEE754BIDEncoding(random.nextLong(), random.nextLong());
            default -> random.nextBoolean() ? Decimal128.NEGATIVE_ZERO : Decimal128.NEGATIVE_INFINITY;
        };
    }

    private String text() {
        return TEXTS[random.nextInt(TEXTS.length)] + (random.nextBoolean() ? random.nextInt(100) : "");
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
