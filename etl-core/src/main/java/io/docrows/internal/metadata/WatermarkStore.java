package io.docrows.internal.metadata;

import io.docrows.internal.postgres.StoredText;
import io.docrows.source.Partition;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What {@code docrows.checkpoint} holds about watermarks. Takes part in the caller's transaction. */
public final class WatermarkStore {

    /** Dates before that are no moments of a change, and leave the mark where it is. */
    private static final Instant FIRST = Instant.EPOCH;

    /** A document that claims to be of a later time than that is of the future anyway. */
    private static final Instant LAST = Instant.parse("9999-12-31T00:00:00Z");

    private WatermarkStore() {}

    /**
     * Where the last completed run over a whole collection came to.
     *
     * @param moment the highest date seen, or the run's start if that is earlier: what was changed while it ran may
     *     have been read before the change
     * @param without documents that had no date when all were read
     */
    public record Mark(Instant moment, long without) {}

    /**
     * Whether the target's schema {@code docrows} knows of watermarks: one that an older release made does not, until
     * the next run.
     *
     * @param connection the connection
     * @return false if there are no marks at all
     * @throws SQLException if PostgreSQL fails
     */
    public static boolean isThere(Connection connection) throws SQLException {
        return BookkeepingTables.has(connection, "checkpoint", "mapping_digest");
    }

    /**
     * The mark of a collection.
     *
     * @param connection the connection
     * @param pipeline the pipeline's name
     * @param source the source's description
     * @param collection the collection's name
     * @param digest that of the mapping
     * @param withoutMark that of the mapping without its watermark, as documents are loaded apart from whole runs
     * @return the mark, or null if there is none, or the collection was since read with another mapping or from another
     *     source
     * @throws SQLException if PostgreSQL fails
     */
    public static @Nullable Mark last(
            Connection connection, String pipeline, String source, String collection, String digest, String withoutMark)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                SELECT LEAST(max(c.watermark), r.started), sum(c.without_watermark) FILTER (WHERE NOT c.reread)
                FROM docrows.run r JOIN docrows.checkpoint c ON c.run_id = r.id
                WHERE r.pipeline = ? AND r.source = ? AND r.status = 'completed' AND r.resumable
                  AND c.collection = ? AND c.partition >= 0
                  AND NOT EXISTS (SELECT FROM docrows.run later JOIN docrows.checkpoint o ON o.run_id = later.id
                                  WHERE later.pipeline = r.pipeline AND later.id >= r.id
                                    AND o.collection = ? AND o.partition >= 0 AND NOT o.reread
                                    AND (COALESCE(o.mapping_digest, '') NOT IN (?, ?)
                                      OR later.source NOT IN (r.source, 'rejects of ' || r.pipeline)))
                GROUP BY r.id
                HAVING max(c.watermark) IS NOT NULL
                ORDER BY r.id DESC LIMIT 1""")) {
            StoredText text = StoredText.of(connection);
            statement.setString(1, text.stored(pipeline));
            statement.setString(2, text.stored(source));
            statement.setString(3, text.stored(collection));
            statement.setString(4, text.stored(collection));
            statement.setString(5, digest);
            statement.setString(6, withoutMark);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? new Mark(instant(rows, 1), rows.getLong(2)) : null;
            }
        }
    }

    /**
     * Writes down from when on a collection is read, once its partitions are there.
     *
     * @param connection the connection of the transaction that makes them
     * @param run the run's number
     * @param collection the collection's name
     * @param digest that of the mapping
     * @param since the first moment that counts; null if all is read
     * @param mark where the run before came to; null if all is read
     * @throws SQLException if PostgreSQL fails
     */
    public static void plan(
            Connection connection,
            long run,
            String collection,
            String digest,
            @Nullable Instant since,
            @Nullable Mark mark)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                UPDATE docrows.checkpoint SET mapping_digest = ?, since = ?, watermark = ?,
                       without_watermark = CASE WHEN partition = 0 THEN ? ELSE 0 END
                WHERE run_id = ? AND collection = ?""")) {
            statement.setString(1, digest);
            statement.setObject(2, time(since));
            statement.setObject(3, time(mark == null ? null : mark.moment()));
            statement.setLong(4, mark == null ? 0 : mark.without());
            statement.setLong(5, run);
            statement.setString(6, StoredText.of(connection).stored(collection));
            statement.executeUpdate();
        }
    }

    /**
     * Adds what a batch had, in its transaction.
     *
     * @param connection the connection of that transaction
     * @param run the run's number
     * @param partition the partition
     * @param highest the highest date; null if there was none
     * @param without documents without a date
     * @throws SQLException if PostgreSQL fails
     */
    public static void add(
            Connection connection, long run, Partition partition, @Nullable Instant highest, long without)
            throws SQLException {
        if (highest == null && without == 0) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement("""
                UPDATE docrows.checkpoint
                SET watermark = GREATEST(watermark, ?), without_watermark = without_watermark + ?
                WHERE run_id = ? AND collection = ? AND partition = ?""")) {
            statement.setObject(1, time(highest));
            statement.setLong(2, without);
            statement.setLong(3, run);
            statement.setString(4, StoredText.of(connection).stored(partition.collection()));
            statement.setInt(5, partition.number());
            statement.executeUpdate();
        }
    }

    /**
     * What a run made of a collection's watermark.
     *
     * @param connection the connection
     * @param run the run's number
     * @param collection the collection's name
     * @return what is written down so far
     * @throws SQLException if PostgreSQL fails
     */
    public static Written of(Connection connection, long run, String collection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                SELECT min(since), max(watermark), COALESCE(sum(without_watermark) FILTER (WHERE NOT reread), 0)
                FROM docrows.checkpoint WHERE run_id = ? AND collection = ? AND partition >= 0""")) {
            statement.setLong(1, run);
            statement.setString(2, StoredText.of(connection).stored(collection));
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return new Written(optional(rows, 1), optional(rows, 2), rows.getLong(3));
            }
        }
    }

    /**
     * What is written down about one collection of a run.
     *
     * @param since the first moment that counts; empty if all is read
     * @param highest the highest date so far
     * @param without documents without a date
     */
    public record Written(Optional<Instant> since, Optional<Instant> highest, long without) {}

    private static Instant instant(ResultSet rows, int column) throws SQLException {
        return rows.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static Optional<Instant> optional(ResultSet rows, int column) throws SQLException {
        return Optional.ofNullable(rows.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }

    /** PostgreSQL's range of dates is narrower than BSON's. */
    private static @Nullable OffsetDateTime time(@Nullable Instant moment) {
        if (moment == null || moment.isBefore(FIRST)) {
            return null;
        }
        return (moment.isAfter(LAST) ? LAST : moment).atOffset(ZoneOffset.UTC);
    }
}
