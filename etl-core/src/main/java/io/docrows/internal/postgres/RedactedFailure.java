package io.docrows.internal.postgres;

import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.util.Set;
import java.util.regex.Pattern;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * A failure of the driver or the server as it may be logged: with its SQLSTATE and its stack, and without the words
 * that may quote a row. PostgreSQL quotes values in messages about data, in their details, and wherever a trigger does;
 * the driver quotes statements that were sent in a batch. SQLSTATEs: PostgreSQL manual, appendix "PostgreSQL Error
 * Codes".
 */
final class RedactedFailure {

    /** Data, integrity constraints, check options, and what functions raise. */
    private static final Set<String> ABOUT_DATA = Set.of("22", "23", "44", "P0");

    /**
     * Insufficient resources, exceeded limits, intervention of an operator (time-outs among them), errors of the
     * system, and locks that could not be had: about the server, not about rows, also when they come up within a COPY.
     */
    private static final Set<String> ABOUT_THE_SERVER = Set.of("53", "54", "57", "58");

    private static final String LOCK_NOT_AVAILABLE = "55P03";

    /** Source files of procedural languages, whose code may raise whatever it likes under any SQLSTATE. */
    private static final Pattern PROCEDURAL = Pattern.compile("pl(_exec|perl|py_elog|tcl)\\.c");

    private RedactedFailure() {}

    /** The failure, to be the cause of another one; may still be asked for its SQLSTATE. */
    static SQLException of(SQLException failure) {
        SQLException cause = unwrapped(failure);
        SQLException redacted = new SQLException(
                cause.getClass().getName() + ": " + message(cause), cause.getSQLState(), cause.getErrorCode());
        redacted.setStackTrace(cause.getStackTrace());
        Throwable below = cause.getCause();
        if (below != null && !(below instanceof SQLException) && mayBeQuoted(cause)) {
            redacted.initCause(below);
        }
        return redacted;
    }

    /** The first line of what was said, or why it is not repeated. */
    static String message(SQLException failure) {
        SQLException cause = unwrapped(failure);
        return mayBeQuoted(cause)
                ? String.valueOf(cause.getMessage()).lines().findFirst().orElse("")
                : "PostgreSQL's words are not repeated, since they may quote values";
    }

    /** A batch's own message holds the statement with its values; the next one is the server's. */
    private static SQLException unwrapped(SQLException failure) {
        SQLException next = failure.getNextException();
        return failure instanceof BatchUpdateException && next != null ? next : failure;
    }

    private static boolean mayBeQuoted(SQLException failure) {
        String state = failure.getSQLState();
        if (state == null || state.length() != 5 || ABOUT_DATA.contains(state.substring(0, 2))) {
            return false;
        }
        ServerErrorMessage message =
                failure instanceof PSQLException postgres ? postgres.getServerErrorMessage() : null;
        if (message != null && isAboutTheServer(state) && !isRaised(message)) {
            return true;
        }
        // A context means a function, a trigger or a COPY: its words may be about a row, whatever its SQLSTATE.
        return !(failure instanceof BatchUpdateException) && (message == null || message.getWhere() == null);
    }

    private static boolean isAboutTheServer(String state) {
        return ABOUT_THE_SERVER.contains(state.substring(0, 2)) || state.equals(LOCK_NOT_AVAILABLE);
    }

    private static boolean isRaised(ServerErrorMessage message) {
        return message.getFile() == null
                ? message.getWhere() != null
                : PROCEDURAL.matcher(message.getFile()).matches();
    }
}
