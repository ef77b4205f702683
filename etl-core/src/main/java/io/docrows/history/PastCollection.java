package io.docrows.history;

import io.docrows.Counts;

/**
 * How far a run came in one collection: the sum of its checkpoints. Immutable.
 *
 * @param collection the collection's name
 * @param partitions into how many parts it was split
 * @param complete how many of them were read to their end
 * @param counts what became of the documents read
 */
public record PastCollection(String collection, int partitions, int complete, Counts counts) {}
