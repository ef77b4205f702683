package io.docrows.benchmarks.contender;

import static io.docrows.gigs.db.Tables.GIGS;
import static io.docrows.gigs.db.Tables.USERS;
import static io.docrows.gigs.db.Tables.USERS_SKILLS;

import java.sql.Connection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Query;
import org.jooq.SQLDialect;
import org.jooq.Table;
import org.jooq.TableField;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** The same as {@link JdbcBatchLoader}, with jOOQ's batches of one statement with many sets of values. */
final class JooqBatchLoader implements Loader {

    @Override
    public Map<String, Long> load(Job job) throws Exception {
        try (Connection connection = job.connectRewritingBatches()) {
            connection.setAutoCommit(false);
            DSLContext sql = DSL.using(connection, SQLDialect.POSTGRES);
            Keys keys = new Keys(connection);
            Query upsertUser = upsert(sql, USERS, JooqRows.USER, USERS.MONGO_ID);
            Query upsertGig = upsert(sql, GIGS, JooqRows.GIG, GIGS.MONGO_ID);
            Query insertLink = insert(sql, USERS_SKILLS, JooqRows.LINK);
            Documents.users(job, JdbcBatchLoader.BATCH, batch -> {
                execute(sql, upsertUser, JooqRows.users(batch));
                Links links = keys.links(batch);
                links.deleteOthers(connection);
                execute(sql, insertLink, JooqRows.links(links.links()));
                connection.commit();
            });
            Documents.gigs(job, JdbcBatchLoader.BATCH, batch -> {
                execute(sql, upsertGig, JooqRows.gigs(batch, keys.posters(batch)));
                connection.commit();
            });
        }
        return Map.of();
    }

    private static Query upsert(DSLContext sql, Table<?> table, List<Field<?>> columns, TableField<?, ?> key) {
        return sql.insertInto(table, columns)
                .values(Collections.nCopies(columns.size(), null))
                .onConflict(key)
                .doUpdate()
                .setAllToExcluded();
    }

    private static Query insert(DSLContext sql, Table<?> table, List<Field<?>> columns) {
        return sql.insertInto(table, columns)
                .values(Collections.nCopies(columns.size(), null))
                .onConflictDoNothing();
    }

    private static void execute(DSLContext sql, Query query, List<@Nullable Object[]> rows) {
        if (!rows.isEmpty()) {
            sql.batch(query).bind(rows.toArray(Object[][]::new)).execute();
        }
    }
}
