package io.docrows.report;

import io.docrows.error.RejectCode;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What a run would do. Immutable.
 *
 * @param pipeline the pipeline's name
 * @param source where documents come from, without secrets
 * @param interrupted whether planning was asked to stop; then nothing was planned
 * @param firstRun whether no run was ever made on the target: the schema {@code docrows} is not there
 * @param duration how long it took
 * @param collections one plan for each collection, in the order in which they would be loaded
 */
public record PlanReport(
        String pipeline,
        String source,
        boolean interrupted,
        boolean firstRun,
        Duration duration,
        List<CollectionPlan> collections) {

    /** Copies the list. */
    public PlanReport {
        collections = List.copyOf(collections);
    }

    /**
     * Returns whether a run would leave everything as it is.
     *
     * @return true if it would change nothing in any collection
     */
    public boolean changesNothing() {
        return !interrupted && collections.stream().allMatch(CollectionPlan::changesNothing);
    }

    /**
     * Returns the sum over all collections.
     *
     * @return the counts
     */
    public Counts total() {
        return collections.stream().map(CollectionPlan::counts).reduce(Counts.NONE, Counts::plus);
    }

    /**
     * Returns whether documents of any collection differ from what their mapping expects.
     *
     * @return true if there is any {@link io.docrows.report.Drift}
     */
    public boolean hasDrift() {
        return collections.stream().anyMatch(collection -> !collection.drift().isEmpty());
    }

    /**
     * Documents of all collections that would be rejected, by reason.
     *
     * @return counts, in the order of {@link RejectCode}
     */
    public Map<RejectCode, Long> rejectsByCode() {
        Map<RejectCode, Long> sum = new EnumMap<>(RejectCode.class);
        collections.forEach(
                collection -> collection.rejectsByCode().forEach((code, n) -> sum.merge(code, n, Long::sum)));
        return sum;
    }
}
