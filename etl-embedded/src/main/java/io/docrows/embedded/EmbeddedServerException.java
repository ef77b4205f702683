package io.docrows.embedded;

import org.jspecify.annotations.Nullable;

/** An embedded server could not be started or used. The message says which one, why, and what to do. */
public final class EmbeddedServerException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    EmbeddedServerException(String message) {
        this(message, null);
    }

    EmbeddedServerException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
