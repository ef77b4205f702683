package io.docrows.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.internal.bson.RandomBson;
import io.docrows.internal.value.Decimals;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.bson.BsonArray;
import org.bson.BsonDecimal128;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.bson.BsonSymbol;
import org.bson.BsonType;
import org.bson.BsonValue;
import org.bson.types.Decimal128;
import org.junit.jupiter.api.Test;

/** Over many values: a text means one value only, and equal values have one text. */
class DocumentIdPropertyTest {

    @Test
    void textsAreEqualExactlyWhenTheValuesAre() {
        List<BsonValue> pool = adversaries();
        List<String> texts = pool.stream().map(DocumentId::text).toList();
        int equal = 0;
        for (int a = 0; a < pool.size(); a++) {
            for (int b = 0; b < a; b++) {
                boolean same = MongoEquality.equal(pool.get(a), pool.get(b));
                // An assertion for each of a million pairs would take most of the time.
                if (same != texts.get(a).equals(texts.get(b))) {
                    throw new AssertionError(pool.get(a) + " and " + pool.get(b) + " have the texts " + texts.get(a)
                            + " and " + texts.get(b));
                }
                equal += same ? 1 : 0;
            }
        }
        assertThat(equal).isGreaterThan(200);
    }

    @Test
    void parsingATextGivesTheValueBack() {
        for (BsonValue value : adversaries()) {
            assertReadsBack(value);
        }
        RandomBson random = new RandomBson(1);
        for (int i = 0; i < 10_000; i++) {
            BsonValue value = random.value(3);
            assertReadsBack(value);
        }
    }

    @Test
    void everyDoubleReadsBackFromItsShortestDecimal() {
        Random random = new Random(2);
        for (int i = 0; i < 20_000; i++) {
            double value = Double.longBitsToDouble(random.nextLong());
            double near = random.nextInt(2_000_000) / 100.0;
            if (Double.isFinite(value)) {
                assertThat(Decimals.shortest(value).doubleValue()).isEqualTo(value);
                assertThat(Decimals.shortest(value).precision())
                        .isLessThanOrEqualTo(new BigDecimal(Double.toString(value))
                                .stripTrailingZeros()
                                .precision());
            }
            assertThat(Decimals.shortest(near)).isEqualByComparingTo(Double.toString(near));
        }
    }

    private static void assertReadsBack(BsonValue value) {
        String text = DocumentId.text(value);
        BsonValue back = DocumentId.parse(text);
        assertThat(MongoEquality.equal(back, value))
                .as("%s, written %s, read %s", value, text, back)
                .isTrue();
        assertThat(DocumentId.text(back)).isEqualTo(text);
        assertThat(DocumentId.parseList(text + ",1")).hasSizeGreaterThanOrEqualTo(2);
    }

    /** Numbers around every boundary in every type that holds them, their texts as strings, and all of it nested. */
    private static List<BsonValue> adversaries() {
        List<BsonValue> pool = new ArrayList<>();
        for (String number : List.of(
                "0",
                "1",
                "-1",
                "7",
                "1000",
                "0.5",
                "0.1",
                "1.5",
                "1E-7",
                "1E+22",
                "1E+23",
                "2147483647",
                "2147483648",
                "9007199254740991",
                "9007199254740992",
                "9007199254740993",
                "9223372036854775806",
                "9223372036854775807",
                "9223372036854775808",
                "-9223372036854775808",
                "-9223372036854775809",
                "9223372036854776000",
                "9223372036854775808.5",
                "18446744073709551616",
                "99999999999999991611392",
                "1E+300",
                "1E+308",
                "5E-324",
                "0.1000000000000000055511151231257827",
                "4611686018427387904.5",
                "1E+6144",
                "1E-6176",
                "9999999999999999999999999999999999")) {
            addNumber(new BigDecimal(number), pool);
        }
        for (double number : new double[] {-0.0, Double.NaN, 1 / 0.0, -1 / 0.0, Double.MIN_NORMAL, Double.MAX_VALUE}) {
            pool.add(new BsonDouble(number));
        }
        for (Decimal128 number : List.of(
                Decimal128.NEGATIVE_ZERO,
                Decimal128.NaN,
                Decimal128.NEGATIVE_NaN,
                Decimal128.POSITIVE_INFINITY,
                Decimal128.NEGATIVE_INFINITY,
                Decimal128.parse("0E+6111"),
                Decimal128.parse("1.000"))) {
            pool.add(new BsonDecimal128(number));
        }
        RandomBson random = new RandomBson(3);
        for (int i = 0; i < 120; i++) {
            pool.add(random.value(2));
        }
        for (String text : List.of(
                "", " ", "a", "true", "null", "undefined", "NaN", "Infinity", "{}", "[]", "\"\"", "\\u0024", "1.0")) {
            pool.add(new BsonString(text));
            pool.add(new BsonSymbol(text));
        }
        for (BsonValue value : List.copyOf(pool)) {
            pool.add(new BsonString(DocumentId.text(value)));
            pool.add(new BsonDocument("a", value));
            pool.add(new BsonArray(List.of(value)));
        }
        for (BsonType type : BsonType.values()) {
            pool.add(new BsonString("$" + type));
        }
        for (String name : List.of(
                "$oid",
                "$uuid",
                "$date",
                "$numberDecimal",
                "$numberDouble",
                "$symbol",
                "$code",
                "$minKey",
                "\\u0024oid",
                "oid")) {
            for (BsonValue content : List.of(
                    new BsonString("65a1b2c3d4e5f60718293a4b"),
                    new BsonString("NaN"),
                    new BsonString("0.1"),
                    new BsonInt32(1))) {
                pool.add(new BsonDocument(name, content));
                pool.add(new BsonDocument("x", content).append(name, content));
            }
        }
        return pool;
    }

    private static void addNumber(BigDecimal number, List<BsonValue> pool) {
        pool.add(new BsonDouble(number.doubleValue()));
        pool.add(new BsonInt64(number.longValue()));
        pool.add(new BsonInt32(number.intValue()));
        pool.add(new BsonString(number.toString()));
        if (number.precision() <= 34) {
            pool.add(new BsonDecimal128(new Decimal128(number)));
            BigDecimal exact = new BigDecimal(number.doubleValue() == 1 / 0.0 ? 1 : number.doubleValue());
            if (exact.precision() <= 34 && exact.scale() < 6000) {
                pool.add(new BsonDecimal128(new Decimal128(exact)));
            }
        }
    }
}
