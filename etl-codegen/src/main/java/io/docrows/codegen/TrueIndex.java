package io.docrows.codegen;

import java.util.ArrayList;
import java.util.List;
import org.jooq.Record;
import org.jooq.SortOrder;
import org.jooq.meta.AbstractIndexDefinition;
import org.jooq.meta.ColumnDefinition;
import org.jooq.meta.Database;
import org.jooq.meta.DefaultIndexColumnDefinition;
import org.jooq.meta.IndexColumnDefinition;
import org.jooq.meta.SchemaDefinition;
import org.jooq.meta.TableDefinition;
import org.jspecify.annotations.Nullable;

/**
 * An index over columns of all rows, as PostgreSQL's catalog knows it. One that holds some rows only is left out, as no
 * class can say so, and jOOQ takes it for a whole one; one that merely includes columns is there, without those.
 */
final class TrueIndex extends AbstractIndexDefinition {

    private static final String INDEXES = """
            SELECT n.nspname AS schema_name, t.relname AS table_name, c.relname AS index_name,
                   i.indisunique AS is_unique,
                   ARRAY(SELECT a.attname::text FROM generate_series(0, i.indnkeyatts - 1) k
                         LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[k]
                           AND a.attnum > 0 ORDER BY k) AS columns,
                   ARRAY(SELECT i.indoption[k] & 1 = 1 FROM generate_series(0, i.indnkeyatts - 1) k ORDER BY k) AS descending
            FROM pg_catalog.pg_index i
            JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
            JOIN pg_catalog.pg_class t ON t.oid = i.indrelid
            JOIN pg_catalog.pg_namespace n ON n.oid = t.relnamespace
            WHERE n.nspname = ANY (?) AND i.indpred IS NULL
              AND (? OR NOT EXISTS (SELECT FROM pg_catalog.pg_constraint x WHERE x.conindid = c.oid AND x.contype IN ('p', 'u', 'x')))
            ORDER BY 1, 2, 3
            """;

    private final List<IndexColumnDefinition> columns = new ArrayList<>();

    private TrueIndex(SchemaDefinition schema, String name, TableDefinition table, boolean unique) {
        super(schema, name, table, unique);
    }

    /** All of a database's. */
    static List<TrueIndex> of(Database database) {
        List<TrueIndex> indexes = new ArrayList<>();
        String[] schemas = database.getInputSchemata().toArray(String[]::new);
        for (Record row : database.create().fetch(INDEXES, schemas, database.getIncludeSystemIndexes())) {
            SchemaDefinition schema = database.getSchema(row.get("schema_name", String.class));
            TableDefinition table =
                    schema == null ? null : database.getTable(schema, row.get("table_name", String.class));
            TrueIndex index = table == null ? null : of(schema, table, row);
            if (index != null) {
                indexes.add(index);
            }
        }
        return indexes;
    }

    private static @Nullable TrueIndex of(SchemaDefinition schema, TableDefinition table, Record row) {
        TrueIndex index =
                new TrueIndex(schema, row.get("index_name", String.class), table, row.get("is_unique", Boolean.class));
        String[] names = row.get("columns", String[].class);
        Boolean[] descending = row.get("descending", Boolean[].class);
        for (int i = 0; i < names.length; i++) {
            ColumnDefinition column = names[i] == null ? null : table.getColumn(names[i]);
            if (column == null) {
                return null;
            }
            SortOrder order = descending[i] ? SortOrder.DESC : SortOrder.ASC;
            index.columns.add(new DefaultIndexColumnDefinition(index, column, order, i + 1));
        }
        return index;
    }

    @Override
    protected List<IndexColumnDefinition> getIndexColumns0() {
        return columns;
    }
}
