package io.docrows.inspect.internal.read;

/** The reading was cancelled; what was measured so far would mislead. */
public final class InterruptedReadingException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    InterruptedReadingException() {
        super("the reading was cancelled", null, false, false);
    }
}
