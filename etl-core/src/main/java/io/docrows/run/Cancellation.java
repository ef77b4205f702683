package io.docrows.run;

import io.docrows.ConnectedPipeline;
import io.docrows.report.RunReport;

/**
 * Stops a run from another thread, or from a signal handler: the batch in hand is finished and committed, the
 * checkpoint is kept, and {@link ConnectedPipeline#run(RunOptions, Cancellation)} returns a report with the status
 * {@link RunReport.Status#INTERRUPTED}. Plans, comparisons and retries of rejects are stopped likewise. Thread-safe.
 *
 * <p>It belongs to one run and is handed to it beside the options: make a new one for each. What was asked for once
 * stays asked for, so a run that gets a spent one stops before it reads a document, as does one that was stopped before
 * it began. Options hold none, and can be used again whatever became of a run.
 *
 * <pre>{@code
 * Cancellation cancellation = new Cancellation();
 * Runtime.getRuntime().addShutdownHook(new Thread(cancellation::request));
 * RunReport report = pipeline.run(options, cancellation);
 * }</pre>
 */
public final class Cancellation {

    private volatile boolean requested;

    /** Makes one for a run that is about to begin. */
    public Cancellation() {}

    /** Asks the run to stop. Idempotent; returns at once. */
    public void request() {
        requested = true;
    }

    /**
     * Returns whether the run was asked to stop: by {@link #request()}, or because the thread that called it was
     * interrupted.
     *
     * @return true once it was
     */
    public boolean isRequested() {
        return requested;
    }
}
