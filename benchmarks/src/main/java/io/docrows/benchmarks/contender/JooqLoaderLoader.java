package io.docrows.benchmarks.contender;

import static io.docrows.gigs.db.Tables.GIGS;
import static io.docrows.gigs.db.Tables.USERS;
import static io.docrows.gigs.db.Tables.USERS_SKILLS;

import java.io.IOException;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.SQLDialect;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * jOOQ's {@code Loader}, with inserts of many rows in batches. It can do a first load only: rows of one statement and
 * an action on duplicate keys exclude each other, and so does it with rows that need the numbers of others, which are
 * looked up here as in {@link JdbcBatchLoader}.
 */
final class JooqLoaderLoader implements Loader {

    private static final int ROWS_PER_STATEMENT = 100;
    private static final int STATEMENTS_PER_BATCH = 10;

    @Override
    public Map<String, Long> load(Job job) throws Exception {
        try (Connection connection = job.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            DSLContext sql = DSL.using(connection, SQLDialect.POSTGRES);
            Keys keys = new Keys(connection);
            Documents.users(job, JdbcBatchLoader.BATCH, batch -> {
                insert(sql, USERS, JooqRows.USER, JooqRows.users(batch));
                insert(
                        sql,
                        USERS_SKILLS,
                        JooqRows.LINK,
                        JooqRows.links(keys.links(batch).links()));
                connection.commit();
            });
            Documents.gigs(job, JdbcBatchLoader.BATCH, batch -> {
                insert(sql, GIGS, JooqRows.GIG, JooqRows.gigs(batch, keys.posters(batch)));
                connection.commit();
            });
        }
        return Map.of();
    }

    private static void insert(DSLContext sql, Table<?> table, List<Field<?>> columns, List<@Nullable Object[]> rows)
            throws IOException {
        sql.loadInto(table)
                .onErrorAbort()
                .commitNone()
                .bulkAfter(ROWS_PER_STATEMENT)
                .batchAfter(STATEMENTS_PER_BATCH)
                .loadArrays(rows)
                .fields(columns)
                .execute();
    }
}
