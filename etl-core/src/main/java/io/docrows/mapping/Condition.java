package io.docrows.mapping;

import java.util.ArrayList;
import java.util.List;

/**
 * What has to hold for a document so that a mapping takes it; see {@link Conditions}. Immutable and thread-safe.
 * Conditions that were made alike are equal in text, never in identity.
 */
public abstract sealed class Condition permits FieldTest, Condition.Negation, Condition.Combination {

    Condition() {}

    /**
     * This and another condition together.
     *
     * @param other the other one
     * @return a condition that holds where both do
     */
    public final Condition and(Condition other) {
        return new Combination(true, this, other);
    }

    /**
     * This or another condition.
     *
     * @param other the other one
     * @return a condition that holds where at least one of both does
     */
    public final Condition or(Condition other) {
        return new Combination(false, this, other);
    }

    /** Adds the tests of single fields that it is made of, and what is wrong with each. */
    abstract void collect(List<FieldTest> tests, List<String> problems);

    /** Whether it holds; {@code results} are those of all tests, by their numbers among {@code tests}. */
    abstract Outcome compile(List<FieldTest> tests);

    /** What it says, in words that hold no value beyond those of the mapping. */
    @Override
    public abstract String toString();

    /** A condition over the results of numbered tests. */
    @FunctionalInterface
    interface Outcome {
        boolean of(boolean[] results);
    }

    /** That a condition does not hold. */
    static final class Negation extends Condition {

        private final Condition condition;

        Negation(Condition condition) {
            this.condition = condition;
        }

        @Override
        void collect(List<FieldTest> tests, List<String> problems) {
            condition.collect(tests, problems);
        }

        @Override
        Outcome compile(List<FieldTest> tests) {
            Outcome outcome = condition.compile(tests);
            return results -> !outcome.of(results);
        }

        @Override
        public String toString() {
            return "not (" + condition + ")";
        }
    }

    /** Two conditions, joined by and, or by or. */
    static final class Combination extends Condition {

        private final boolean all;
        private final Condition one;
        private final Condition other;

        Combination(boolean all, Condition one, Condition other) {
            this.all = all;
            this.one = one;
            this.other = other;
        }

        @Override
        void collect(List<FieldTest> tests, List<String> problems) {
            one.collect(tests, problems);
            other.collect(tests, problems);
        }

        @Override
        Outcome compile(List<FieldTest> tests) {
            Outcome first = one.compile(tests);
            Outcome second = other.compile(tests);
            return all
                    ? results -> first.of(results) && second.of(results)
                    : results -> first.of(results) || second.of(results);
        }

        @Override
        public String toString() {
            List<String> parts = new ArrayList<>();
            for (Condition part : List.of(one, other)) {
                parts.add(part instanceof Combination inner && inner.all != all ? "(" + part + ")" : part.toString());
            }
            return String.join(all ? " and " : " or ", parts);
        }
    }
}
