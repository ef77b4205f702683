package io.docrows.internal.write;

import io.docrows.internal.postgres.Statements;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/**
 * What PostgreSQL knows of the staging tables of a connection. Temporary tables have no statistics of their own accord,
 * and without them PostgreSQL joins them badly. Those of one batch serve all later ones that are not much larger, if
 * they are committed: what is rolled back takes them with it. Not thread-safe.
 */
final class StagingStatistics {

    private static final long FEW_ROWS = 200;
    private static final int OFTEN = 5;

    private final Connection connection;
    private final Map<String, Long> committed = new HashMap<>();
    private final Map<String, Long> fresh = new HashMap<>();
    private int ofFewRows;

    StagingStatistics(Connection connection) {
        this.connection = connection;
    }

    /** Lets PostgreSQL look at a table that holds so many rows, unless it knows one about as large. */
    void ensure(String table, long rows) throws SQLException {
        long known = Math.max(committed.getOrDefault(table, 0L), fresh.getOrDefault(table, 0L));
        // A batch that is halved time and again would look at its last few rows each time.
        if (rows > 2 * known && (rows > FEW_ROWS || ofFewRows++ < OFTEN)) {
            Statements.execute(connection, "ANALYZE " + table);
            fresh.put(table, rows);
        }
    }

    /** What was not committed may have been rolled back. */
    void forget() {
        fresh.clear();
    }

    /** The transaction was committed. */
    void committed() {
        committed.putAll(fresh);
        fresh.clear();
        ofFewRows = 0;
    }
}
