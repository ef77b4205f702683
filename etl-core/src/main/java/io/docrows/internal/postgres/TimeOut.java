package io.docrows.internal.postgres;

import java.sql.SQLException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The setting that ended a statement or a transaction. SQLSTATEs: PostgreSQL manual, appendix "PostgreSQL Error Codes".
 */
final class TimeOut {

    static final String LOCK = "lock_timeout";
    static final String STATEMENT = "statement_timeout";

    private TimeOut() {}

    /**
     * Its name, or null if it was no time-out. The state of {@code statement_timeout} stands for a statement that
     * somebody cancelled, too: only the words tell, if they are English; null, if neither is known.
     */
    static @Nullable String of(SQLException failure) {
        return switch (String.valueOf(failure.getSQLState())) {
            case "25P03" -> "idle_in_transaction_session_timeout";
            case "25P04" -> "transaction_timeout";
            case "55P03" -> LOCK;
            case "57014" -> says(failure, "statement timeout") ? STATEMENT : null;
            default -> null;
        };
    }

    /** Whether a statement ended because somebody cancelled it; false if the words are not English. */
    static boolean isCancelled(SQLException failure) {
        return "57014".equals(failure.getSQLState()) && says(failure, "user request");
    }

    private static boolean says(SQLException failure, String words) {
        return String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT).contains(words);
    }
}
