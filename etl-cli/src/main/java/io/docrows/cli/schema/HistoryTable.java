package io.docrows.cli.schema;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** How a table in which Flyway keeps what it applied stands to the role of this session. */
enum HistoryTable {

    /** There is none. */
    ABSENT,
    /** It is there and may be read. */
    READABLE,
    /** It is there, and this role may not read it: the role of a loader needs no more than the tables. */
    UNREADABLE;

    private static final String ACCESS = """
            SELECT has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(c.oid, 'SELECT')
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = ? AND c.relname = ? AND c.relkind IN ('r', 'p')
            """;

    /** Looks at it. Needs the catalogue's search path. */
    static HistoryTable of(Connection connection, String schema, String table) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(ACCESS)) {
            statement.setString(1, schema);
            statement.setString(2, table);
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    return ABSENT;
                }
                return row.getBoolean(1) ? READABLE : UNREADABLE;
            }
        }
    }
}
