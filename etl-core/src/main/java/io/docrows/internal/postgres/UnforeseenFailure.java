package io.docrows.internal.postgres;

import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import java.sql.SQLException;

/**
 * Says whose fault it is when something ends that nobody thought would: the target's, if the driver or PostgreSQL is at
 * the bottom of it; else this library's own. {@link Error}s are told like exceptions, for a thread that ends by one
 * must not leave others waiting.
 */
public final class UnforeseenFailure {

    private UnforeseenFailure() {}

    /**
     * Turns whatever was thrown into the library's own exception.
     *
     * @param failure what was thrown
     * @param doing what was being done, as in "while loading users"
     * @return the failure itself if the library has thrown it on purpose, else one whose message holds class names only
     */
    public static DocrowsException translate(Throwable failure, String doing) {
        // Before all else: drivers wrap it, and then it looks like a failure of the source or the target.
        OutOfMemoryError memory = memory(failure);
        if (memory != null && !isInternal(failure)) {
            return new DocrowsException(ErrorCode.INTERNAL, outOfMemory(memory, doing), memory);
        }
        if (failure instanceof DocrowsException known) {
            return known;
        }
        SQLException sql = TargetErrors.sqlCause(failure);
        if (sql != null) {
            return TargetErrors.translate(sql, doing);
        }
        return new DocrowsException(
                ErrorCode.INTERNAL,
                failure.getClass().getName() + " was thrown unexpectedly " + doing
                        + ". What was committed stays. This is a defect of the program or of code that was given to it:"
                        + " report it with the stack trace.",
                failure);
    }

    private static boolean isInternal(Throwable failure) {
        return failure instanceof DocrowsException known && known.code() == ErrorCode.INTERNAL;
    }

    private static @org.jspecify.annotations.Nullable OutOfMemoryError memory(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof OutOfMemoryError memory) {
                return memory;
            }
        }
        return null;
    }

    private static String outOfMemory(OutOfMemoryError memory, String doing) {
        if (String.valueOf(memory.getMessage()).contains("native thread")) {
            return "no further thread could be started " + doing
                    + "; use fewer writers, or allow this process more threads and memory. What was committed stays";
        }
        return "out of memory " + doing + ": Java's heap is limited to "
                + (Runtime.getRuntime().maxMemory() >> 20)
                + " MB. Give it more with -Xmx, or use fewer writers and smaller batches; what was committed stays";
    }
}
