package io.docrows.source;

import java.io.Serializable;
import java.util.Arrays;

/**
 * A part of a collection that can be read on its own, in this process or another one. Immutable.
 *
 * @param collection the collection's name
 * @param number this partition's number within its collection, from 0
 * @param spec what the source needs to find it again: a BSON document whose fields are the source's own
 */
public record Partition(String collection, int number, byte[] spec) implements Serializable {

    private static final long serialVersionUID = 1L;

    /**
     * Checks the number and copies the specification.
     *
     * @throws IllegalArgumentException if {@code number} is negative
     */
    public Partition {
        if (number < 0) {
            throw new IllegalArgumentException("a partition's number is at least 0, not " + number);
        }
        spec = spec.clone();
    }

    @Override
    public byte[] spec() {
        return spec.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Partition that
                && number == that.number
                && collection.equals(that.collection)
                && Arrays.equals(spec, that.spec);
    }

    @Override
    public int hashCode() {
        return 31 * collection.hashCode() + number;
    }

    @Override
    public String toString() {
        return collection + "[" + number + "]";
    }
}
