package io.docrows.internal.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jooq.Table;

/** The columns of a table in the target that an INSERT can write, whether or not its generated class knows them. */
public final class WritableColumns {

    private static final String HAS_EFFECTS = """
            SELECT pg_catalog.count(*) FROM (
              SELECT FROM pg_catalog.pg_constraint
              WHERE contype = 'f' AND confrelid = pg_catalog.to_regclass(%1$s) AND confdeltype <> 'a'
              UNION ALL
              SELECT FROM pg_catalog.pg_trigger
              WHERE tgrelid = pg_catalog.to_regclass(%1$s) AND NOT tgisinternal AND tgtype & 12 <> 0) AS effects
            """;

    private WritableColumns() {}

    /**
     * All columns of a table but for those that PostgreSQL computes.
     *
     * @param connection the connection of the transaction
     * @param table the table
     * @return their names
     * @throws SQLException if the connection fails
     */
    public static List<String> of(Connection connection, Table<?> table) throws SQLException {
        return Statements.rows(
                connection,
                "SELECT a.attname FROM pg_catalog.pg_attribute a WHERE a.attrelid = pg_catalog.to_regclass("
                        + Sql.literal(Sql.table(table))
                        + ") AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''",
                row -> row.getString(1));
    }

    /**
     * Whether a row that is deleted and inserted again in one statement leaves anything else as it is.
     *
     * @param connection the connection of the transaction
     * @param table the table
     * @return false if a foreign key acts on deleted rows, or a trigger on deleted or inserted ones
     * @throws SQLException if the connection fails
     */
    public static boolean canBeReplaced(Connection connection, Table<?> table) throws SQLException {
        // Bits of tgtype: 4 is INSERT, 8 is DELETE (catalog/pg_trigger.h).
        return Statements.count(connection, HAS_EFFECTS.formatted(Sql.literal(Sql.table(table)))) == 0;
    }
}
