package io.docrows.plan;

import io.docrows.Counts;
import io.docrows.RejectCode;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a run would do with one collection. Immutable.
 *
 * @param collection the collection's name
 * @param table the mapped table's name
 * @param counts what would become of its documents
 * @param updates in how many of the updated documents each column, foreign key or join table changes, by name
 * @param rejectsByCode documents that would be rejected, by reason
 * @param waitingReferences references that would wait for a document that has not arrived
 * @param unmappedFields how often each field that is neither mapped nor ignored occurs, by path
 * @param duration the time it took to read and compare
 */
public record CollectionPlan(
        String collection,
        String table,
        Counts counts,
        Map<String, Long> updates,
        Map<RejectCode, Long> rejectsByCode,
        long waitingReferences,
        Map<String, Long> unmappedFields,
        Duration duration) {

    /** Copies the maps. */
    public CollectionPlan {
        updates = Collections.unmodifiableMap(new LinkedHashMap<>(updates));
        rejectsByCode = Map.copyOf(rejectsByCode);
        unmappedFields = Map.copyOf(unmappedFields);
    }

    /**
     * Whether a run would leave everything as it is.
     *
     * @return true if no document would be inserted, updated or rejected
     */
    public boolean changesNothing() {
        return counts.inserted() + counts.updated() + counts.rejected() == 0;
    }
}
