package io.docrows.report;

import io.docrows.error.RejectCode;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a run would do with one collection. Immutable.
 *
 * @param collection the collection's name
 * @param table the mapped table's name
 * @param counts what would become of its documents
 * @param updates in how many of the updated documents each column, foreign key or join table changes, by name
 * @param rejectsByCode documents that would be rejected, by reason
 * @param deletions what would become of orphaned rows, if the run deletes or marks
 * @param tooManyDeletes whether that is more than the run may; it would fail then, and delete nothing
 * @param since only documents changed at or after this moment would be read; empty if all were
 * @param waitingReferences references that would wait for a document that has not arrived
 * @param drift how documents differ from what the mapping expects
 * @param duration the time it took to read and compare
 */
public record CollectionPlan(
        String collection,
        String table,
        Counts counts,
        Map<String, Long> updates,
        Map<RejectCode, Long> rejectsByCode,
        Deletions deletions,
        boolean tooManyDeletes,
        Optional<Instant> since,
        long waitingReferences,
        Drift drift,
        Duration duration) {

    /** Copies the maps. */
    public CollectionPlan {
        updates = Collections.unmodifiableMap(new LinkedHashMap<>(updates));
        rejectsByCode = Map.copyOf(rejectsByCode);
    }

    /**
     * Returns how often each field that is neither mapped nor ignored occurs.
     *
     * @return counts by path
     */
    public Map<String, Long> unmappedFields() {
        return drift.unmappedFields();
    }

    /**
     * Returns whether a run would leave everything as it is.
     *
     * @return true if no document would be inserted, updated or rejected, and no row deleted or marked
     */
    public boolean changesNothing() {
        return counts.inserted() + counts.updated() + counts.rejected() + deletions.deleted() == 0;
    }
}
