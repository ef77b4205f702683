package io.docrows;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
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
 * @param policyUses how often each policy of the mapping changed a value, by column, path and policy: of the documents
 *     that were inserted, updated or found unchanged, those of an interrupted run that this one continued included
 */
public record CollectionReport(
        String collection,
        String table,
        Counts counts,
        Duration duration,
        Map<RejectCode, Long> rejectsByCode,
        Map<String, Long> unmappedFields,
        List<PolicyUse> policyUses) {

    /** Copies the maps and the list. */
    public CollectionReport {
        rejectsByCode = Map.copyOf(rejectsByCode);
        unmappedFields = Map.copyOf(unmappedFields);
        policyUses = List.copyOf(policyUses);
    }

    /**
     * This report on what was left of a collection, together with an earlier one on the rest of it. The counts and uses
     * of policies are this one's, which stand for all of the collection.
     *
     * @param earlier the earlier report
     * @return a report on both
     */
    public CollectionReport after(CollectionReport earlier) {
        Map<RejectCode, Long> rejects = new HashMap<>(earlier.rejectsByCode);
        rejectsByCode.forEach((code, n) -> rejects.merge(code, n, Long::sum));
        Map<String, Long> fields = new HashMap<>(earlier.unmappedFields);
        unmappedFields.forEach((path, n) -> fields.merge(path, n, Long::sum));
        return new CollectionReport(
                collection, table, counts, duration.plus(earlier.duration), rejects, fields, policyUses);
    }
}
