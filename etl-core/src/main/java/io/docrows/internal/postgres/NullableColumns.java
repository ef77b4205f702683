package io.docrows.internal.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Temporary tables that take their types from the target take a domain's NOT NULL with it, while a staged value may
 * well be missing. Such columns get the type below the domain, with what the domain declares of it.
 */
public final class NullableColumns {

    private static final String NOT_NULL_DOMAINS = """
            WITH RECURSIVE followed AS (
              SELECT a.attname, a.atttypid AS typid, a.atttypmod AS typmod, a.attcollation, false AS notnull
              FROM pg_catalog.pg_attribute a WHERE a.attrelid = ?::pg_catalog.regclass AND a.attname = ANY (?)
              UNION ALL
              SELECT f.attname, t.typbasetype, CASE WHEN f.typmod = -1 THEN t.typtypmod ELSE f.typmod END,
                     f.attcollation, f.notnull OR t.typnotnull
              FROM followed f JOIN pg_catalog.pg_type t ON t.oid = f.typid WHERE t.typtype = 'd'
            )
            SELECT 'ALTER COLUMN ' || f.attname || ' TYPE ' || pg_catalog.format_type(f.typid, f.typmod)
                   || COALESCE(' COLLATE ' || NULLIF(f.attcollation, 0)::pg_catalog.regcollation, '')
            FROM followed f JOIN pg_catalog.pg_type t ON t.oid = f.typid
            WHERE t.typtype <> 'd' AND f.notnull
            """;

    private NullableColumns() {}

    /**
     * Lets columns hold NULL.
     *
     * @param connection the connection of the transaction
     * @param table a temporary table of ours, empty
     * @param columns names that need no quotes
     * @throws SQLException if the connection fails
     */
    public static void of(Connection connection, String table, List<String> columns) throws SQLException {
        List<String> changes = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(NOT_NULL_DOMAINS)) {
            statement.setString(1, table);
            statement.setArray(2, connection.createArrayOf("text", columns.toArray()));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    changes.add(rows.getString(1));
                }
            }
        }
        if (!changes.isEmpty()) {
            Statements.execute(connection, "ALTER TABLE " + table + " " + String.join(", ", changes));
        }
    }
}
