package io.docrows.internal.write;

import io.docrows.internal.postgres.Sql;
import io.docrows.internal.postgres.Statements;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;

/** The rows of temporary tables that are filled several times within a transaction. */
final class TemporaryRows {

    /** In bytes, with large values. */
    private static final long SMALL = 512 * 1024;

    private TemporaryRows() {}

    /**
     * Deletes all rows. TRUNCATE makes a new file and leaves dead rows in the catalog, which every statement reads up
     * to the end of the transaction; where a batch is halved time and again, that takes most of the time. DELETE leaves
     * dead rows in the table, which does no harm as long as they are few.
     *
     * @param tables the tables, each with its schema
     */
    static void clear(Connection connection, List<String> tables) throws SQLException {
        String size = tables.stream()
                .map(table -> "pg_catalog.pg_table_size(" + Sql.literal(table) + ")")
                .collect(Collectors.joining(" + "));
        if (Statements.count(connection, "SELECT " + size) > SMALL) {
            Statements.execute(connection, "TRUNCATE " + String.join(", ", tables));
        } else {
            Statements.execute(
                    connection,
                    tables.stream().map(table -> "DELETE FROM " + table).collect(Collectors.joining("; ")));
        }
    }
}
