package io.docrows.internal.postgres;

import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * Lets one run of a pipeline at a time work on a target: a session-level advisory lock, which PostgreSQL releases
 * itself when the connection ends, however it ends.
 */
public final class PipelineLock implements AutoCloseable {

    private static final String KEY = key("?");

    private static final int ATTEMPTS = 11;

    /** How often to look whether a session has ended, with a pause of a twentieth of a second. */
    private static final int LOOKS = 100;

    private static final String HOLDER = "SELECT l.pid, a.application_name, a.client_addr::text, a.backend_start::text"
            + " FROM pg_locks l LEFT JOIN pg_stat_activity a USING (pid) WHERE " + isLock("l", "?");

    private final Connection connection;
    private final String pipeline;
    private final int pid;
    private final String since;

    private PipelineLock(Connection connection, String pipeline) throws SQLException {
        this.connection = connection;
        this.pipeline = StoredText.of(connection).stored(pipeline);
        try (PreparedStatement statement = connection.prepareStatement(
                        "SELECT pid, backend_start::text FROM pg_stat_activity WHERE pid = pg_backend_pid()");
                ResultSet rows = statement.executeQuery()) {
            rows.next();
            this.pid = rows.getInt(1);
            this.since = rows.getString(2);
        }
    }

    private static String key(String pipeline) {
        return "hashtextextended('docrows:' || " + pipeline + ", 0)";
    }

    /**
     * Whether a row of {@code pg_locks} is a pipeline's lock, and is held. A 64-bit advisory lock shows there as two
     * halves with objsubid 1 (PostgreSQL manual, "pg_locks").
     *
     * @param row the row's alias
     * @param pipeline the pipeline's name as it is stored, an expression of type text
     * @return a condition
     */
    public static String isLock(String row, String pipeline) {
        return "@.locktype = 'advisory' AND @.granted AND @.objsubid = 1 AND @.database =".replace("@", row)
                + " (SELECT oid FROM pg_database WHERE datname = current_database()) AND"
                + " (@.classid::int8 << 32 | @.objid::int8) = ".replace("@", row) + key(pipeline);
    }

    /**
     * Takes the lock, or says who has it.
     *
     * @param connection kept open for as long as the lock is needed
     * @param pipeline the pipeline's name
     * @param lost this run's own lock, if its connection was lost; the server may not have noticed yet, and is then
     *     told
     * @return the lock
     * @throws SQLException if PostgreSQL cannot be asked
     * @throws DocrowsException {@code PIPELINE_LOCKED} if another run has it
     */
    public static PipelineLock acquire(Connection connection, String pipeline, @Nullable PipelineLock lost)
            throws SQLException {
        if (lost != null) {
            end(connection, lost);
        }
        if (take(connection, pipeline)) {
            return new PipelineLock(connection, pipeline);
        }
        throw new DocrowsException(
                ErrorCode.PIPELINE_LOCKED,
                "Another run of the pipeline " + pipeline + " is at work on this target" + holder(connection, pipeline)
                        + ". Wait for it, or stop it.");
    }

    /**
     * Ends the session that has a lost lock, and looks until it has ended: before release 14, PostgreSQL does not wait
     * for that itself.
     */
    private static void end(Connection connection, PipelineLock lost) throws SQLException {
        // The process number alone may have been given to another session meanwhile.
        try (PreparedStatement statement = connection.prepareStatement("SELECT pg_terminate_backend(pid)"
                        + " FROM pg_stat_activity WHERE pid = ? AND backend_start::text = ?");
                Statement pause = connection.createStatement()) {
            statement.setInt(1, lost.pid);
            statement.setString(2, lost.since);
            for (int look = 1; look <= LOOKS; look++) {
                try (ResultSet told = statement.executeQuery()) {
                    if (!told.next()) {
                        return;
                    }
                }
                pause.execute("SELECT pg_sleep(0.05)");
            }
        }
    }

    /**
     * Tries for a second: a process that was killed just now has its lock until the server notices that it is gone. By
     * asking again, as waiting for the lock would end in an error, and with it the caller's transaction, if there is
     * one.
     */
    private static boolean take(Connection connection, String pipeline) throws SQLException {
        for (int attempt = 1; ; attempt++) {
            try (PreparedStatement lock = connection.prepareStatement("SELECT pg_try_advisory_lock(" + KEY + ")")) {
                lock.setString(1, StoredText.of(connection).stored(pipeline));
                try (ResultSet taken = lock.executeQuery()) {
                    taken.next();
                    if (taken.getBoolean(1)) {
                        return true;
                    }
                }
            }
            if (attempt == ATTEMPTS) {
                return false;
            }
            try (Statement pause = connection.createStatement()) {
                pause.execute("SELECT pg_sleep(0.1)");
            }
        }
    }

    private static String holder(Connection connection, String pipeline) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(HOLDER)) {
            statement.setString(1, StoredText.of(connection).stored(pipeline));
            try (ResultSet rows = statement.executeQuery()) {
                if (!rows.next()) {
                    return "";
                }
                String address = rows.getString(3);
                return " (PostgreSQL process " + rows.getInt(1) + ", " + rows.getString(2) + " from "
                        + (address == null ? "a local socket" : address) + ", connected since " + rows.getString(4)
                        + ")";
            }
        }
    }

    /** Gives the lock back; a broken connection has given it back already. */
    @Override
    public void close() {
        try (PreparedStatement statement = connection.prepareStatement("SELECT pg_advisory_unlock(" + KEY + ")")) {
            statement.setString(1, pipeline);
            statement.execute();
        } catch (SQLException e) {
            org.slf4j.LoggerFactory.getLogger(PipelineLock.class)
                    .debug("the lock went with its connection, SQLSTATE {}", e.getSQLState());
        }
    }
}
