package io.docrows.internal.run;

import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.docrows.report.Counts;
import io.docrows.run.RejectLimit;

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
}
