package io.docrows.internal.target;

import io.docrows.internal.column.QualifiedName;
import io.docrows.internal.column.TargetType;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jooq.Table;
import org.jspecify.annotations.Nullable;

/**
 * What the target's catalog says of a column. A domain is followed down to the type below it, through other domains.
 * Immutable.
 *
 * @param notNull whether the column, or a domain that it is of, refuses NULL
 * @param computed whether PostgreSQL computes it ({@code GENERATED ALWAYS AS})
 * @param identity {@code a} for {@code GENERATED ALWAYS AS IDENTITY}, {@code d} for {@code BY DEFAULT}, else empty
 * @param defaultExpression what a row gets that names no value, as SQL: the column's own default, or that of its type
 * @param sequence the sequence that fills it, as a name for {@code nextval}
 * @param typeName the type as it is declared
 * @param type the type below all domains
 * @param labels those of an enum, or of an array of enums
 */
record TargetColumn(
        boolean notNull,
        boolean computed,
        String identity,
        @Nullable String defaultExpression,
        @Nullable String sequence,
        String typeName,
        TargetType type,
        List<String> labels) {

    /**
     * A literal, with a cast or without, as pg_get_expr writes it. With two casts it may depend on the time:
     * {@code ('now'::text)::date}.
     */
    private static final Pattern CONSTANT = Pattern.compile(
            "\\(?(B?'([^']|'')*+'|-?[0-9.]++|true|false|ARRAY\\[])\\)?(::[\\w$ .,\"()\\[\\]]+)?",
            Pattern.UNICODE_CHARACTER_CLASS);

    /** A domain's default is no column's default, hence not in pg_attrdef; an identity has none at all. */
    private static final String COLUMNS = """
            WITH RECURSIVE followed AS (
              SELECT a.attnum, a.atttypid AS typid, a.atttypmod AS typmod, false AS notnull
              FROM pg_catalog.pg_attribute a
              WHERE a.attrelid = pg_catalog.to_regclass(?) AND a.attnum > 0 AND NOT a.attisdropped
              UNION ALL
              SELECT f.attnum, t.typbasetype, CASE WHEN f.typmod = -1 THEN t.typtypmod ELSE f.typmod END,
                     f.notnull OR t.typnotnull
              FROM followed f JOIN pg_catalog.pg_type t ON t.oid = f.typid WHERE t.typtype = 'd'
            )
            SELECT a.attname, a.attnotnull OR f.notnull AS not_null, a.attgenerated <> '' AS computed, a.attidentity,
                   CASE WHEN a.attgenerated = '' THEN COALESCE(
                       pg_catalog.pg_get_expr(d.adbin, d.adrelid),
                       CASE WHEN a.attidentity <> '' THEN 'pg_catalog.nextval(' || pg_catalog.quote_literal(q.name) || ')' END,
                       pg_catalog.pg_get_expr(t.typdefaultbin, 0),
                       pg_catalog.quote_literal(t.typdefault) || '::' || pg_catalog.format_type(t.oid, NULL))
                   END AS default_expression,
                   q.name AS own_sequence,
                   pg_catalog.format_type(a.atttypid, a.atttypmod) AS type_name,
                   b.oid::int8 AS number, bn.nspname AS schema, b.typname AS name, b.typcategory AS category,
                   f.typmod AS modifier, pg_catalog.quote_ident(bn.nspname) AS quoted_schema,
                   pg_catalog.quote_ident(b.typname) AS quoted_name,
                   et.oid::int8 AS element_base, e.number::int8 AS element_number, en.nspname AS element_schema, et.typname AS element_name,
                   et.typcategory AS element_category, e.modifier AS element_modifier,
                   pg_catalog.quote_ident(en.nspname) AS quoted_element_schema,
                   pg_catalog.quote_ident(et.typname) AS quoted_element_name,
                   ARRAY(SELECT l.enumlabel::text FROM pg_catalog.pg_enum l WHERE l.enumtypid = COALESCE(et.oid, b.oid)
                         ORDER BY l.enumsortorder) AS labels
            FROM followed f
            JOIN pg_catalog.pg_type b ON b.oid = f.typid AND b.typtype <> 'd'
            JOIN pg_catalog.pg_namespace bn ON bn.oid = b.typnamespace
            LEFT JOIN LATERAL (
              WITH RECURSIVE below AS (
                SELECT b.typelem AS number, b.typelem AS typid, f.typmod AS modifier WHERE b.typcategory = 'A'
                UNION ALL
                SELECT w.number, t.typbasetype, t.typtypmod
                FROM below w JOIN pg_catalog.pg_type t ON t.oid = w.typid WHERE t.typtype = 'd')
              SELECT * FROM below
            ) e ON EXISTS (SELECT FROM pg_catalog.pg_type t WHERE t.oid = e.typid AND t.typtype <> 'd')
            LEFT JOIN pg_catalog.pg_type et ON et.oid = e.typid
            LEFT JOIN pg_catalog.pg_namespace en ON en.oid = et.typnamespace
            JOIN pg_catalog.pg_attribute a ON a.attrelid = pg_catalog.to_regclass(?) AND a.attnum = f.attnum
            JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
            LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
            CROSS JOIN LATERAL (
              SELECT pg_catalog.pg_get_serial_sequence(a.attrelid::regclass::text, a.attname) AS name
            ) q
            """;

    /**
     * The default, if it is the same each time.
     *
     * @return an expression of the column's very type; null if there is no default, or one that has to be evaluated
     */
    @Nullable String constantDefault() {
        return defaultExpression != null && CONSTANT.matcher(defaultExpression).matches()
                ? "(" + defaultExpression + ")::" + typeName
                : null;
    }

    /**
     * The columns of a table.
     *
     * @param connection a connection to the target
     * @param table a generated table
     * @return its columns by name; empty if there is no such table
     * @throws SQLException if the catalog cannot be read
     */
    static Map<String, TargetColumn> of(Connection connection, Table<?> table) throws SQLException {
        Map<String, TargetColumn> columns = new HashMap<>();
        String name = QualifiedName.of(table).toString();
        try (PreparedStatement statement = connection.prepareStatement(COLUMNS)) {
            statement.setString(1, name);
            statement.setString(2, name);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    columns.put(rows.getString("attname"), read(rows));
                }
            }
        }
        return columns;
    }

    private static TargetColumn read(ResultSet row) throws SQLException {
        return new TargetColumn(
                row.getBoolean("not_null"),
                row.getBoolean("computed"),
                row.getString("attidentity"),
                row.getString("default_expression"),
                row.getString("own_sequence"),
                row.getString("type_name"),
                type(row),
                List.of((String[]) row.getArray("labels").getArray()));
    }

    private static TargetType type(ResultSet row) throws SQLException {
        String elementName = row.getString("element_name");
        TargetType element = elementName == null
                ? null
                : new TargetType(
                        row.getLong("element_base"),
                        row.getString("element_schema"),
                        elementName,
                        row.getString("element_category"),
                        row.getInt("element_modifier"),
                        row.getString("quoted_element_schema") + "." + row.getString("quoted_element_name"),
                        null,
                        0);
        return new TargetType(
                row.getLong("number"),
                row.getString("schema"),
                row.getString("name"),
                row.getString("category"),
                row.getInt("modifier"),
                row.getString("quoted_schema") + "." + row.getString("quoted_name"),
                element,
                row.getLong("element_number"));
    }

    /** Whether a row that names no value for it is refused. */
    boolean isDemanded() {
        return notNull && !computed && defaultExpression == null;
    }

    /** Why no value of a document can be written here, or null if one can. */
    @Nullable String refusesValues() {
        if (computed) {
            return "is computed by PostgreSQL (GENERATED ALWAYS AS), which takes no value for it: leave it out of the"
                    + " mapping";
        }
        return identity.equals("a")
                ? "is GENERATED ALWAYS AS IDENTITY, so that PostgreSQL takes no value for it: make it GENERATED BY"
                        + " DEFAULT, or leave it out of the mapping"
                : null;
    }
}
