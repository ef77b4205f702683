package io.docrows.source.mongo;

import com.mongodb.MongoException;
import org.jspecify.annotations.Nullable;

/** An exception's class, code and stack, without its message: safe to log, and enough to find where it came from. */
final class RedactedCause extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private RedactedCause(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    static RedactedCause of(Throwable failure) {
        Throwable cause = failure.getCause();
        String code = failure instanceof MongoException mongo ? " (code " + mongo.getCode() + ")" : "";
        RedactedCause redacted = new RedactedCause(
                failure.getClass().getName() + code, cause == null || cause == failure ? null : of(cause));
        redacted.setStackTrace(failure.getStackTrace());
        return redacted;
    }
}
