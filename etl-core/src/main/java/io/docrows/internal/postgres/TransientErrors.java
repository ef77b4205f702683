package io.docrows.internal.postgres;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * The errors of the target that pass by themselves: lost connections (class 08), serialization failures and deadlocks
 * (class 40), and a server that is stopping, crashed or starting (57P01 to 57P03). SQLSTATEs: PostgreSQL manual,
 * "PostgreSQL Error Codes".
 */
public final class TransientErrors {

    private TransientErrors() {}

    /**
     * Returns whether a failure is transient: the same work is likely to succeed when it is tried again.
     *
     * @param failure any exception; the first {@link SQLException} among its causes counts
     * @return true if the work should be tried again
     */
    public static boolean includes(@Nullable Throwable failure) {
        SQLException sql = TargetErrors.sqlCause(failure);
        String state = sql == null ? null : sql.getSQLState();
        return state != null
                && (state.startsWith("08")
                        || state.startsWith("40")
                        || state.equals("57P01")
                        || state.equals("57P02")
                        || state.equals("57P03"));
    }
}
