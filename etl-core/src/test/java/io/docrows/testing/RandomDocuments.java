package io.docrows.testing;

import io.docrows.internal.bson.RandomBson;
import io.docrows.testing.PlainLoader.Mapped;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.bson.BsonArray;
import org.bson.BsonBinary;
import org.bson.BsonBoolean;
import org.bson.BsonDateTime;
import org.bson.BsonDecimal128;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonNull;
import org.bson.BsonObjectId;
import org.bson.BsonString;
import org.bson.BsonSymbol;
import org.bson.BsonValue;
import org.bson.types.Decimal128;
import org.bson.types.ObjectId;

/**
 * Random documents for a mapping of the table {@code wide}, the same for the same seed. Each has an {@code _id} of its
 * own, of one type or another, or none; its fields mostly have values that fit their columns, but not always; they
 * stand in any order, among others that nobody maps.
 */
public final class RandomDocuments {

    public static final List<String> TAGS = List.of("new", "used", "naïve", "𝄞");

    private static final String[] TEXTS = {
        "", "a", "crime", "poetry", "12345", "123456", "𝄞𝄞", "ab\0c", "  ", "\\u0000", "é"
    };
    private static final double[] DOUBLES = {
        0, -0.0, 0.1, 1.005, 13, 32_768, 99_999.99, 1e6, 0x1p53, 1e300, 5e-324, 1 / 0.0, 0 / 0.0
    };
    private static final String[] DECIMALS = {
        "0", "-0", "1.50", "13", "1E+5", "0.001", "9E+6144", "1E-6176", "NaN", "-Infinity", "7.00"
    };
    private static final long[] TIMES = {
        0, -1, 1_100, 86_400_000, -62_135_596_800_001L, 9_224_318_016_000_000L, -210_866_803_200_000L, 504_901_800_000L
    };

    private final Random random;
    private final RandomBson anything;
    private final List<Mapped> columns;
    private final int count;

    private RandomDocuments(long seed, List<Mapped> columns, int count) {
        this.random = new Random(seed);
        this.anything = new RandomBson(seed);
        this.columns = columns;
        this.count = count;
    }

    /** The documents; what one is does not depend on how many there are before it. */
    public static List<byte[]> of(long seed, List<Mapped> columns, int count) {
        List<byte[]> documents = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            documents.add(Bson.bytes(new RandomDocuments(seed * 1_000_003 + i, columns, count).document(i)));
        }
        return documents;
    }

    /** The same documents, every third of which has changed, but for those that have no {@code _id}. */
    public static List<byte[]> changed(long seed, List<Mapped> columns, int count) {
        List<byte[]> documents = of(seed, columns, count);
        List<byte[]> others = of(seed + 1, columns, count);
        for (int i = 0; i < count; i += 3) {
            if (i % 10 != 9) {
                documents.set(i, others.get(i));
            }
        }
        return documents;
    }

    private BsonDocument document(int number) {
        List<Map.Entry<String, BsonValue>> fields = new ArrayList<>();
        if (number % 10 != 9) {
            fields.add(Map.entry("_id", id(number)));
        }
        BsonDocument nested = new BsonDocument();
        for (Mapped mapped : columns) {
            if (random.nextInt(5) == 0) {
                continue;
            }
            BsonValue value = value(mapped);
            if (mapped.path().size() == 1) {
                fields.add(Map.entry(mapped.path().get(0), value));
            } else {
                nested.put(mapped.path().get(1), value);
                nested.put("other", BsonNull.VALUE);
            }
        }
        if (!nested.isEmpty()) {
            fields.add(Map.entry("sub", random.nextInt(20) == 0 ? anything() : nested));
        }
        if (random.nextInt(3) == 0) {
            fields.add(Map.entry("parent", random.nextInt(10) == 0 ? anything() : id(random.nextInt(count + 2))));
        }
        if (random.nextInt(3) == 0) {
            fields.add(Map.entry("tags", tags()));
        }
        fields.add(Map.entry("nobody's", anything()));
        Collections.shuffle(fields, random);
        BsonDocument document = new BsonDocument();
        fields.forEach(field -> document.put(field.getKey(), field.getValue()));
        return document;
    }

    private static BsonValue id(int number) {
        return switch (number % 6) {
            case 0 -> new BsonInt32(number);
            case 1 -> new BsonString(String.valueOf(number));
            case 2 -> new BsonDouble(number + 0.5);
            case 3 -> new BsonObjectId(new ObjectId(number, number));
            case 4 -> new BsonDocument("n", new BsonInt64(number));
            default -> new BsonDecimal128(new Decimal128(number));
        };
    }

    private BsonValue tags() {
        if (random.nextInt(10) == 0) {
            return anything();
        }
        BsonArray tags = new BsonArray();
        for (int i = random.nextInt(4); i > 0; i--) {
            BsonValue tag = new BsonString(TAGS.get(random.nextInt(TAGS.size())));
            tags.add(random.nextInt(30) == 0 ? anything() : random.nextInt(30) == 0 ? new BsonString("no tag") : tag);
        }
        return tags;
    }

    private BsonValue value(Mapped mapped) {
        int kind = random.nextInt(12);
        if (kind == 0) {
            return BsonNull.VALUE;
        }
        return kind == 1 ? anything() : fitting(mapped.column().column().getType());
    }

    /** Of the right type, and often in its range. */
    private BsonValue fitting(Class<?> type) {
        if (Number.class.isAssignableFrom(type)) {
            return number();
        }
        if (type == Boolean.class) {
            return BsonBoolean.valueOf(random.nextBoolean());
        }
        if (type == Instant.class || type == LocalDateTime.class || type == LocalDate.class) {
            long time = TIMES[random.nextInt(TIMES.length)];
            return new BsonDateTime(random.nextBoolean() ? time : random.nextLong() >> random.nextInt(64) & ~0x3FL);
        }
        if (type == UUID.class) {
            return new BsonBinary(new UUID(random.nextLong(), random.nextInt(3)));
        }
        if (type == byte[].class) {
            byte[] bytes = new byte[random.nextInt(9)];
            random.nextBytes(bytes);
            return new BsonBinary((byte) random.nextInt(6), bytes);
        }
        if (type == org.jooq.JSON.class || type == org.jooq.JSONB.class) {
            return anything();
        }
        String text = TEXTS[random.nextInt(TEXTS.length)];
        return random.nextInt(5) == 0 ? new BsonSymbol(text) : new BsonString(text);
    }

    private BsonValue number() {
        return switch (random.nextInt(8)) {
            case 0 -> new BsonInt64(random.nextLong() >> random.nextInt(64));
            case 1 -> new BsonDouble(DOUBLES[random.nextInt(DOUBLES.length)]);
            case 2 -> new BsonDouble(random.nextInt(100_000) / 8.0);
            case 3 -> new BsonDecimal128(Decimal128.parse(DECIMALS[random.nextInt(DECIMALS.length)]));
            case 4 -> new BsonDecimal128(new Decimal128(BigDecimal.valueOf(random.nextInt(), random.nextInt(5))));
            default -> new BsonInt32(random.nextInt(40));
        };
    }

    private BsonValue anything() {
        while (true) {
            BsonValue value = anything.value(2);
            // The driver does not know that a coefficient of more than 34 digits stands for zero.
            if (!value.toString().matches("(?s).*[0-9.]{36,}.*")) {
                return value;
            }
        }
    }
}
