package io.docrows.internal.value;

import io.docrows.internal.bson.BsonCursor;
import java.math.BigDecimal;
import java.util.Set;

/**
 * Reads a boolean, or what stands for one. Policies are given by their numbers, or {@link #NO_POLICY}.
 *
 * @param orText the policy that reads texts
 * @param truths the texts that mean true; none for {@code true} and {@code false} in any case
 * @param falsehoods the texts that mean false
 * @param orNumber the policy that reads 1 and 0
 */
public record BooleanReader(int orText, Set<String> truths, Set<String> falsehoods, int orNumber)
        implements ValueReader<Boolean> {

    /** Copies the sets. */
    public BooleanReader {
        truths = Set.copyOf(truths);
        falsehoods = Set.copyOf(falsehoods);
    }

    @Override
    public Boolean read(BsonCursor cursor, PolicyCounter counter) {
        if (orText != NO_POLICY && WrittenNumber.isText(cursor)) {
            boolean value = written(cursor);
            counter.add(orText);
            return value;
        }
        if (orNumber != NO_POLICY && PlainText.isNumber(cursor.type())) {
            boolean value = counted(cursor);
            counter.add(orNumber);
            return value;
        }
        return Scalar.bool(cursor);
    }

    private boolean written(BsonCursor cursor) {
        String text = cursor.string();
        boolean named = !truths.isEmpty();
        if (named ? truths.contains(text) : text.equalsIgnoreCase("true")) {
            return true;
        }
        if (named ? falsehoods.contains(text) : text.equalsIgnoreCase("false")) {
            return false;
        }
        throw Mismatch.value(cursor, "a text that stands for true or false");
    }

    private static boolean counted(BsonCursor cursor) {
        BigDecimal number = RealNumber.decimal(cursor);
        if (number.signum() == 0) {
            return false;
        }
        if (number.compareTo(BigDecimal.ONE) == 0) {
            return true;
        }
        throw Mismatch.value(cursor, "0 or 1");
    }
}
