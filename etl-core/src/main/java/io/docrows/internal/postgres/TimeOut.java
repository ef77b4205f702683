package io.docrows.internal.postgres;

import java.sql.SQLException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The setting that ended a statement or a transaction. SQLSTATEs: PostgreSQL manual, appendix "PostgreSQL Error Codes".
 */
final class TimeOut {

    static final String LOCK = "lock_timeout";

    private TimeOut() {}

    /** Its name, or null if it was no time-out. */
    static @Nullable String of(SQLException failure) {
        return switch (String.valueOf(failure.getSQLState())) {
            case "25P03" -> "idle_in_transaction_session_timeout";
            case "25P04" -> "transaction_timeout";
            case "55P03" -> LOCK;
            // The same state stands for a statement that somebody cancelled, which only the words tell.
            case "57014" ->
                String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT).contains("user request")
                        ? null
                        : "statement_timeout";
            default -> null;
        };
    }
}
