package io.docrows.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.error.RejectedValueException;
import io.docrows.internal.bson.BsonBytes;
import io.docrows.internal.bson.BsonCursor;
import io.docrows.internal.bson.BsonTypes;
import io.docrows.internal.bson.MalformedBsonException;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bson.BsonType;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every BSON type in every kind of value: what is accepted, and with which code the rest is rejected. */
class ValuesTypeTableTest {

    /**
     * {@code +} accepted, {@code 0} null, {@code T} TYPE_MISMATCH, {@code R} OUT_OF_RANGE, {@code V} INVALID_VALUE,
     * {@code N} NUL_CHARACTER, {@code U} INVALID_UTF8, {@code D} DUPLICATE_FIELD.
     */
    private static final String TABLE = """
            sample              | id string int32 int64 decimal float64 bool instant date uuid binary json enumeration strings ids int16 float32 localDateTime time size
            int                 | +  T      +     +     +       +       T    T       T    T    T      +    T           T       T   +     +       T             T    T
            long                | +  T      +     +     +       +       T    T       T    T    T      +    T           T       T   +     +       T             T    T
            long 2^40           | +  T      R     +     +       +       T    T       T    T    T      +    T           T       T   R     +       T             T    T
            long 2^53+1         | +  T      R     +     +       R       T    T       T    T    T      +    T           T       T   R     R       T             T    T
            long max            | +  T      R     +     +       R       T    T       T    T    T      +    T           T       T   R     R       T             T    T
            double 7            | +  T      +     +     +       +       T    T       T    T    T      +    T           T       T   +     +       T             T    T
            double 7.5          | +  T      R     R     +       +       T    T       T    T    T      +    T           T       T   R     +       T             T    T
            double -0           | +  T      +     +     +       +       T    T       T    T    T      +    T           T       T   +     +       T             T    T
            double 2^63         | +  T      R     R     +       +       T    T       T    T    T      +    T           T       T   R     +       T             T    T
            double 1e300        | +  T      R     R     +       +       T    T       T    T    T      +    T           T       T   R     R       T             T    T
            double NaN          | +  T      R     R     R       +       T    T       T    T    T      +    T           T       T   R     +       T             T    T
            double Infinity     | +  T      R     R     R       +       T    T       T    T    T      +    T           T       T   R     +       T             T    T
            decimal 7.00        | +  T      +     +     +       +       T    T       T    T    T      +    T           T       T   +     +       T             T    T
            decimal 7.5         | +  T      R     R     +       +       T    T       T    T    T      +    T           T       T   R     +       T             T    T
            decimal 0.1         | +  T      R     R     +       R       T    T       T    T    T      +    T           T       T   R     R       T             T    T
            decimal -0          | +  T      +     +     +       +       T    T       T    T    T      +    T           T       T   +     +       T             T    T
            decimal 1E6144      | +  T      R     R     +       R       T    T       T    T    T      +    T           T       T   R     R       T             T    T
            decimal 1E-6176     | +  T      R     R     +       R       T    T       T    T    T      +    T           T       T   R     R       T             T    T
            decimal NaN         | +  T      R     R     R       +       T    T       T    T    T      +    T           T       T   R     +       T             T    T
            decimal -Infinity   | +  T      R     R     R       +       T    T       T    T    T      +    T           T       T   R     +       T             T    T
            string              | +  +      T     T     T       T       T    T       T    T    T      +    V           T       T   T     T       T             T    T
            string done         | +  +      T     T     T       T       T    T       T    T    T      +    +           T       T   T     T       T             T    T
            string Done         | +  +      T     T     T       T       T    T       T    T    T      +    V           T       T   T     T       T             T    T
            string empty        | +  +      T     T     T       T       T    T       T    T    T      +    V           T       T   T     T       T             T    T
            string with NUL     | +  +      T     T     T       T       T    T       T    T    T      N    V           T       T   T     T       T             T    T
            string not UTF-8    | U  U      T     T     T       T       T    T       T    T    T      U    U           T       T   T     T       T             T    T
            symbol done         | +  +      T     T     T       T       T    T       T    T    T      +    +           T       T   T     T       T             T    T
            object              | +  T      T     T     T       T       T    T       T    T    T      +    T           T       T   T     T       T             T    T
            object, name twice  | +  T      T     T     T       T       T    T       T    T    T      D    T           T       T   T     T       T             T    T
            array empty         | +  T      T     T     T       T       T    T       T    T    T      +    T           +       +   T     T       T             T    +
            array of strings    | +  T      T     T     T       T       T    T       T    T    T      +    T           +       +   T     T       T             T    +
            array of ints       | +  T      T     T     T       T       T    T       T    T    T      +    T           T       +   T     T       T             T    +
            array of arrays     | +  T      T     T     T       T       T    T       T    T    T      +    T           T       +   T     T       T             T    +
            binary 0            | +  T      T     T     T       T       T    T       T    T    +      +    T           T       T   T     T       T             T    T
            binary 3            | +  T      T     T     T       T       T    T       T    T    +      +    T           T       T   T     T       T             T    T
            binary 4            | +  T      T     T     T       T       T    T       T    +    +      +    T           T       T   T     T       T             T    T
            binary 4, 15 bytes  | +  T      T     T     T       T       T    T       T    V    +      +    T           T       T   T     T       T             T    T
            undefined           | +  T      T     T     T       T       T    T       T    T    T      +    T           T       T   T     T       T             T    T
            objectId            | +  T      T     T     T       T       T    T       T    T    T      +    T           T       T   T     T       T             T    T
            bool                | +  T      T     T     T       T       +    T       T    T    T      +    T           T       T   T     T       T             T    T
            date                | +  T      T     T     T       T       T    +       +    T    T      +    T           T       T   T     T       +             +    T
            date 5000 BC        | +  T      T     T     T       T       T    R       R    T    T      +    T           T       T   T     T       R             +    T
            date 300000 AD      | +  T      T     T     T       T       T    R       +    T    T      +    T           T       T   T     T       R             +    T
            date max            | +  T      T     T     T       T       T    R       R    T    T      +    T           T       T   T     T       R             +    T
            date min            | +  T      T     T     T       T       T    R       R    T    T      +    T           T       T   T     T       R             +    T
            null                | +  T      T     T     T       T       T    T       T    T    T      +    T           T       T   T     T       T             T    T
            regex               | +  T      T     T     T       T       T    T       T    T    T      +    T           T       T   T     T       T             T    T
            dbPointer           | +  T      T     T     T       T       T    T       T    T    T      +    T           T       T   T     T       T             T    T
            javascript          | +  T      T     T     T       T       T    T       T    T    T      +    T           T       T   T     T       T             T    T
            javascriptWithScope | +  T      T     T     T       T       T    T       T    T    T      +    T           T       T   T     T       T             T    T
            timestamp           | +  T      T     T     T       T       T    T       T    T    T      +    T           T       T   T     T       T             T    T
            minKey              | +  T      T     T     T       T       T    T       T    T    T      +    T           T       T   T     T       T             T    T
            maxKey              | +  T      T     T     T       T       T    T       T    T    T      +    T           T       T   T     T       T             T    T
            """;

