package io.docrows.cli.logging;

import io.docrows.cli.session.Secrets;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An exception with where it comes from, as it may be printed: what it and its causes say is on one line each, masked
 * and escaped. Classes and methods are never rewritten.
 */
public final class StackTrace {

    private StackTrace() {}

    /**
     * What {@link Throwable#printStackTrace()} would print.
     *
     * @param failure what was thrown
     * @param secrets what must not be printed
     * @return lines, each ending with a line separator
     */
    public static String of(Throwable failure, Secrets secrets) {
        StringWriter text = new StringWriter();
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        new Shown(failure, secrets, seen).printStackTrace(new PrintWriter(text, true));
        return text.toString();
    }

    /** Stands for an exception where the JDK prints it. */
    private static final class Shown extends Throwable {

        private static final long serialVersionUID = 1L;

        private final String line;

        Shown(Throwable failure, Secrets secrets, Set<Throwable> seen) {
            super(null, next(failure, secrets, seen));
            String message = failure.getLocalizedMessage();
            this.line = failure.getClass().getName() + (message == null ? "" : ": " + OneLine.of(message, secrets));
            setStackTrace(failure.getStackTrace());
            for (Throwable suppressed : failure.getSuppressed()) {
                if (seen.add(suppressed)) {
                    addSuppressed(new Shown(suppressed, secrets, seen));
                }
            }
        }

        private static @Nullable Throwable next(Throwable failure, Secrets secrets, Set<Throwable> seen) {
            seen.add(failure);
            Throwable cause = failure.getCause();
            return cause == null || !seen.add(cause) ? null : new Shown(cause, secrets, seen);
        }

        @Override
        public String toString() {
            return line;
        }
    }
}
