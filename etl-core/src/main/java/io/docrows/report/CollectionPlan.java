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
 * @param deletions what would become of rows whose document is gone, if the run deletes or marks
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
     * The same plan with what would become of rows whose document is gone.
     *
     * @param planned what would be done with them
     * @param tooMany whether that is more than the run may
     * @return a plan of both
     */
    public CollectionPlan with(Deletions planned, boolean tooMany) {
        return new CollectionPlan(
                collection,
                table,
                counts,
                updates,
                rejectsByCode,
                planned,
                tooMany,
                since,
                waitingReferences,
                drift,
                duration);
    }

    /**
     * The same plan, made of what was changed.
     *
     * @param moment the first moment that counts
     * @return a plan that says so
     */
    public CollectionPlan since(Instant moment) {
        return new CollectionPlan(
                collection,
                table,
                counts,
                updates,
                rejectsByCode,
                deletions,
                tooManyDeletes,
                Optional.of(moment),
                waitingReferences,
                drift,
                duration);
    }

    /**
     * How often each field that is neither mapped nor ignored occurs.
     *
     * @return counts by path
     */
    public Map<String, Long> unmappedFields() {
        return drift.unmappedFields();
    }

    /**
     * Whether a run would leave everything as it is.
     *
     * @return true if no document would be inserted, updated or rejected, and no row deleted or marked
     */
    public boolean changesNothing() {
        return counts.inserted() + counts.updated() + counts.rejected() + deletions.deleted() == 0;
    }
}