    private static final Map<String, Bound<?>> READERS = readers();

    private static Map<String, Bound<?>> readers() {
        Map<String, Bound<?>> readers = new LinkedHashMap<>();
        readers.put("id", Bound.of(Values.id("v")));
        readers.put("string", Bound.of(Values.string("v")));
        readers.put("int32", Bound.of(Values.int32("v")));
        readers.put("int64", Bound.of(Values.int64("v")));
        readers.put("decimal", Bound.of(Values.decimal("v")));
        readers.put("float64", Bound.of(Values.float64("v")));
        readers.put("bool", Bound.of(Values.bool("v")));
        readers.put("instant", Bound.of(Values.instant("v")));
        readers.put("date", Bound.of(Values.date("v")));
        readers.put("uuid", Bound.of(Values.uuid("v")));
        readers.put("binary", Bound.of(Values.binary("v")));
        readers.put("json", Bound.of(Values.json("v")));
        readers.put("enumeration", Bound.of(Values.enumeration("v", GigStateSample.class)));
        readers.put("strings", Bound.of(Values.strings("v")));
        readers.put("ids", Bound.of(Values.ids("v")));
        readers.put("int16", Bound.of(Values.int16("v")));
        readers.put("float32", Bound.of(Values.float32("v")));
        readers.put("localDateTime", Bound.of(Values.localDateTime(ZoneOffset.UTC, "v")));
        readers.put("time", Bound.of(Values.time(ZoneOffset.UTC, "v")));
        readers.put("size", Bound.of(Values.size("v")));
        return readers;
    }

