package io.docrows.report;

import io.docrows.error.DocrowsException;

/** A run that failed after it had begun: what went wrong, and what was committed before. */
public final class RunFailedException extends DocrowsException {

    private static final long serialVersionUID = 1L;

    private final transient RunReport report;

    /**
     * The failure of a run.
     *
     * @param failure what went wrong; its code, message, cause and stack trace are taken over
     * @param report the counts of everything that was committed
     */
    public RunFailedException(DocrowsException failure, RunReport report) {
        super(failure.code(), String.valueOf(failure.getMessage()), failure.getCause());
        this.report = report;
        setStackTrace(failure.getStackTrace());
        for (Throwable suppressed : failure.getSuppressed()) {
            addSuppressed(suppressed);
        }
    }

    /**
     * Returns what the run had committed before it failed.
     *
     * @return the report, with the status {@code FAILED}
     */
    public RunReport report() {
        return report;
    }
}
