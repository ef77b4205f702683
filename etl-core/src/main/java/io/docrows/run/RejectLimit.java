package io.docrows.run;

import io.docrows.error.DocrowsException;
import io.docrows.report.Counts;

/**
 * How many rejects a run tolerates before it stops with {@code TOO_MANY_REJECTS}: a number, or a share of what was
 * read. Immutable.
 */
public final class RejectLimit {

    /** Any number of rejects. */
    public static final RejectLimit NONE = new RejectLimit(new Share(Long.MAX_VALUE, null, "none"));

    /** A share says nothing yet while so few documents were read; at the end of a collection it counts in any case. */
    private static final long FEW = 1_000;

    private final Share share;

    private RejectLimit(Share share) {
        this.share = share;
    }

    /**
     * Returns a limit from its text.
     *
     * @param text a number of documents such as {@code 100}, or a percentage such as {@code 0.5%}
     * @return the limit
     * @throws DocrowsException {@code INVALID_OPTION} if the text is neither
     */
    public static RejectLimit of(String text) {
        return new RejectLimit(Share.of(text, "A limit of rejects"));
    }

    /**
     * Returns whether the limit is exceeded.
     *
     * @param counts what became of a collection's documents so far
     * @param complete whether all of it was read
     * @return true if the run has to stop
     */
    public boolean isExceededBy(Counts counts, boolean complete) {
        boolean tells = share.percent() == null || complete || counts.read() >= FEW;
        return tells && share.isExceededBy(counts.rejected(), counts.read());
    }

    @Override
    public String toString() {
        return share.text();
    }
}
