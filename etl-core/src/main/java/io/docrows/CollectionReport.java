package io.docrows;

import java.time.Duration;
import java.util.Map;

/**
 * What a run did with one collection. Immutable.
 *
 * @param collection the collection's name
 * @param table the mapped table's name
 * @param counts what became of its documents, those of an interrupted run that this one continued included
 * @param duration the time spent on it in this run
 * @param rejectsByCode rejected documents by reason; sums to {@code counts.rejected()} unless an earlier, interrupted
 *     run contributed to it
 * @param unmappedFields how often each field that is neither mapped nor ignored occurred, by path
 */
public record CollectionReport(
        String collection,
        String table,
        Counts counts,
        Duration duration,
        Map<RejectCode, Long> rejectsByCode,
        Map<String, Long> unmappedFields) {

    /** Copies the maps. */
    public CollectionReport {
        rejectsByCode = Map.copyOf(rejectsByCode);
        unmappedFields = Map.copyOf(unmappedFields);
    }
}