    /** For each kind of value the BSON types of which it accepts some value, by their names, as prose. */
    static Map<String, String> acceptedTypes() {
        List<String> columns = cells(TABLE.lines().findFirst().orElseThrow());
        Map<String, String> accepted = new LinkedHashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            int column = i;
            EnumSet<BsonType> types = EnumSet.noneOf(BsonType.class);
            samples()
                    .filter(line -> !cells(line).get(column).equals("T"))
                    .forEach(line -> types.add(type(sample(line))));
            boolean every = types.size() == BsonType.values().length - 1;
            accepted.put(
                    columns.get(i),
                    every
                            ? "every type"
                            : types.stream()
                                    .sorted(Comparator.comparing(PROSE::indexOf))
                                    .map(BsonTypes::alias)
                                    .collect(Collectors.joining(", ")));
        }
        return accepted;
    }

    /** Small numbers before large ones. */
    private static final List<BsonType> PROSE = List.of(
            BsonType.INT32, BsonType.INT64, BsonType.DOUBLE, BsonType.DECIMAL128, BsonType.STRING, BsonType.SYMBOL);

    private static BsonType type(String sample) {
        return BsonBytes.at(SampleValues.document(sample)).type();
    }

    @TestFactory
    Stream<DynamicTest> table() {
        List<String> columns = cells(TABLE.lines().findFirst().orElseThrow());
        return samples().flatMap(line -> {
            String sample = sample(line);
            List<String> expected = cells(line);
            assertThat(expected).as(sample).hasSameSizeAs(columns);
            return Stream.iterate(0, i -> i < columns.size(), i -> i + 1)
                    .map(i -> DynamicTest.dynamicTest(
                            sample + " as " + columns.get(i),
                            () -> assertThat(outcome(sample, columns.get(i))).isEqualTo(expected.get(i))));
        });
    }

    @Test
    void everyTypeHasASample() {
        Set<BsonType> types = EnumSet.of(BsonType.END_OF_DOCUMENT);
        samples().forEach(line -> types.add(type(sample(line))));
        assertThat(types).containsExactlyInAnyOrder(BsonType.values());
    }

    @Test
    void everyKindOfValueHasAColumn() {
        assertThat(cells(TABLE.lines().findFirst().orElseThrow())).containsExactlyElementsOf(READERS.keySet());
    }

    private static String outcome(String sample, String column) {
        BsonCursor cursor = BsonBytes.at(SampleValues.document(sample));
        Bound<?> reader = Objects.requireNonNull(READERS.get(column), column);
        try {
            Object first = reader.read(cursor);
            assertThat(cursor.depth()).isZero();
            assertThat(reader.read(cursor)).as("the second time").isEqualTo(first);
            assertThat(cursor.next()).as("the cursor was moved").isFalse();
            return first == null ? "0" : "+";
        } catch (RejectedValueException e) {
            assertThat(cursor.depth()).isZero();
            assertThat(e.detail()).startsWith(e.detail().startsWith("element") ? "element 0: expected " : "expected ");
            return switch (e.code()) {
                case TYPE_MISMATCH -> "T";
                case OUT_OF_RANGE -> "R";
                case INVALID_VALUE -> "V";
                case NUL_CHARACTER -> "N";
                case DUPLICATE_FIELD -> "D";
                default -> e.code().name();
            };
        } catch (MalformedBsonException e) {
            return e.code().name().equals("INVALID_UTF8") ? "U" : e.code().name();
        }
    }

    private static Stream<String> samples() {
        return TABLE.lines().skip(1);
    }

    private static String sample(String line) {
        return line.substring(0, line.indexOf('|')).strip();
    }

    private static List<String> cells(String line) {
        return Arrays.asList(line.substring(line.indexOf('|') + 1).strip().split(" +"));
    }
}
