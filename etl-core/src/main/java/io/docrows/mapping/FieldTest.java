package io.docrows.mapping;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.docrows.internal.bson.BsonCursor;
import io.docrows.internal.bson.BsonTypes;
import io.docrows.internal.value.Decimals;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.bson.BsonType;
import org.bson.types.Decimal128;
import org.bson.types.ObjectId;

/** What has to hold for one field. Immutable. */
final class FieldTest extends Condition {

    private final List<String> path;
    private final Check check;

    FieldTest(List<String> path, Check check) {
        this.path = path;
        this.check = check;
    }

    /** The tests that a condition is made of. */
    static List<FieldTest> of(Condition condition) {
        List<FieldTest> tests = new ArrayList<>();
        condition.collect(tests, new ArrayList<>());
        return tests;
    }

    List<String> path() {
        return path;
    }

    /** Whether it holds for the value that the cursor stands at; where there is no such field, it never does. */
    boolean holds(BsonCursor cursor) {
        return check.holds(cursor);
    }

    @Override
    void collect(List<FieldTest> tests, List<String> problems) {
        tests.add(this);
        if (path.stream().anyMatch(String::isEmpty)) {
            problems.add("a condition names a field without a name");
        }
        if (check instanceof IsOneOf one && one.values().isEmpty()) {
            problems.add("a condition asks whether " + String.join(".", path) + " is one of no values");
        }
    }

    @Override
    Outcome compile(List<FieldTest> tests) {
        int number = tests.indexOf(this);
        return results -> results[number];
    }

    @Override
    public String toString() {
        return path.stream().map(ValueTerms::quoted).collect(Collectors.joining(".")) + " " + check;
    }

    /** Asks something of a value. */
    sealed interface Check {
        boolean holds(BsonCursor cursor);
    }

    /** Anything at all. */
    record Exists() implements Check {

        @Override
        public boolean holds(BsonCursor cursor) {
            return true;
        }

        @Override
        public String toString() {
            return "exists";
        }
    }

    /** The type. */
    record HasType(Set<BsonType> types) implements Check {

        HasType {
            types = Set.copyOf(types);
        }

        @Override
        public boolean holds(BsonCursor cursor) {
            return types.contains(cursor.type());
        }

        @Override
        public String toString() {
            return "has the type "
                    + new TreeSet<>(types).stream().map(BsonTypes::alias).collect(Collectors.joining(" or "));
        }
    }

    /** One of some values: texts, whole numbers, truth values, ObjectIds. */
    record IsOneOf(List<Object> values, List<byte[]> texts) implements Check {

        IsOneOf(List<Object> values) {
            this(
                    values,
                    values.stream()
                            .map(value -> value instanceof String text ? text.getBytes(UTF_8) : new byte[0])
                            .toList());
        }

        @Override
        public boolean holds(BsonCursor cursor) {
            for (int i = 0; i < values.size(); i++) {
                if (is(cursor, values.get(i), texts.get(i))) {
                    return true;
                }
            }
            return false;
        }

        private static boolean is(BsonCursor cursor, Object value, byte[] text) {
            return switch (cursor.type()) {
                case STRING -> value instanceof String && cursor.stringIs(text);
                case INT32 -> value instanceof Long number && cursor.int32() == number;
                case INT64 -> value instanceof Long number && cursor.int64() == number;
                case DOUBLE -> value instanceof Long number && isNumber(cursor.float64(), number);
                case DECIMAL128 -> value instanceof Long number && isNumber(cursor.decimal128(), number);
                case BOOLEAN -> value instanceof Boolean truth && cursor.bool() == truth;
                case OBJECT_ID ->
                    value instanceof ObjectId id && cursor.objectIdHex().equals(id.toHexString());
                default -> false;
            };
        }

        private static boolean isNumber(double stored, long number) {
            return !Double.isNaN(stored)
                    && !Double.isInfinite(stored)
                    && new BigDecimal(stored).compareTo(BigDecimal.valueOf(number)) == 0;
        }

        private static boolean isNumber(Decimal128 stored, long number) {
            return stored.isFinite() && Decimals.of(stored).compareTo(BigDecimal.valueOf(number)) == 0;
        }

        @Override
        public String toString() {
            String all = values.stream()
                    .map(value -> value instanceof String text ? ValueTerms.quoted(text) : String.valueOf(value))
                    .collect(Collectors.joining(", "));
            return values.size() == 1 ? "is " + all : "is one of " + all;
        }
    }
}
