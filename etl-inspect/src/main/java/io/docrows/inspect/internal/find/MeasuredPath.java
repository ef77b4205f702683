package io.docrows.inspect.internal.find;

import io.docrows.inspect.fact.PathFacts;
import io.docrows.inspect.internal.measure.KeyLog;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A path with what is needed to look for its values elsewhere. Immutable by agreement.
 *
 * @param facts what was measured
 * @param sample the smallest hashes of its values, sorted
 * @param keys the hashes of all its values, where they were kept
 * @param beside for each of {@link PathFacts#few} which other fields come with it; empty where that is not known
 */
public record MeasuredPath(
        PathFacts facts, long[] sample, @Nullable KeyLog keys, List<Beside> beside) {

    /**
     * Which fields come with a value.
     *
     * @param always those that every document with the value has
     * @param never those that none has
     */
    public record Beside(Set<String> always, Set<String> never) {}
}
