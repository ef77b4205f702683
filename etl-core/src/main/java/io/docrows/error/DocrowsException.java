package io.docrows.error;

import io.docrows.text.ForeignText;
import org.jspecify.annotations.Nullable;

/**
 * The exception this library throws on purpose. Its message says what failed, where, and what to do about it, and never
 * holds a document's values or a password. Whatever names it repeats, nothing in it moves a terminal's cursor, hides
 * text or begins a line: it is one line of {@linkplain ForeignText printable} characters. A run that had begun throws
 * {@code RunFailedException}, which also says what was committed.
 */
public class DocrowsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ErrorCode code;

    /**
     * An error without an underlying cause.
     *
     * @param code what kind of failure this is
     * @param message what failed, where, and what to do
     */
    public DocrowsException(ErrorCode code, String message) {
        this(code, message, null);
    }

    /**
     * An error that another exception caused.
     *
     * @param code what kind of failure this is
     * @param message what failed, where, and what to do
     * @param cause the underlying failure; its message is never repeated unredacted
     */
    public DocrowsException(ErrorCode code, String message, @Nullable Throwable cause) {
        super(ForeignText.printable(ForeignText.boundedMessage(message)), cause);
        this.code = code;
    }

    /**
     * Returns what kind of failure this is.
     *
     * @return the stable code
     */
    public final ErrorCode code() {
        return code;
    }
}
