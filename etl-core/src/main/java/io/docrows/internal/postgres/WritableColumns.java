package io.docrows.internal.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jooq.Table;

/** The columns of a table in the target that can be read and written again, whether or not its class knows them. */
public final class WritableColumns {

    private static final String STORED = """
            FROM pg_catalog.pg_attribute a
            WHERE a.attrelid = pg_catalog.to_regclass(%1$s) AND a.attnum > 0 AND NOT a.attisdropped
              AND a.attgenerated = ''
            """;

    private static final String MAY_BE_WRITTEN = """
            (pg_catalog.has_column_privilege(a.attrelid, a.attnum, 'SELECT')
             AND pg_catalog.has_column_privilege(a.attrelid, a.attnum, 'INSERT'))
            """;

    private static final String COLUMNS =
            "SELECT a.attname " + STORED + " AND " + MAY_BE_WRITTEN + " ORDER BY a.attnum";

    /**
     * Bits of tgtype: 4 is INSERT, 8 DELETE, 16 UPDATE; types of rules: 1 is SELECT. Source: PostgreSQL's catalog
     * headers.
     */
    private static final String OBSERVERS = """
            WITH tables (oid) AS (
              SELECT pg_catalog.to_regclass(%1$s)::oid
              UNION SELECT relid::oid FROM pg_catalog.pg_partition_tree(pg_catalog.to_regclass(%1$s)))
            SELECT pg_catalog.count(*) FROM tables t JOIN pg_catalog.pg_class c ON c.oid = t.oid
            WHERE c.relrowsecurity
              OR NOT pg_catalog.has_table_privilege(pg_catalog.to_regclass(%1$s)::oid, 'DELETE')
              OR EXISTS (SELECT FROM pg_catalog.pg_constraint f
                         WHERE f.contype = 'f' AND f.confrelid = t.oid AND (f.confdeltype <> 'a' OR f.confupdtype <> 'a'))
              OR EXISTS (SELECT FROM pg_catalog.pg_trigger g
                         WHERE g.tgrelid = t.oid AND NOT g.tgisinternal AND g.tgtype & 28 <> 0)
              OR c.relhassubclass AND c.relkind <> 'p'
              OR EXISTS (SELECT FROM pg_catalog.pg_publication_tables v
                         JOIN pg_catalog.pg_publication p ON p.pubname = v.pubname
                         WHERE v.schemaname = (SELECT n.nspname FROM pg_catalog.pg_namespace n WHERE n.oid = c.relnamespace)
                           AND v.tablename = c.relname
                           AND NOT (p.pubinsert AND p.pubupdate AND p.pubdelete))
              OR EXISTS (SELECT FROM pg_catalog.pg_rewrite r WHERE r.ev_class = t.oid AND r.ev_type <> '1')
            """ + " OR EXISTS (SELECT " + STORED + " AND NOT " + MAY_BE_WRITTEN + ")";

    private WritableColumns() {}

    /**
     * All columns of a table but for those that PostgreSQL computes, and those that this user must not read or write.
     *
     * @param connection the connection of the transaction
     * @param table the table
     * @return their names
     * @throws SQLException if the connection fails
     */
    public static List<String> of(Connection connection, Table<?> table) throws SQLException {
        return Statements.rows(connection, COLUMNS.formatted(Sql.literal(Sql.table(table))), row -> row.getString(1));
    }

    /**
     * Whether nobody can tell a row that is deleted and inserted again, in one statement, from one that is updated.
     *
     * @param connection the connection of the transaction
     * @param table the table
     * @return false if a foreign key acts on what changes in the table, or a trigger, a rule, a policy or a publication
     *     looks at its rows, or tables inherit from it, or rights are missing
     * @throws SQLException if the connection fails
     */
    public static boolean canBeReplaced(Connection connection, Table<?> table) throws SQLException {
        return Statements.count(connection, OBSERVERS.formatted(Sql.literal(Sql.table(table)))) == 0;
    }
}
