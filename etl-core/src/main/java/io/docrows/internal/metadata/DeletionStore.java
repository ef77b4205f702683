package io.docrows.internal.metadata;

import io.docrows.internal.postgres.StoredText;
import io.docrows.report.Deletions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** The table {@code docrows.deletion}: how many orphaned rows a run removed. */
public final class DeletionStore {

    private DeletionStore() {}

    /**
     * Adds to what a run did, in the transaction in which it does it.
     *
     * @param connection the connection of that transaction
     * @param run the run's number
     * @param collection the collection's name
     * @param some what was done just now
     * @return what the run did in all
     * @throws SQLException if PostgreSQL fails
     */
    public static Deletions add(Connection connection, long run, String collection, Deletions some)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                INSERT INTO docrows.deletion AS d (run_id, collection, deleted, kept) VALUES (?, ?, ?, ?)
                ON CONFLICT (run_id, collection)
                DO UPDATE SET deleted = d.deleted + EXCLUDED.deleted, kept = EXCLUDED.kept
                RETURNING deleted, kept""")) {
            statement.setLong(1, run);
            statement.setString(2, StoredText.of(connection).stored(collection));
            statement.setLong(3, some.deleted());
            statement.setLong(4, some.kept());
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return new Deletions(rows.getLong(1), rows.getLong(2), some.unreadable());
            }
        }
    }
}
