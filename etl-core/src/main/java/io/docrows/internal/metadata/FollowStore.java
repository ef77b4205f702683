package io.docrows.internal.metadata;

import io.docrows.internal.postgres.StoredText;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The tables {@code docrows.follow} and {@code docrows.kept_document}, for one pipeline. Takes part in the caller's
 * transaction.
 */
public final class FollowStore {

    private final Connection connection;
    private final StoredText text;
    private final String pipeline;

    /**
     * A store.
     *
     * @param connection stays the caller's
     * @param pipeline the pipeline's name
     * @throws SQLException if PostgreSQL cannot be asked
     */
    public FollowStore(Connection connection, String pipeline) throws SQLException {
        this.connection = connection;
        this.text = StoredText.of(connection);
        this.pipeline = text.stored(pipeline);
    }

    /**
     * Where following stands.
     *
     * @param position behind which change to go on
     * @param loaded whether everything was loaded since the first position
     * @param afterRun the last run before that
     */
    public record Stored(byte[] position, boolean loaded, long afterRun) {}

    /**
     * Reads where following stands.
     *
     * @param source the source's description
     * @param collections what is followed
     * @return empty if other collections, or another source, or nothing was followed
     * @throws SQLException if PostgreSQL fails
     */
    public Optional<Stored> read(String source, Set<String> collections) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT position, loaded, after_run FROM docrows.follow WHERE pipeline = ? AND source = ?"
                        + " AND collections = ?")) {
            statement.setString(1, pipeline);
            statement.setString(2, text.stored(source));
            statement.setArray(3, connection.createArrayOf("text", sorted(collections)));
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next()
                        ? Optional.of(new Stored(rows.getBytes(1), rows.getBoolean(2), rows.getLong(3)))
                        : Optional.empty();
            }
        }
    }

    private String[] sorted(Set<String> collections) {
        return collections.stream().sorted().map(text::stored).toArray(String[]::new);
    }

    /**
     * Begins at a position; everything is to be loaded since.
     *
     * @param source the source's description
     * @param collections what is followed
     * @param position the position
     * @throws SQLException if PostgreSQL fails
     */
    public void begin(String source, Set<String> collections, byte[] position) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                INSERT INTO docrows.follow AS f (pipeline, source, collections, position, after_run)
                VALUES (?, ?, ?, ?, (SELECT COALESCE(max(r.id), 0) FROM docrows.run r))
                ON CONFLICT (pipeline) DO UPDATE SET source = EXCLUDED.source, collections = EXCLUDED.collections,
                    position = EXCLUDED.position, after_run = EXCLUDED.after_run, loaded = false, reached = 0,
                    changes = 0, source_time = 0, changes_per_second = 0, rows_per_second = 0, rejected = 0,
                    stored = now()""")) {
            statement.setString(1, pipeline);
            statement.setString(2, text.stored(source));
            statement.setArray(3, connection.createArrayOf("text", sorted(collections)));
            statement.setBytes(4, position);
            statement.executeUpdate();
        }
    }

    /**
     * Whether the pipeline's latest run that reads everything began after a run.
     *
     * @param run the number of that run
     * @return true if there is one that did
     * @throws SQLException if PostgreSQL fails
     */
    public boolean ranAfter(long run) throws SQLException {
        return ran("resumable AND id > ?", run);
    }

    /**
     * Whether rows of the pipeline may be older than a position.
     *
     * @param run the number of the last run before the position
     * @return true if the pipeline had run by then
     * @throws SQLException if PostgreSQL fails
     */
    public boolean ranBefore(long run) throws SQLException {
        return ran("id <= ?", run);
    }

    private boolean ran(String when, long run) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT count(*) FROM docrows.run WHERE pipeline = ? AND " + when)) {
            statement.setString(1, pipeline);
            statement.setLong(2, run);
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return rows.getLong(1) > 0;
            }
        }
    }

    /**
     * Remembers that everything is loaded.
     *
     * @throws SQLException if PostgreSQL fails
     */
    public void loaded() throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("UPDATE docrows.follow SET loaded = true WHERE pipeline = ?")) {
            statement.setString(1, pipeline);
            statement.executeUpdate();
        }
    }

    /**
     * Moves on, in the transaction in which the last of the changes before are applied.
     *
     * @param position the new position
     * @param reached up to which moment changes are applied, as a BSON timestamp
     * @param changes how many there were
     * @param rejected how many of their documents were rejected
     * @param pace how fast it goes
     * @throws SQLException if PostgreSQL fails
     */
    public void advance(byte[] position, long reached, long changes, long rejected, Pace pace) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                UPDATE docrows.follow SET position = ?, reached = ?, changes = changes + ?, rejected = rejected + ?,
                    source_time = ?, changes_per_second = ?, rows_per_second = ?, stored = now()
                WHERE pipeline = ?""")) {
            statement.setBytes(1, position);
            statement.setLong(2, reached);
            statement.setLong(3, changes);
            statement.setLong(4, rejected);
            statement.setLong(5, pace.sourceTime());
            statement.setDouble(6, pace.changesPerSecond());
            statement.setDouble(7, pace.rowsPerSecond());
            statement.setString(8, pipeline);
            statement.executeUpdate();
        }
    }

    /**
     * How fast changes are applied.
     *
     * @param sourceTime what time it is by the source, as a BSON timestamp
     * @param changesPerSecond changes, lately
     * @param rowsPerSecond rows written for them, lately
     */
    public record Pace(long sourceTime, double changesPerSecond, double rowsPerSecond) {}

    /**
     * Up to which moment changes are in the tables.
     *
     * @param source the source's description
     * @return the moment as a BSON timestamp; empty if nothing is followed, or everything is not loaded yet
     * @throws SQLException if PostgreSQL fails
     */
    public OptionalLong reached(String source) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT reached FROM docrows.follow WHERE pipeline = ? AND source = ? AND loaded")) {
            statement.setString(1, pipeline);
            statement.setString(2, text.stored(source));
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? OptionalLong.of(rows.getLong(1)) : OptionalLong.empty();
            }
        }
    }

    /**
     * How many changes were applied since following began.
     *
     * @return the number
     * @throws SQLException if PostgreSQL fails
     */
    public long changes() throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT changes FROM docrows.follow WHERE pipeline = ?")) {
            statement.setString(1, pipeline);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? rows.getLong(1) : 0;
            }
        }
    }

    /**
     * The documents that are gone while a row of theirs stays.
     *
     * @param collection the collection's name
     * @return the {@code _id} of each, in a BSON document
     * @throws SQLException if PostgreSQL fails
     */
    public List<byte[]> kept(String collection) throws SQLException {
        List<byte[]> kept = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT document_id FROM docrows.kept_document WHERE pipeline = ? AND collection = ?")) {
            statement.setString(1, pipeline);
            statement.setString(2, text.stored(collection));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    kept.add(rows.getBytes(1));
                }
            }
        }
        return kept;
    }

    /**
     * Replaces them.
     *
     * @param collection the collection's name
     * @param documents the {@code _id} of each, in a BSON document
     * @throws SQLException if PostgreSQL fails
     */
    public void keep(String collection, List<byte[]> documents) throws SQLException {
        try (PreparedStatement forget = connection.prepareStatement(
                "DELETE FROM docrows.kept_document WHERE pipeline = ? AND collection = ?")) {
            forget.setString(1, pipeline);
            forget.setString(2, text.stored(collection));
            forget.executeUpdate();
        }
        try (PreparedStatement add = connection.prepareStatement(
                "INSERT INTO docrows.kept_document (pipeline, collection, document_id) VALUES (?, ?, ?)")) {
            for (byte[] document : documents) {
                add.setString(1, pipeline);
                add.setString(2, text.stored(collection));
                add.setBytes(3, document);
                add.addBatch();
            }
            add.executeBatch();
        }
    }
}
