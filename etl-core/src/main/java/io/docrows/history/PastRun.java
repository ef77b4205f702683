package io.docrows.history;

import io.docrows.report.Counts;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One run, as it was written down. Immutable.
 *
 * @param run its number; later runs have higher ones
 * @param pipeline the pipeline's name
 * @param source where documents came from, without secrets
 * @param state how it ended, if it did
 * @param started when it began
 * @param finished when it ended; empty while it runs and when it was cut off
 * @param errorCode the {@link io.docrows.error.ErrorCode} that ended a failed run; text, since a newer release may have
 *     written it
 * @param partial whether it read chosen documents only, so that no later run resumes it
 * @param collections how far it came in each collection, by name
 */
public record PastRun(
        long run,
        String pipeline,
        String source,
        State state,
        Instant started,
        Optional<Instant> finished,
        Optional<String> errorCode,
        boolean partial,
        List<PastCollection> collections) {

    /** How a run ended, if it did. */
    public enum State {
        /** It is at work and holds its pipeline's lock. */
        RUNNING,
        /** It neither works nor said how it ended: its process or its connection was cut off. The next run goes on. */
        CUT_OFF,
        /** Everything asked for was read and committed. */
        COMPLETED,
        /** It was asked to stop. The next run goes on. */
        INTERRUPTED,
        /** It could not go on. The next run does. */
        FAILED
    }

    /** Copies the list. */
    public PastRun {
        collections = List.copyOf(collections);
    }

    /**
     * Returns the sum over all collections.
     *
     * @return the counts
     */
    public Counts total() {
        return collections.stream().map(PastCollection::counts).reduce(Counts.NONE, Counts::plus);
    }
}
