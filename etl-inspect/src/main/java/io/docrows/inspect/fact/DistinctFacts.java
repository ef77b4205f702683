package io.docrows.inspect.fact;

/**
 * How many different values there are among those that can be keys: whole numbers, texts, ObjectIds, UUIDs, short
 * binary data. Immutable.
 *
 * @param number the number, or about that number
 * @param exact whether it is the very number; else the standard error is 3 percent
 */
public record DistinctFacts(long number, boolean exact) {}
