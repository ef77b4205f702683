package io.docrows.internal.run;

import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;

/** A thread was interrupted in work on the target, or while it waited to try that again: a request to stop. */
final class InterruptedAttempts extends DocrowsException {

    private static final long serialVersionUID = 1L;

    /**
     * What was not done.
     *
     * @param what the work, as in "writing a batch of users"
     * @param interrupted what the interrupt has thrown
     * @param failed whether the work had failed and was to be tried again
     */
    InterruptedAttempts(String what, InterruptedException interrupted, boolean failed) {
        super(
                failed ? ErrorCode.TARGET_UNAVAILABLE : ErrorCode.TARGET_FAILED,
                "Interrupted: " + what
                        + (failed ? " had failed at the target, and was not tried again" : " was not finished")
                        + ". Run again: what was committed stays.",
                interrupted);
    }
}
