package io.docrows.report;

import io.docrows.error.RejectCode;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a run did with one collection. Immutable.
 *
 * @param collection the collection's name
 * @param table the mapped table's name
 * @param counts what became of its documents, those of an interrupted run that this one continued included
 * @param duration the time spent on it in this run
 * @param rejectsByCode rejected documents by reason; sums to {@code counts.rejected()} unless an earlier, interrupted
 *     run contributed to it
 * @param drift how documents differed from what the mapping expects
 * @param policyUses how often each policy of the mapping changed a value, by column, path and policy: of the documents
 *     that were inserted, updated or found unchanged, those of an interrupted run that this one continued included
 * @param deletions what was done with orphaned rows
 * @param watermark the use of the field that says when a document was changed, if the mapping names one
 * @param rows how many rows this run wrote of each table of the mapping, by {@code schema.table}: of those of which it
 *     wrote any, without what retried rejects and deletions wrote
 */
public record CollectionReport(
        String collection,
        String table,
        Counts counts,
        Duration duration,
        Map<RejectCode, Long> rejectsByCode,
        Drift drift,
        List<PolicyUse> policyUses,
        Deletions deletions,
        Optional<Watermark> watermark,
        Map<String, RowCounts> rows) {

    /** Copies the map and the list. */
    public CollectionReport {
        rejectsByCode = Map.copyOf(rejectsByCode);
        policyUses = List.copyOf(policyUses);
        rows = Collections.unmodifiableMap(new LinkedHashMap<>(rows));
    }

    /**
     * A report without deletions, watermark and rows.
     *
     * @param collection the collection's name
     * @param table the mapped table's name
     * @param counts what became of its documents
     * @param duration the time spent on it
     * @param rejectsByCode rejected documents by reason
     * @param drift how documents differed from what the mapping expects
     * @param policyUses how often policies changed a value
     */
    public CollectionReport(
            String collection,
            String table,
            Counts counts,
            Duration duration,
            Map<RejectCode, Long> rejectsByCode,
            Drift drift,
            List<PolicyUse> policyUses) {
        this(
                collection,
                table,
                counts,
                duration,
                rejectsByCode,
                drift,
                policyUses,
                Deletions.NONE,
                Optional.empty(),
                Map.of());
    }

    /**
     * Returns how often each field that is neither mapped nor ignored occurred.
     *
     * @return counts by path
     */
    public Map<String, Long> unmappedFields() {
        return drift.unmappedFields();
    }
}
