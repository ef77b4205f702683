package io.docrows.inspect.internal.find;

import io.docrows.inspect.fact.PathFacts;

/**
 * A path with what is needed to look for its values elsewhere. Immutable by agreement.
 *
 * @param facts what was measured
 * @param sample the smallest hashes of its values, sorted
 */
public record MeasuredPath(PathFacts facts, long[] sample) {}
