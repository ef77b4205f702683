package io.docrows.internal.run;

import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.docrows.error.RejectCode;
import io.docrows.report.Counts;
import io.docrows.run.RejectLimit;
import java.util.Map;

/** Stops a run that rejects more than it may. */
final class TooManyRejects {

    private TooManyRejects() {}

    /**
     * Checks the counts of a collection.
     *
     * @param complete whether all of it was read
     * @throws DocrowsException {@code TOO_MANY_REJECTS} if they exceed the limit
     */
    static void check(RejectLimit most, String collection, Counts counts, boolean complete) {
        if (most.isExceededBy(counts, complete)) {
            throw new DocrowsException(
                    ErrorCode.TOO_MANY_REJECTS,
                    counts.rejected() + " of " + counts.read() + " documents of " + collection
                            + " were rejected, more than the limit of " + most
                            + ". They are in docrows.reject, with the reasons. Fix the source or the mapping, and run"
                            + " again.");
        }
    }

    /**
     * Checks the counts of a collection while it is read. What waits for other documents is judged when rejects were
     * retried, unless there is too much of it.
     *
     * @param rejects rejected documents by reason
     * @param complete whether all of it was read
     * @throws DocrowsException {@code TOO_MANY_REJECTS} if they exceed the limit
     */
    static void checkSettled(
            RejectLimit most, String collection, Counts counts, Map<RejectCode, Long> rejects, boolean complete) {
        // Reasons may be known before the numbers are.
        long waitingForOthers = Math.min(
                Math.min(RetryPhase.DOCUMENTS, counts.rejected()),
                rejects.getOrDefault(RejectCode.MISSING_REFERENCE, 0L)
                        + rejects.getOrDefault(RejectCode.DUPLICATE_VALUE, 0L)
                        + rejects.getOrDefault(RejectCode.DUPLICATE_KEY, 0L));
        Counts settled = new Counts(
                counts.read() - waitingForOthers,
                counts.inserted(),
                counts.updated(),
                counts.unchanged(),
                counts.rejected() - waitingForOthers,
                counts.skipped(),
                counts.unmatched());
        check(most, collection, settled, complete);
    }
}
