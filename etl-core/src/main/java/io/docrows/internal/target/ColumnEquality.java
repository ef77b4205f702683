package io.docrows.internal.target;

import io.docrows.internal.column.QualifiedName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.jooq.Table;
import org.jooq.TableField;
import org.jspecify.annotations.Nullable;

/**
 * Equality as a column's own type defines it: the operator with which its unique indexes compare, that is the one of
 * the type's default operator class, named with its schema. For types of extensions (citext, ltree) nothing else will
 * do. Where their schema is not on the search path, {@code =} means the equality of a type that they convert to, so
 * that {@code 'Java'} and {@code 'java'} are two values; where it is, whoever may create there could add an operator
 * that fits better. Immutable.
 *
 * @param operator the operator between two values, with its spaces
 * @param ofExtension whether the operator is not one of PostgreSQL's own
 * @param type the type's name with its schema, for casts
 * @param exact whether values are equal only if they are the same, of types whose values a program tells apart as the
 *     database does: text under a deterministic collation, whole numbers
 */
public record ColumnEquality(String operator, boolean ofExtension, String type, boolean exact) {

    /**
     * B-tree (403, strategy 3) before hash (405, strategy 1). Enums, arrays, and types that are another one in all but
     * name (varchar) have no class of their own; PostgreSQL's {@code =} compares them.
     */
    private static final String OF_TABLE = """
            WITH RECURSIVE base (attname, column_type, oid) AS (
              SELECT a.attname::text, a.atttypid, a.atttypid
              FROM pg_catalog.pg_attribute a
              WHERE a.attrelid = to_regclass(?) AND a.attnum > 0 AND NOT a.attisdropped
              UNION ALL
              SELECT b.attname, b.column_type, t.typbasetype
              FROM base b JOIN pg_catalog.pg_type t ON t.oid = b.oid WHERE t.typtype = 'd')
            SELECT b.attname, quote_ident(n.nspname) || '.' || quote_ident(c.typname),
                   (SELECT quote_ident(s.nspname) || '.' || o.oprname
                    FROM pg_catalog.pg_opclass k
                    JOIN pg_catalog.pg_amop m ON m.amopfamily = k.opcfamily AND m.amoplefttype = k.opcintype
                      AND m.amoprighttype = k.opcintype AND m.amopmethod = k.opcmethod
                    JOIN pg_catalog.pg_operator o ON o.oid = m.amopopr
                    JOIN pg_catalog.pg_namespace s ON s.oid = o.oprnamespace
                    WHERE k.opcintype = t.oid AND k.opcdefault
                      AND (k.opcmethod, m.amopstrategy) IN ((403, 3), (405, 1))
                    ORDER BY k.opcmethod LIMIT 1),
                   t.oid IN (20, 21, 23, 25, 1043) AND COALESCE(l.collisdeterministic, true)
            FROM base b
            JOIN pg_catalog.pg_type t ON t.oid = b.oid AND t.typtype <> 'd'
            JOIN pg_catalog.pg_type c ON c.oid = b.column_type
            JOIN pg_catalog.pg_namespace n ON n.oid = c.typnamespace
            JOIN pg_catalog.pg_attribute a ON a.attrelid = to_regclass(?) AND a.attname = b.attname
            LEFT JOIN pg_catalog.pg_collation l ON l.oid = a.attcollation
            """;

    /**
     * Those of a table's columns.
     *
     * @param connection a session of ours, whose search path is PostgreSQL's own schema
     * @param table a generated table
     * @return an equality for each column that the table has, by the column's name
     * @throws SQLException if the catalog cannot be read
     */
    public static Map<String, ColumnEquality> of(Connection connection, Table<?> table) throws SQLException {
        Map<String, ColumnEquality> equalities = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(OF_TABLE)) {
            statement.setString(1, QualifiedName.of(table).toString());
            statement.setString(2, QualifiedName.of(table).toString());
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    equalities.put(rows.getString(1), of(rows.getString(3), rows.getString(2), rows.getBoolean(4)));
                }
            }
        }
        return equalities;
    }

    /**
     * That of one column.
     *
     * @param connection a session of ours, whose search path is PostgreSQL's own schema
     * @param column a generated column
     * @return its equality
     * @throws SQLException if the catalog cannot be read
     * @throws IllegalStateException if the target has no such column
     */
    public static ColumnEquality of(Connection connection, TableField<?, ?> column) throws SQLException {
        ColumnEquality equality = of(connection, QualifiedName.tableOf(column)).get(column.getName());
        if (equality == null) {
            throw new IllegalStateException("the target has no column " + QualifiedName.text(column));
        }
        return equality;
    }

    private static ColumnEquality of(@Nullable String operator, String type, boolean exact) {
        boolean ofExtension = operator != null && !operator.startsWith("pg_catalog.");
        return new ColumnEquality(ofExtension ? " OPERATOR(" + operator + ") " : " = ", ofExtension, type, exact);
    }

    /**
     * The condition that two values are equal; unknown if one of them is NULL.
     *
     * @param left an SQL expression
     * @param right another one
     * @return the condition
     */
    public String equal(String left, String right) {
        return left + operator + right;
    }

    /**
     * The condition that two values differ; unknown if one of them is NULL.
     *
     * @param left an SQL expression
     * @param right another one
     * @return the condition
     */
    public String differ(String left, String right) {
        return ofExtension ? "NOT (" + equal(left, right) + ")" : left + " <> " + right;
    }

    /**
     * The condition that two values differ, where NULL is a value as any other.
     *
     * @param left an SQL expression
     * @param right another one
     * @return the condition, never unknown
     */
    public String distinct(String left, String right) {
        return ofExtension
                ? "((" + equal(left, right) + ") IS NOT TRUE AND (" + left + " IS NOT NULL OR " + right
                        + " IS NOT NULL))"
                : left + " IS DISTINCT FROM " + right;
    }

    /**
     * A text as a value of the column's type.
     *
     * @param text an SQL expression
     * @return the cast
     */
    public String cast(String text) {
        return text + "::" + type;
    }
}
