package io.docrows.internal.postgres;

import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Says in one line what a failure of the target means. Classes of SQLSTATE: PostgreSQL manual, "PostgreSQL Error
 * Codes".
 */
public final class TargetErrors {

    private TargetErrors() {}

    /**
     * Turns a failure of the driver or the server into the library's own.
     *
     * @param failure what was thrown
     * @param doing what was being done, as in "while loading users"
     * @return an exception whose message holds no values of documents and no credentials
     */
    public static DocrowsException translate(SQLException failure, String doing) {
        String state = failure.getSQLState() == null ? "" : failure.getSQLState();
        String at = state.isEmpty() ? "" : " (SQLSTATE " + state + ")";
        if (state.startsWith("28")) {
            return unavailable(
                    "the target refuses the user or the password" + at + "; check both in the target's URL", failure);
        }
        if (state.equals("3D000")) {
            return unavailable(
                    "The target's database does not exist" + at + ". Create it, or correct its name.", failure);
        }
        if (state.equals("53300")) {
            return unavailable(
                    "The target has no connection left" + at + ": " + RedactedFailure.message(failure)
                            + ". A run takes one connection for each writer and up to three more, so four with one"
                            + " writer, and three if first loads keep their indexes: use fewer writers, or raise"
                            + " max_connections or the role's CONNECTION LIMIT.",
                    failure);
        }
        if (state.equals("57P05")) {
            return unavailable(
                    "The target ended an idle session" + at + ", " + doing
                            + ". A session that holds the pipeline's lock may be idle for long:"
                            + " ALTER ROLE … SET idle_session_timeout = 0 for the role that loads.",
                    failure);
        }
        if (state.startsWith("08") || state.startsWith("57P")) {
            return unavailable(
                    "The connection to the target failed " + doing + at
                            + (state.startsWith("57") ? ": " + RedactedFailure.message(failure) : "")
                            + ". Check that PostgreSQL runs and can be reached,"
                            + " then run again: what was committed stays."
                            // The driver does not always come to read why the server hung up.
                            + (state.equals("08006")
                                    ? " Or an idle session was ended: by idle_session_timeout of the role, or a"
                                            + " firewall."
                                    : ""),
                    failure);
        }
        String function = UnqualifiedName.in(failure);
        if (function != null) {
            return failed(
                    "The target's function " + function + " names a table, function or type without its schema, "
                            + doing + at
                            + ". Sessions that load have PostgreSQL's own schema on their search path only."
                            + " Give the function a path of its own, as for pg_restore and logical replication:"
                            + " ALTER FUNCTION " + function + " SET search_path = SCHEMA, pg_temp.",
                    failure);
        }
        String timeOut = TimeOut.of(failure);
        if (timeOut != null) {
            return failed(
                    "A time-out of the target's ended "
                            + (state.startsWith("25") ? "a transaction" : "a statement")
                            + ", " + doing + at + ": " + RedactedFailure.message(failure)
                            + (timeOut.equals(TimeOut.LOCK)
                                    ? ". See who holds the lock (pg_blocking_pids), wait for it, or set no limit"
                                    : ". Set no limit")
                            + " for the role that loads: ALTER ROLE … SET " + timeOut + " = 0.",
                    failure);
        }
        if (TimeOut.isCancelled(failure)) {
            return failed(
                    "Somebody cancelled a statement at the target, " + doing + at + ": "
                            + RedactedFailure.message(failure) + ". Run again.",
                    failure);
        }
        if (state.equals("57014")) {
            return failed(
                    "A statement was ended at the target, " + doing + at + ": " + RedactedFailure.message(failure)
                            + ". Either it took too long: set no limit for the role that loads, ALTER ROLE … SET "
                            + TimeOut.STATEMENT + " = 0. Or somebody cancelled it: run again.",
                    failure);
        }
        if (state.equals("42501")) {
            return failed(
                    "The target's user lacks a privilege, " + doing + at + ": " + RedactedFailure.message(failure)
                            + ".",
                    failure);
        }
        return failed(
                "The target refused a statement " + doing + at + ": " + RedactedFailure.message(failure) + ".",
                failure);
    }

    private static DocrowsException unavailable(String message, SQLException cause) {
        return new DocrowsException(ErrorCode.TARGET_UNAVAILABLE, message, RedactedFailure.of(cause));
    }

    private static DocrowsException failed(String message, SQLException cause) {
        return new DocrowsException(ErrorCode.TARGET_FAILED, message, RedactedFailure.of(cause));
    }

    /**
     * The first SQL failure among an exception's causes.
     *
     * @param failure any exception
     * @return the cause, or null if there is none
     */
    public static @Nullable SQLException sqlCause(@Nullable Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return sql;
            }
        }
        return null;
    }
}
