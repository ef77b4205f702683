package io.docrows.internal.metadata;

import io.docrows.internal.postgres.Sql;
import io.docrows.internal.postgres.Statements;
import java.sql.Connection;
import java.sql.SQLException;

/** Which of the library's own tables a target has: none before the first run, fewer after one of an earlier release. */
public final class BookkeepingTables {

    private BookkeepingTables() {}

    /**
     * Whether a table is there.
     *
     * @param connection the connection to ask
     * @param table its name without the schema
     * @return true if it is, whether or not the user may read it
     * @throws SQLException if PostgreSQL cannot be asked
     */
    public static boolean has(Connection connection, String table) throws SQLException {
        return is(connection, isThere(table));
    }

    /**
     * Whether a table is there and can be read.
     *
     * @param connection the connection to ask
     * @param table its name without the schema
     * @return true if the user may read it
     * @throws SQLException if PostgreSQL cannot be asked
     */
    public static boolean canRead(Connection connection, String table) throws SQLException {
        return is(
                connection,
                "EXISTS (" + table(table)
                        + " AND has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(c.oid, 'SELECT'))");
    }

    /**
     * Whether a table is there and has a column.
     *
     * @param connection the connection to ask
     * @param table its name without the schema
     * @param column the column's name
     * @return true if it has, whether or not the user may read it
     * @throws SQLException if PostgreSQL cannot be asked
     */
    public static boolean has(Connection connection, String table, String column) throws SQLException {
        return is(connection, isThere(table, column));
    }

    /**
     * Whether claims of documents to rows are kept as they are by this release.
     *
     * @param connection the connection to ask
     * @return true if so, whether or not the user may read them
     * @throws SQLException if PostgreSQL cannot be asked
     */
    public static boolean hasClaims(Connection connection) throws SQLException {
        return has(connection, "key_claim", "column_name");
    }

    /** The condition that a table is there. */
    static String isThere(String table) {
        return "EXISTS (" + table(table) + ")";
    }

    /** The condition that a table is there and has a column. */
    static String isThere(String table, String column) {
        return "EXISTS (" + table(table) + " AND EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid"
                + " AND a.attname = " + Sql.literal(column) + "))";
    }

    private static boolean is(Connection connection, String condition) throws SQLException {
        return Statements.rows(connection, "SELECT " + condition, row -> row.getBoolean(1))
                .get(0);
    }

    /** Not by to_regclass, which fails where the schema may not be used. */
    private static String table(String name) {
        return "SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
                + " WHERE n.nspname = 'docrows' AND c.relname = " + Sql.literal(name);
    }
}
