package io.docrows.report;

import java.util.Comparator;

/**
 * How often a policy changed a value that would otherwise have rejected its document. Elements of an array count one by
 * one. Immutable.
 *
 * @param path where in the document, names joined by dots
 * @param column the column that the value went to, as {@code schema.table.column}
 * @param policy what was done
 * @param count how many values, 1 or more
 */
public record PolicyUse(String path, String column, LossPolicy policy, long count) implements Comparable<PolicyUse> {

    private static final Comparator<PolicyUse> ORDER = Comparator.comparing(PolicyUse::column)
            .thenComparing(PolicyUse::path)
            .thenComparing(PolicyUse::policy)
            .thenComparing(PolicyUse::count);

    /**
     * Checks the count.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public PolicyUse {
        if (count < 1) {
            throw new IllegalArgumentException("a policy is used at least once, not " + count);
        }
    }

    /** By column, path, policy, count. */
    @Override
    public int compareTo(PolicyUse other) {
        return ORDER.compare(this, other);
    }
}
