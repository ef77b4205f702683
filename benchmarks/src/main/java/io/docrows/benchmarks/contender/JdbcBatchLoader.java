package io.docrows.benchmarks.contender;

import io.docrows.benchmarks.data.Gig;
import io.docrows.benchmarks.data.User;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Upserts in JDBC batches, 1,000 documents to a batch and a transaction, sent as inserts of many rows; numbers of
 * referenced rows are looked up once for each batch.
 */
final class JdbcBatchLoader implements Loader {

    static final int BATCH = 1000;

    private static final String UPSERT_USER = "INSERT INTO users (mongo_id, created, updated, name, email) VALUES"
            + " (?, ?, ?, ?, ?) ON CONFLICT (mongo_id) DO UPDATE SET created = EXCLUDED.created,"
            + " updated = EXCLUDED.updated, name = EXCLUDED.name, email = EXCLUDED.email";

    private static final String UPSERT_GIG = "INSERT INTO gigs (mongo_id, created, updated, title, description, state,"
            + " budget, poster_id) VALUES (?, ?, ?, ?, ?, ?::gig_state, ?, ?) ON CONFLICT (mongo_id) DO UPDATE SET"
            + " created = EXCLUDED.created, updated = EXCLUDED.updated, title = EXCLUDED.title,"
            + " description = EXCLUDED.description, state = EXCLUDED.state, budget = EXCLUDED.budget,"
            + " poster_id = EXCLUDED.poster_id";

    @Override
    public Map<String, Long> load(Job job) throws Exception {
        try (Connection connection = job.connectRewritingBatches()) {
            connection.setAutoCommit(false);
            Keys keys = new Keys(connection);
            Documents.users(job, BATCH, batch -> {
                users(connection, keys, batch);
                connection.commit();
            });
            Documents.gigs(job, BATCH, batch -> {
                gigs(connection, keys, batch);
                connection.commit();
            });
        }
        return Map.of();
    }

    private static void users(Connection connection, Keys keys, List<User> batch) throws SQLException {
        try (PreparedStatement upsert = connection.prepareStatement(UPSERT_USER)) {
            for (User user : batch) {
                upsert.setString(1, user.mongoId());
                moment(upsert, 2, user.created());
                moment(upsert, 3, user.updated());
                upsert.setString(4, user.name());
                upsert.setString(5, user.email());
                upsert.addBatch();
            }
            upsert.executeBatch();
        }
        Links links = keys.links(batch);
        links.deleteOthers(connection);
        links.insert(connection);
    }

    private static void gigs(Connection connection, Keys keys, List<Gig> batch) throws SQLException {
        Map<String, Long> posters = keys.posters(batch);
        try (PreparedStatement upsert = connection.prepareStatement(UPSERT_GIG)) {
            for (Gig gig : batch) {
                upsert.setString(1, gig.mongoId());
                moment(upsert, 2, gig.created());
                moment(upsert, 3, gig.updated());
                upsert.setString(4, gig.title());
                upsert.setString(5, gig.description());
                upsert.setString(6, gig.state());
                upsert.setBigDecimal(7, gig.budget());
                String poster = gig.poster();
                upsert.setObject(8, poster == null ? null : posters.get(poster), java.sql.Types.BIGINT);
                upsert.addBatch();
            }
            upsert.executeBatch();
        }
    }

    private static void moment(PreparedStatement statement, int parameter, @Nullable Instant moment)
            throws SQLException {
        statement.setObject(
                parameter,
                moment == null ? null : moment.atOffset(ZoneOffset.UTC),
                java.sql.Types.TIMESTAMP_WITH_TIMEZONE);
    }
}
