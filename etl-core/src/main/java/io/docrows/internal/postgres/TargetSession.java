package io.docrows.internal.postgres;

import io.docrows.error.DocrowsException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import javax.sql.DataSource;
import org.slf4j.LoggerFactory;

/** One connection of a run, set up for it, and handed back to its pool as it was. Not thread-safe. */
public final class TargetSession implements AutoCloseable {

    private static final int ANSWER_SECONDS = 5;

    private final Connection connection;
    private final SessionSettings settings;
    private final boolean autoCommit;

    private TargetSession(Connection connection, SessionSettings settings, boolean autoCommit) {
        this.connection = connection;
        this.settings = settings;
        this.autoCommit = autoCommit;
    }

    /**
     * Takes a connection.
     *
     * @param target where from
     * @param autoCommit how it is going to be used
     * @param name shown as {@code application_name} in PostgreSQL's views
     * @return the session
     * @throws DocrowsException {@code TARGET_UNAVAILABLE} if there is none to be had
     */
    public static TargetSession open(DataSource target, boolean autoCommit, String name) {
        try {
            return connect(target, autoCommit, name);
        } catch (SQLException e) {
            // A pool reports that it timed out, and why in the cause.
            SQLException cause = TargetErrors.sqlCause(e.getCause());
            throw TargetErrors.translate(cause == null ? asUnavailable(e) : cause, "when connecting");
        }
    }

    /**
     * Takes a connection, and leaves it to the caller to say what has failed.
     *
     * @throws SQLException if there is none to be had
     */
    static TargetSession connect(DataSource target, boolean autoCommit, String name) throws SQLException {
        Connection connection = PoolerCheck.wholeSession(target);
        try {
            boolean before = connection.getAutoCommit();
            connection.setAutoCommit(true);
            SessionSettings settings = SessionSettings.fix(
                    connection, comfort(StoredText.of(connection).stored(name)));
            connection.setAutoCommit(autoCommit);
            return new TargetSession(connection, settings, before);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    private static Map<String, String> comfort(String name) {
        // Batches are small; compiling their plans to machine code costs more than it saves. And a client that vanished
        // without a word must not keep its locks for the two hours of TCP's default.
        return Map.of(
                "jit", "off",
                "tcp_keepalives_idle", "15",
                "tcp_keepalives_interval", "5",
                "tcp_keepalives_count", "3",
                "application_name", name);
    }

    private static SQLException asUnavailable(SQLException e) {
        return e.getSQLState() == null ? new SQLException(e.getMessage(), "08001", e) : e;
    }

    /**
     * Lets PostgreSQL find the rows of a batch through indexes. Left to itself it would rather read all of a table of
     * less than some millions of rows, for every batch anew: its costs are those of a disk, and what a batch needs is
     * mostly in memory. With these costs ten thousand lookups cost about as much as reading some 100,000 rows in the
     * order of an index. Lasts until this session is closed.
     *
     * @return this
     * @throws SQLException if the connection fails
     */
    public TargetSession preferringIndexes() throws SQLException {
        settings.set(Map.of("random_page_cost", "0.1", "cpu_tuple_cost", "0.03", "enable_mergejoin", "off"));
        if (!connection.getAutoCommit()) {
            connection.commit();
        }
        return this;
    }

    /**
     * Lets statements of others run over this connection, such as a user's migrations: names without a schema are
     * looked for in PostgreSQL's own and in those of extensions. Whatever they set ends with this session.
     *
     * @return this
     * @throws SQLException if the connection fails
     */
    TargetSession lent() throws SQLException {
        settings.lend();
        return this;
    }

    /**
     * The connection.
     *
     * @return stays this session's
     */
    public Connection connection() {
        return connection;
    }

    /**
     * Asks the server, within a few seconds.
     *
     * @return false if the connection is of no further use
     */
    public boolean isAlive() {
        try {
            return connection.isValid(ANSWER_SECONDS);
        } catch (SQLException e) {
            return false;
        }
    }

    /** Gives the connection back. Does not throw. */
    @Override
    public void close() {
        try (Connection closing = connection) {
            if (!closing.isClosed()) {
                if (!closing.getAutoCommit()) {
                    closing.rollback();
                }
                closing.setAutoCommit(true);
                settings.restore();
                closing.setAutoCommit(autoCommit);
            }
        } catch (SQLException e) {
            LoggerFactory.getLogger(TargetSession.class)
                    .debug("a connection broke before it was given back, SQLSTATE {}", e.getSQLState());
        }
    }
}
