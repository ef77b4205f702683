package io.docrows.history;

import io.docrows.report.Counts;
import io.docrows.report.Deletions;
import java.time.Instant;
import java.util.Optional;

/**
 * How far a run came in one collection: the sum of its checkpoints. Immutable.
 *
 * @param collection the collection's name
 * @param partitions into how many parts it was split
 * @param complete how many of them were read to their end
 * @param counts what became of the documents read
 * @param since only documents changed at or after this moment were read; empty if all were
 * @param deletions what was done with rows whose document was gone; documents with an unreadable key are not kept here
 */
public record PastCollection(
        String collection, int partitions, int complete, Counts counts, Optional<Instant> since, Deletions deletions) {

    /**
     * Without deletions, and with all documents read.
     *
     * @param collection the collection's name
     * @param partitions into how many parts it was split
     * @param complete how many of them were read to their end
     * @param counts what became of the documents read
     */
    public PastCollection(String collection, int partitions, int complete, Counts counts) {
        this(collection, partitions, complete, counts, Optional.empty(), Deletions.NONE);
    }
}
