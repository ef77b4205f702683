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
 * @param certain whether PostgreSQL refuses each row that makes it false: no trigger and no rule changes a row before,
 *     all rows lie in the table itself or in its own partitions, and the expression needs nothing but the row, that is,
 *     no function that somebody wrote
 */
public record CheckConstraint(String name, String expression, List<String> columns, boolean certain) {

    /**
     * In the order in which PostgreSQL evaluates them. From version 18 on a constraint may be NOT ENFORCED; releases
     * before do not have the column. Bits of tgtype: 1 is FOR EACH ROW, 2 BEFORE, 4 INSERT, 16 UPDATE; types of rules:
     * 1 is SELECT. What comes with PostgreSQL is not among the dependencies. Source: PostgreSQL's catalog headers.
     */
    private static final String CHECKS = """
            WITH tables (oid) AS (
              SELECT pg_catalog.to_regclass(?)::oid
              UNION SELECT relid::oid FROM pg_catalog.pg_partition_tree(pg_catalog.to_regclass(?)))
            SELECT c.conname, pg_catalog.pg_get_expr(c.conbin, c.conrelid),
                   ARRAY(SELECT a.attname::text FROM pg_catalog.pg_attribute a
                         WHERE a.attrelid = c.conrelid AND a.attnum = ANY (c.conkey)),
                   NOT EXISTS (SELECT FROM tables t JOIN pg_catalog.pg_class r ON r.oid = t.oid
                               WHERE r.relkind NOT IN ('r', 'p') OR r.relkind = 'r' AND r.relhassubclass)
                   AND NOT EXISTS (SELECT FROM tables t JOIN pg_catalog.pg_trigger g ON g.tgrelid = t.oid
                                   WHERE NOT g.tgisinternal AND g.tgtype & 3 = 3 AND g.tgtype & 20 <> 0)
                   AND NOT EXISTS (SELECT FROM tables t JOIN pg_catalog.pg_rewrite r ON r.ev_class = t.oid
                                   WHERE r.ev_type <> '1')
                   AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d
                                   LEFT JOIN pg_catalog.pg_type y
                                     ON d.refclassid = 'pg_catalog.pg_type'::regclass AND y.oid = d.refobjid
                                   WHERE d.classid = 'pg_catalog.pg_constraint'::regclass AND d.objid = c.oid
                                     AND d.refclassid <> 'pg_catalog.pg_class'::regclass
                                     AND y.typtype IS DISTINCT FROM 'e')
            FROM pg_catalog.pg_constraint c
            WHERE c.contype = 'c' AND c.conrelid = pg_catalog.to_regclass(?)
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
     * @return those that PostgreSQL enforces, by name
     * @throws SQLException if PostgreSQL fails
     */
    public static List<CheckConstraint> of(Connection connection, Table<?> table) throws SQLException {
        List<CheckConstraint> checks = new ArrayList<>();
        String name = QualifiedName.of(table).toString();
        try (PreparedStatement statement = connection.prepareStatement(CHECKS)) {
            statement.setString(1, name);
            statement.setString(2, name);
            statement.setString(3, name);
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
}
