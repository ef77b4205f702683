package io.docrows.internal.target;

import io.docrows.internal.column.QualifiedName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jooq.TableField;
import org.jspecify.annotations.Nullable;

/**
 * Whether rows can be found by columns, and conflicts over them settled: whether a unique index says so. One over
 * expressions is unique in more than its columns.
 */
final class UniqueIndex {

    private static final String INDEXES = """
            SELECT c.relname, i.indisvalid, i.indimmediate, i.indpred IS NOT NULL AS partial
            FROM pg_catalog.pg_index i
            JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
            WHERE i.indrelid = pg_catalog.to_regclass(?) AND i.indisunique AND i.indexprs IS NULL
              AND ARRAY(SELECT a.attname::text FROM unnest(i.indkey[0:i.indnkeyatts - 1]) WITH ORDINALITY k (attnum, place)
                        JOIN pg_catalog.pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
                        ORDER BY 1) = ARRAY(SELECT unnest(?::text[]) ORDER BY 1)
            ORDER BY 4, 3, 2, 1
            """;

    private UniqueIndex() {}

    /**
     * What keeps columns from being a key.
     *
     * @return what is wrong, to follow the columns' names, or null if an index makes them unique
     */
    static @Nullable String problem(Connection connection, List<? extends TableField<?, ?>> columns)
            throws SQLException {
        String problem = "has no unique index";
        try (PreparedStatement statement = connection.prepareStatement(INDEXES)) {
            statement.setString(
                    1, QualifiedName.of(QualifiedName.tableOf(columns.get(0))).toString());
            statement.setArray(
                    2,
                    connection.createArrayOf(
                            "text", columns.stream().map(TableField::getName).toArray()));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    String index = rows.getString("relname");
                    if (rows.getBoolean("partial")) {
                        problem = "is unique in some of its rows only: the index " + index
                                + " has a condition. It needs a unique index without one";
                    } else if (!rows.getBoolean("indimmediate")) {
                        problem = "is unique by the constraint " + index + " only, which is DEFERRABLE, so that"
                                + " PostgreSQL cannot settle conflicts by it: make it NOT DEFERRABLE, or add a unique"
                                + " index";
                    } else if (!rows.getBoolean("indisvalid")) {
                        problem = "has the unique index " + index + ", which is not valid: REINDEX it";
                    } else {
                        return null;
                    }
                }
            }
        }
        return problem;
    }
}
