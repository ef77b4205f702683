package io.docrows.run;

import io.docrows.ConnectedPipeline;
import io.docrows.report.RunReport;

/**
 * Stops a run from another thread, or from a signal handler: the batch in hand is finished and committed, the
 * checkpoint is kept, and {@link ConnectedPipeline#run} returns a report with the status
 * {@link RunReport.Status#INTERRUPTED}. Thread-safe.
 */
public final class Cancellation {

    private volatile boolean requested;

    /** Asks the run to stop. Idempotent; returns at once. */
    public void request() {
        requested = true;
    }

    /**
     * Whether the run was asked to stop.
     *
     * @return true after {@link #request()}
     */
    public boolean isRequested() {
        return requested;
    }
}
