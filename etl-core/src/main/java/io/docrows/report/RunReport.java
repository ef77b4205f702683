package io.docrows.report;

import io.docrows.error.RejectCode;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What a run did. Everything it counts was committed. Immutable.
 *
 * @param run the run's number in {@code docrows.run}
 * @param pipeline the pipeline's name
 * @param source where documents came from, without secrets
 * @param status how the run ended
 * @param started when it began
 * @param duration how long it took
 * @param collections one report per collection, in the order in which they were loaded
 * @param pendingReferences references of this pipeline's tables that still wait for a document, when the run ended
 */
public record RunReport(
        long run,
        String pipeline,
        String source,
        Status status,
        Instant started,
        Duration duration,
        List<CollectionReport> collections,
        long pendingReferences) {

    /** How a run ended. */
    public enum Status {
        /** Everything asked for was read and committed. */
        COMPLETED,
        /** It was asked to stop; the next run resumes here. */
        INTERRUPTED,
        /** It could not go on; what it had committed stays, and the next run resumes there. */
        FAILED
    }

    /** Copies the list. */
    public RunReport {
        collections = List.copyOf(collections);
    }

    /**
     * Returns the sum over all collections.
     *
     * @return the counts
     */
    public Counts total() {
        return collections.stream().map(CollectionReport::counts).reduce(Counts.NONE, Counts::plus);
    }

    /**
     * Returns whether documents of any collection differed from what their mapping expects.
     *
     * @return true if there was any {@link Drift}
     */
    public boolean hasDrift() {
        return collections.stream().anyMatch(collection -> !collection.drift().isEmpty());
    }

    /**
     * Rejected documents of all collections by reason.
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
