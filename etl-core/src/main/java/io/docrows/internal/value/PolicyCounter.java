package io.docrows.internal.value;

import java.util.Arrays;

/**
 * Counts the values of one document to which a policy was applied, by the policy's number in its mapping. A document
 * that needs none costs a comparison. Not thread-safe.
 */
public final class PolicyCounter {

    private final int[] counts;
    private boolean used;

    /**
     * A counter.
     *
     * @param policies how many policies the mapping has
     */
    public PolicyCounter(int policies) {
        this.counts = new int[policies];
    }

    /**
     * A policy was applied to a value.
     *
     * @param policy its number
     */
    public void add(int policy) {
        counts[policy]++;
        used = true;
    }

    /**
     * Whether anything was counted since the last reset.
     *
     * @return false for most documents
     */
    public boolean isUsed() {
        return used;
    }

    /**
     * How often a policy was applied since the last reset.
     *
     * @param policy its number
     * @return values
     */
    public int count(int policy) {
        return counts[policy];
    }

    /** Another document begins. */
    public void reset() {
        if (used) {
            Arrays.fill(counts, 0);
            used = false;
        }
    }
}
