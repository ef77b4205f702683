package io.docrows.internal.write;

import io.docrows.internal.postgres.Sql;
import io.docrows.internal.postgres.Statements;
import io.docrows.mapping.CollectionMapping;
import io.docrows.mapping.JoinMapping;
import java.sql.Connection;
import java.sql.SQLException;
import org.jooq.Table;

/**
 * What PostgreSQL knows of how many rows of a join table belong to one row. It learns that some time after a first
 * load, and believes in thousands until then: it would read the whole table to delete the links of a hundred documents.
 */
public final class JoinStatistics {

    private JoinStatistics() {}

    /**
     * Lets PostgreSQL look at those join tables of a mapping of which it knows nothing. Has no effect on tables of
     * which the user is not the owner.
     *
     * @param connection over which nothing else is going on
     * @param mapping whose join tables
     * @throws SQLException if the statement or the connection fails
     */
    public static void ensure(Connection connection, CollectionMapping<?> mapping) throws SQLException {
        for (JoinMapping join : mapping.joins()) {
            Table<?> table = join.join().table();
            long known = Statements.count(
                    connection,
                    "SELECT count(*) FROM pg_catalog.pg_stats s JOIN pg_catalog.pg_namespace n ON n.nspname = s.schemaname"
                            + " JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname = s.tablename"
                            + " WHERE c.oid = to_regclass(" + Sql.literal(Sql.table(table)) + ") AND s.attname = "
                            + Sql.literal(join.join().owner().getName()));
            if (known == 0) {
                Statements.execute(
                        connection,
                        "ANALYZE (SKIP_LOCKED) " + Sql.table(table) + " ("
                                + Sql.column(join.join().owner()) + ")");
            }
        }
    }
}
