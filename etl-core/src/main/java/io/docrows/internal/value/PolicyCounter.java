package io.docrows.internal.value;

import java.util.Arrays;

/**
 * Counts the values of one document to which a policy was applied, by the policy's number in its mapping, and remembers
 * whether an enumeration did not have a value. A document that needs none costs a comparison. Not thread-safe.
 */
public final class PolicyCounter {

    private final int[] counts;
    private boolean used;
    private boolean newValue;

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

    /** An enumeration does not have the value. */
    public void addNewValue() {
        newValue = true;
        used = true;
    }

    /**
     * Whether an enumeration did not have a value since the last question or reset.
     *
     * @return false for most values
     */
    public boolean takeNewValue() {
        if (newValue) {
            newValue = false;
            return true;
        }
        return false;
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
            newValue = false;
        }
    }
}
