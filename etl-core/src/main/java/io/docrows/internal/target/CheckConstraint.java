package io.docrows.internal.target;

import io.docrows.internal.column.QualifiedName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jooq.Table;

/**
 * A check constraint of a table. Immutable.
 *
 * @param name its name
 * @param expression what rows must not make false, as SQL; it names columns without the table's name
 * @param columns the names of the columns that it looks at
 * @param ofRowAlone whether the expression needs nothing but the row: no other relation, and no function that does not
 *     come with PostgreSQL
 */
public record CheckConstraint(String name, String expression, List<String> columns, boolean ofRowAlone) {

    /**
     * Bits of tgtype: 1 is FOR EACH ROW, 2 BEFORE, 4 INSERT, 16 UPDATE; types of rules: 1 is SELECT. Source:
     * PostgreSQL's catalog headers.
     */
    private static final String WRITTEN_AS_SAID = """
            WITH tables (oid) AS (
              SELECT pg_catalog.to_regclass(?)::oid
              UNION SELECT relid::oid FROM pg_catalog.pg_partition_tree(pg_catalog.to_regclass(?)))
            SELECT NOT EXISTS (SELECT FROM tables t JOIN pg_catalog.pg_class r ON r.oid = t.oid
                               WHERE r.relkind NOT IN ('r', 'p') OR r.relkind = 'r' AND r.relhassubclass)
                   AND NOT EXISTS (SELECT FROM tables t JOIN pg_catalog.pg_trigger g ON g.tgrelid = t.oid
                                   WHERE NOT g.tgisinternal AND g.tgtype & 3 = 3 AND g.tgtype & 20 <> 0)
                   AND NOT EXISTS (SELECT FROM tables t JOIN pg_catalog.pg_rewrite r ON r.ev_class = t.oid
                                   WHERE r.ev_type <> '1')
            """;

    /**
     * In the order in which PostgreSQL evaluates them. From version 18 on a constraint may be NOT ENFORCED; releases
     * before do not have the column. What comes with PostgreSQL is not among the dependencies. A whole row is column 0.
     */
    private static final String CHECKS = """
            SELECT c.conname, pg_catalog.pg_get_expr(c.conbin, c.conrelid),
                   ARRAY(SELECT a.attname::text FROM pg_catalog.pg_attribute a
                         WHERE a.attrelid = c.conrelid AND a.attnum = ANY (c.conkey)),
                   NOT EXISTS (SELECT FROM pg_catalog.pg_depend d
                               LEFT JOIN pg_catalog.pg_type y
                                 ON d.refclassid = 'pg_catalog.pg_type'::regclass AND y.oid = d.refobjid
                               WHERE d.classid = 'pg_catalog.pg_constraint'::regclass AND d.objid = c.oid
                                 AND (d.refclassid <> 'pg_catalog.pg_class'::regclass OR d.refobjid <> c.conrelid)
                                 AND y.typtype IS DISTINCT FROM 'e')
            FROM pg_catalog.pg_constraint c
            WHERE c.contype = 'c' AND c.conrelid = pg_catalog.to_regclass(?) AND NOT 0 = ANY (c.conkey)
              AND COALESCE((pg_catalog.to_jsonb(c) ->> 'conenforced')::boolean, true)
            ORDER BY c.conname
            """;

    /** Copies the list. */
    public CheckConstraint {
        columns = List.copyOf(columns);
    }

    /**
     * Reads those of a table.
     *
     * @param connection the connection to use
     * @param table the table
     * @return those that PostgreSQL enforces, by name, without those that look at a row as a whole
     * @throws SQLException if PostgreSQL fails
     */
    public static List<CheckConstraint> of(Connection connection, Table<?> table) throws SQLException {
        List<CheckConstraint> checks = new ArrayList<>();
        String name = QualifiedName.of(table).toString();
        try (PreparedStatement statement = connection.prepareStatement(CHECKS)) {
            statement.setString(1, name);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    checks.add(new CheckConstraint(
                            rows.getString(1),
                            rows.getString(2),
                            List.of((String[]) rows.getArray(3).getArray()),
                            rows.getBoolean(4)));
                }
            }
        }
        return checks;
    }

    /**
     * Whether each row is written into a table, and checked, as it is said.
     *
     * @param connection the connection to use
     * @param table the table
     * @return false if a trigger or a rule may change rows before or leave them out, or if they may lie in another
     *     table than this one or its own partitions
     * @throws SQLException if PostgreSQL fails
     */
    public static boolean isWrittenAsSaid(Connection connection, Table<?> table) throws SQLException {
        String name = QualifiedName.of(table).toString();
        try (PreparedStatement statement = connection.prepareStatement(WRITTEN_AS_SAID)) {
            statement.setString(1, name);
            statement.setString(2, name);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }
}
