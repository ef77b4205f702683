package io.docrows;

import io.docrows.text.ForeignText;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The one exception this library throws on purpose. Its message says what failed, where, and what to do about it, and
 * never holds a document's values or a password. Whatever names it repeats, nothing in it moves a terminal's cursor or
 * hides text: it holds {@linkplain ForeignText printable} characters and line feeds only.
 */
public final class DocrowsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final transient @Nullable RunReport report;

    /**
     * An error without an underlying cause.
     *
     * @param code what kind of failure this is
     * @param message what failed, where, and what to do
     */
    public DocrowsException(ErrorCode code, String message) {
        this(code, message, null, null);
    }

    /**
     * An error that another exception caused.
     *
     * @param code what kind of failure this is
     * @param message what failed, where, and what to do
     * @param cause the underlying failure; its message is never repeated unredacted
     */
    public DocrowsException(ErrorCode code, String message, @Nullable Throwable cause) {
        this(code, message, cause, null);
    }

    private DocrowsException(ErrorCode code, String message, @Nullable Throwable cause, @Nullable RunReport report) {
        super(ForeignText.printableLines(message), cause);
        this.code = code;
        this.report = report;
    }

    /**
     * The same failure, carrying what the run had done before it.
     *
     * @param report the counts of everything that was committed
     * @return a copy of this exception with the report attached
     */
    public DocrowsException with(RunReport report) {
        DocrowsException copy = new DocrowsException(code, String.valueOf(getMessage()), getCause(), report);
        copy.setStackTrace(getStackTrace());
        return copy;
    }

    /**
     * What kind of failure this is.
     *
     * @return the stable code
     */
    public ErrorCode code() {
        return code;
    }

    /**
     * What the run had committed before it failed; empty when it failed before it began.
     *
     * @return the report, if a run had begun
     */
    public Optional<RunReport> report() {
        return Optional.ofNullable(report);
    }
}
