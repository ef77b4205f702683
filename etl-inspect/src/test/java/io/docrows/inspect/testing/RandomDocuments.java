package io.docrows.inspect.testing;

import java.util.ArrayList;
import java.util.List;
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

/** Documents with every BSON type, nested, with few and with many names, the same for the same seed. */
public final class RandomDocuments {

    private static final String[] TEXTS = {
        "",
        " ",
        "7",
        "007",
        "1.50",
        "true",
        "2024-02-29",
        "2023-02-29",
        "12:30",
        "2024-03-10T01:02:03Z",
        "a\u0000b",
        "für",
        "{\"a\":1}",
        "123e4567-e89b-12d3-a456-426614174000",
        "5f0c1c2e9d3b4a0017c0ffee",
        "2024,03,10,01,02,03,000004",
        "new",
        "paid"
    };

    private final Random random;

    public RandomDocuments(long seed) {
        this.random = new Random(seed);
    }

    public List<BsonDocument> some(int count) {
        List<BsonDocument> documents = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            documents.add(document(i));
        }
        return documents;
    }

    private BsonDocument document(int number) {
        BsonDocument document = new BsonDocument();
        if (number % 17 != 3) {
            document.append("_id", id(number));
        }
        int fields = random.nextInt(9);
        for (int i = 0; i < fields; i++) {
            document.append("f" + random.nextInt(12), value(0));
        }
        if (random.nextInt(3) == 0) {
            BsonDocument map = new BsonDocument();
            for (int i = 0; i < 6; i++) {
                map.append("key" + random.nextInt(600), random.nextBoolean() ? value(3) : items());
            }
            document.append("map", map);
        }
        document.append("items", items());
        document.append("kind", new BsonString(TEXTS[16 + random.nextInt(2)]));
        return document;
    }

    private BsonArray items() {
        BsonArray items = new BsonArray();
        int count = random.nextInt(4);
        for (int i = 0; i < count; i++) {
            items.add(new BsonDocument("sku", new BsonString("s" + random.nextInt(5000)))
                    .append("qty", value(3))
                    .append("line", new BsonInt32(i)));
        }
        return items;
    }

    private BsonValue id(int number) {
        return switch (number % 5) {
            case 0 -> new BsonInt32(number);
            case 1 -> new BsonString("a rather long text before the number " + number);
            case 2 -> new BsonInt64(number);
            case 3 -> new BsonDouble(number + 0.5);
            default -> new BsonObjectId(new ObjectId(1_600_000_000 + number, number));
        };
    }

    private BsonValue value(int depth) {
        int kind = random.nextInt(depth > 2 ? 24 : 27);
        return switch (kind) {
            case 0 -> BsonNull.VALUE;
            case 1 -> BsonBoolean.valueOf(random.nextBoolean());
            case 2 -> new BsonInt32(random.nextInt(50));
            case 3 -> new BsonInt64(random.nextLong());
            case 4 -> new BsonDouble(random.nextInt(1000));
            case 5 -> new BsonDouble(random.nextInt(100_000) / 100.0);
            case 6 -> new BsonDouble(random.nextBoolean() ? Double.NaN : Double.NEGATIVE_INFINITY);
            case 7 -> new BsonDecimal128(Decimal128.parse(random.nextInt(1000) + "E" + (random.nextInt(9) - 4)));
            case 8 -> new BsonDecimal128(Decimal128.parse("-12345678901234567890.12345"));
            case 9 -> new BsonDateTime(random.nextLong());
            case 10 -> new BsonDateTime(random.nextInt(20_000) * 86_400_000L);
            case 11 -> new BsonDateTime(1_600_000_000_000L + random.nextInt(1_000_000_000));
            case 12 -> new BsonObjectId(new ObjectId(random.nextInt(1_000_000_000), random.nextInt(1000)));
            case 13 -> new BsonBinary((byte) random.nextInt(6), bytes());
            case 14 -> new BsonRegularExpression("a");
            case 15 -> new BsonTimestamp(random.nextInt(), 1);
            case 16 -> random.nextBoolean() ? new BsonMinKey() : new BsonMaxKey();
            case 17 -> new BsonUndefined();
            case 18, 19 -> new BsonString(TEXTS[random.nextInt(TEXTS.length)]);
            case 20 -> new BsonSymbol(TEXTS[random.nextInt(TEXTS.length)]);
            case 21 -> new BsonJavaScript("f(" + random.nextInt(9) + ")");
            case 22 -> new BsonJavaScriptWithScope("f()", new BsonDocument("n", new BsonInt32(random.nextInt(9))));
            case 23 ->
                random.nextBoolean()
                        ? new BsonDbPointer("shop.things", new ObjectId(random.nextInt(1_000_000_000), 1))
                        : new BsonBinary((byte) 0x80, bytes());
            case 24 -> new BsonDocument("x", value(depth + 1)).append("y", value(depth + 1));
            case 25 -> new BsonArray(List.of(value(depth + 1), value(depth + 1)));
            default -> new BsonDocument();
        };
    }

    private byte[] bytes() {
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        return bytes;
    }
}
