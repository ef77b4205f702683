package io.docrows.inspect.fact;

import java.util.Optional;

/**
 * A path that was read a second time, to count exactly whether its values repeat. Immutable.
 *
 * @param path the path
 * @param values how many values that can be keys
 * @param distinct how many different ones
 * @param repeatedValues how many of the different ones occur more than once
 * @param repeats how many values are surplus: a unique column would reject that many
 * @param firstRepeatId the smallest {@code _id} of a document with a value that another one has too; empty if none
 */
public record KeyFacts(
        String path, long values, long distinct, long repeatedValues, long repeats, Optional<String> firstRepeatId) {

    /**
     * Whether no value occurs twice.
     *
     * @return true if it is proved
     */
    public boolean unique() {
        return repeats == 0;
    }
}
