package io.docrows.internal.postgres;

import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * Finds out, before anything is written, whether a connection is one session of PostgreSQL's from its beginning to its
 * end. A pooler in transaction mode gives each transaction to whichever server process is free: locks stay behind,
 * settings and temporary tables turn up in the sessions of others.
 */
public final class PoolerCheck {

    /** Enough to see another process where a pooler takes them in turn. */
    private static final int TRANSACTIONS = 8;

    /** Targets that were asked, and have sessions that are whole: not to be asked for each connection anew. */
    private static final Set<DataSource> WHOLE =
            Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

    private PoolerCheck() {}

    /**
     * Takes a connection that is one session from its beginning to its end, so that settings made in it are nobody
     * else's.
     *
     * @param target where from
     * @return the connection, on which nothing was set yet
     * @throws SQLException if there is none to be had
     * @throws DocrowsException as {@link #refuseTransactionPooler}
     */
    static Connection wholeSession(DataSource target) throws SQLException {
        if (!WHOLE.contains(target)) {
            Connection connection = target.getConnection();
            try {
                if (isDirect(connection)) {
                    WHOLE.add(target);
                    return connection;
                }
            } catch (SQLException e) {
                connection.close();
                throw e;
            }
            // Given back before others are taken: there may be few.
            connection.close();
            refuseTransactionPooler(target);
        }
        return target.getConnection();
    }

    /**
     * Refuses a pooler in transaction or statement mode. Takes a second connection for a moment, but only behind a
     * pooler: a server tells each client the number of the very process that answers it, a pooler makes one up.
     *
     * @param target where connections come from
     * @throws DocrowsException {@code TARGET_UNAVAILABLE} if there is such a pooler, or no connection to be had
     */
    public static void refuseTransactionPooler(DataSource target) {
        try (Connection connection = target.getConnection()) {
            refuseTransactionPooler(connection, target);
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /**
     * Refuses a pooler in transaction or statement mode.
     *
     * @param connection one that is open already, outside of a transaction
     * @param target where others come from; one more is taken for a moment, but only behind a pooler
     * @throws DocrowsException {@code TARGET_UNAVAILABLE} if there is such a pooler
     */
    public static void refuseTransactionPooler(Connection connection, DataSource target) {
        try {
            connection.setAutoCommit(true);
            if (isDirect(connection)) {
                WHOLE.add(target);
                return;
            }
            int process = process(connection);
            if (isShared(target, process)) {
                throw refused(null);
            }
            for (int i = 0; i < TRANSACTIONS; i++) {
                if (process(connection) != process) {
                    throw refused(null);
                }
            }
            WHOLE.add(target);
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    private static DocrowsException failed(SQLException e) {
        // A statement that another session has prepared, or this one in another process.
        if (Set.of("42P05", "26000").contains(String.valueOf(e.getSQLState()))
                || String.valueOf(e.getMessage()).contains("statement pooling")) {
            return refused(e);
        }
        SQLException cause = TargetErrors.sqlCause(e.getCause());
        return TargetErrors.translate(cause == null ? e : cause, "when connecting");
    }

    private static boolean isDirect(Connection connection) throws SQLException {
        return connection.isWrapperFor(PGConnection.class)
                && connection.unwrap(PGConnection.class).getBackendPID() == process(connection);
    }

    /**
     * Whether a second connection is answered by the process that the first one, still open, was answered by. In a
     * transaction of its own, so that the first one is answered by another next, if that was the only one at hand.
     */
    private static boolean isShared(DataSource target, int process) throws SQLException {
        try (Connection other = target.getConnection()) {
            other.setAutoCommit(false);
            boolean shared = process(other) == process;
            other.rollback();
            other.setAutoCommit(true);
            return shared;
        }
    }

    private static int process(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_catalog.pg_backend_pid()")) {
            row.next();
            return row.getInt(1);
        }
    }

    private static DocrowsException refused(@Nullable SQLException cause) {
        return new DocrowsException(
                ErrorCode.TARGET_UNAVAILABLE,
                "Between here and the target there is a connection pooler (such as PgBouncer) in transaction mode,"
                        + " which gives each transaction to another server process. Locks, settings and temporary tables"
                        + " do not survive that. Nothing was written. Give the server's own address, or the pooler's in"
                        + " session mode (pool_mode=session).",
                cause == null ? null : RedactedFailure.of(cause));
    }
}
