package io.docrows.internal.stage;

import java.sql.SQLException;

/**
 * Some things that are numbered without a gap.
 *
 * @param from the first number
 * @param to the number after the last
 */
public record Span(long from, long to) {

    /**
     * How many they are.
     *
     * @return the number of things
     */
    public long size() {
        return to - from;
    }

    /**
     * Does something with all of them, or, where that cannot be done, with one half first and with the other half then,
     * and so on. Does nothing if there are none.
     *
     * @param step does it
     * @throws SQLException if it fails
     */
    public void halve(Step step) throws SQLException {
        if (size() > 0 && !step.isDone(this)) {
            if (size() == 1) {
                throw new IllegalStateException("one thing cannot be halved");
            }
            long middle = from + size() / 2;
            new Span(from, middle).halve(step);
            new Span(middle, to).halve(step);
        }
    }

    /** What is to be done. */
    @FunctionalInterface
    public interface Step {

        /**
         * Tries.
         *
         * @param some at least one thing
         * @return whether it was done; must be true for a single thing
         * @throws SQLException if it fails
         */
        boolean isDone(Span some) throws SQLException;
    }
}
