package io.docrows.cli.schema;

import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.stream.Collectors;
import org.flywaydb.core.api.MigrationInfo;

/** Says in one line why a target's schema could not be looked at or changed. */
final class SchemaFailure {

    private SchemaFailure() {}

    /**
     * A migration was refused.
     *
     * @param migration which
     * @param target where, for people
     * @param e what was thrown
     * @return {@code TARGET_FAILED}, or {@code TARGET_UNAVAILABLE} if it was the connection that failed
     */
    static DocrowsException of(MigrationInfo migration, String target, Exception e) {
        return isUnavailable(e)
                ? of(target, e)
                : new DocrowsException(
                        ErrorCode.TARGET_FAILED,
                        "migration " + migration.getVersion() + " (" + migration.getDescription()
                                + ") was refused by " + target + ": " + reason(e)
                                + "; fix the cause and run ./etl migrate again",
                        e);
    }

    /**
     * Something else went wrong.
     *
     * @param target where, for people
     * @param e what was thrown
     * @return {@code TARGET_FAILED}, or {@code TARGET_UNAVAILABLE} if it was the connection that failed
     */
    static DocrowsException of(String target, Exception e) {
        return isUnavailable(e)
                ? new DocrowsException(
                        ErrorCode.TARGET_UNAVAILABLE,
                        "no connection to " + target + " could be opened to read its schema: " + reason(e)
                                + "; a migration needs two connections: raise the limit of the role, the"
                                + " database or the server (docs/connections.md), or close other connections",
                        e)
                : new DocrowsException(
                        ErrorCode.TARGET_FAILED, "the schema of " + target + " could not be migrated: " + reason(e), e);
    }

    /** Whether PostgreSQL said that a privilege is missing. */
    static boolean isForbidden(SQLException e) {
        return "42501".equals(e.getSQLState());
    }

    private static boolean isUnavailable(Exception e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLTransientConnectionException) {
                return true;
            }
            String state = cause instanceof SQLException sql ? sql.getSQLState() : null;
            if (state != null && (state.startsWith("08") || state.startsWith("53"))) {
                return true;
            }
        }
        return false;
    }

    /** Flyway's messages are reports of many lines, and a pool says that it timed out: the innermost line says most. */
    private static String reason(Exception e) {
        SQLException innermost = null;
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getMessage() != null) {
                innermost = sql;
            }
        }
        if (innermost != null) {
            return String.valueOf(innermost.getMessage()).lines().findFirst().orElse("");
        }
        return String.valueOf(e.getMessage())
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .limit(2)
                .collect(Collectors.joining(" "));
    }
}
