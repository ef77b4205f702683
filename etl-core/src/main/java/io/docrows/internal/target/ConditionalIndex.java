package io.docrows.internal.target;

import io.docrows.internal.column.QualifiedName;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jooq.Table;
import org.jspecify.annotations.Nullable;

/**
 * A unique index of some rows only, or of what expressions make of them. Its expressions name columns of the table
 * without the table's name. Immutable.
 *
 * @param name the index's name
 * @param keys what is unique
 * @param condition which rows it concerns, or null if that is all of them
 * @param columns the names of all columns that the keys and the condition look at
 * @param nullsEqual whether two rows with NULL have the same value
 */
public record ConditionalIndex(
        String name, List<Key> keys, @Nullable String condition, List<String> columns, boolean nullsEqual) {

    private static final String INDEXES = """
            SELECT c.relname,
                   ARRAY(SELECT a.attname::text FROM generate_series(1, i.indnkeyatts) k LEFT JOIN pg_catalog.pg_attribute a
                         ON a.attrelid = i.indrelid AND a.attnum = i.indkey[k - 1] AND a.attnum <> 0 ORDER BY k),
                   ARRAY(SELECT '(' || pg_catalog.pg_get_indexdef(i.indexrelid, k, false) || ')'
                                || CASE WHEN l.collname <> 'default' THEN pg_catalog.format(' COLLATE %I.%I', n.nspname, l.collname)
                                   ELSE '' END
                         FROM generate_series(1, i.indnkeyatts) k
                         LEFT JOIN pg_catalog.pg_collation l ON l.oid = i.indcollation[k - 1]
                         LEFT JOIN pg_catalog.pg_namespace n ON n.oid = l.collnamespace ORDER BY k),
                   pg_catalog.pg_get_expr(i.indpred, i.indrelid),
                   ARRAY(SELECT DISTINCT a.attname::text FROM pg_catalog.pg_depend d
                         JOIN pg_catalog.pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
                         WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = i.indexrelid
                           AND d.refclassid = 'pg_catalog.pg_class'::regclass AND d.refobjid = i.indrelid AND d.refobjsubid > 0),
                   pg_catalog.pg_get_indexdef(i.indexrelid) LIKE '%NULLS NOT DISTINCT%'
            FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
            WHERE i.indrelid = pg_catalog.to_regclass(?) AND i.indisunique AND i.indisvalid
              AND (i.indpred IS NOT NULL OR i.indexprs IS NOT NULL)
              AND NOT EXISTS (SELECT FROM pg_catalog.unnest(i.indclass::oid[]) o (oid) JOIN pg_catalog.pg_opclass p ON p.oid = o.oid
                              WHERE NOT p.opcdefault AND p.opcname NOT LIKE '%pattern_ops')
            ORDER BY 1
            """;

    /**
     * One of the values that are unique together.
     *
     * @param column the name of the column, or null if it is no column
     * @param expression the column or expression as SQL, in brackets
     */
    public record Key(@Nullable String column, String expression) {}

    /** Copies the lists. */
    public ConditionalIndex {
        keys = List.copyOf(keys);
        columns = List.copyOf(columns);
    }

    /**
     * Reads those of a table.
     *
     * @param connection the connection to use
     * @param table the table
     * @return the indexes by name, without those that compare in a way of their own
     * @throws SQLException if PostgreSQL fails
     */
    public static List<ConditionalIndex> of(Connection connection, Table<?> table) throws SQLException {
        List<ConditionalIndex> indexes = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(INDEXES)) {
            statement.setString(1, QualifiedName.of(table).toString());
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    @Nullable String[] columns = texts(rows.getArray(2));
                    @Nullable String[] expressions = texts(rows.getArray(3));
                    List<Key> keys = new ArrayList<>();
                    for (int i = 0; i < columns.length; i++) {
                        keys.add(new Key(columns[i], String.valueOf(expressions[i])));
                    }
                    indexes.add(new ConditionalIndex(
                            rows.getString(1),
                            keys,
                            rows.getString(4),
                            Arrays.stream(texts(rows.getArray(5)))
                                    .map(String::valueOf)
                                    .toList(),
                            rows.getBoolean(6)));
                }
            }
        }
        return indexes;
    }

    private static @Nullable String[] texts(Array array) throws SQLException {
        return (@Nullable String[]) array.getArray();
    }
}
