package io.docrows.codegen;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jooq.TableOptions.TableType;
import org.jooq.meta.ColumnDefinition;
import org.jooq.meta.DefaultColumnDefinition;
import org.jooq.meta.TableDefinition;
import org.jooq.meta.postgres.PostgresTableDefinition;

/** A table or view whose columns are what PostgreSQL's catalog says they are. Not thread-safe. */
final class TrueTable extends PostgresTableDefinition {

    private TrueTable(TableDefinition table) {
        super(
                table.getSchema(),
                table.getName(),
                table.getComment(),
                table.isView() ? TableType.VIEW : TableType.TABLE,
                null);
    }

    /**
     * The same tables, those of other kinds as they were. Functions that return rows are left out: nothing can be
     * loaded into them, and those of citext do not compile.
     */
    static List<TableDefinition> of(List<TableDefinition> tables) {
        Map<TableDefinition, PostgresTableDefinition> made = new IdentityHashMap<>();
        List<TableDefinition> all = new ArrayList<>();
        for (TableDefinition table : tables) {
            if (table.getClass() == PostgresTableDefinition.class) {
                TrueTable same = new TrueTable(table);
                made.put(table, same);
                all.add(same);
            } else if (!table.isTableValuedFunction()) {
                all.add(table);
            }
        }
        made.forEach((table, same) -> {
            PostgresTableDefinition parent = made.get(table.getParentTable());
            if (parent != null) {
                same.setParentTable(parent);
                parent.getChildTables().add(same);
            }
        });
        return all;
    }

    @Override
    public List<ColumnDefinition> getElements0() throws SQLException {
        Map<String, TrueType> catalog =
                TrueType.ofColumns(getDatabase().create(), getSchema().getName(), getName());
        List<ColumnDefinition> columns = new ArrayList<>();
        for (ColumnDefinition column : super.getElements0()) {
            TrueType type = catalog.get(column.getName());
            columns.add(type == null || !isTold(column, type) ? column : corrected(column, type));
        }
        return columns;
    }

    /** Whether jOOQ may have been told something else. */
    private boolean isTold(ColumnDefinition column, TrueType type) {
        return type.domain() != null
                || type.generated()
                || (type.scale() != null && type.scale() < 0)
                || column.getDefinedType().isNullable() == type.notNull();
    }

    private ColumnDefinition corrected(ColumnDefinition column, TrueType type) {
        // Whatever the type of a view's column refuses, an outer join makes a NULL of it.
        boolean nullable = isView() || !type.notNull();
        return new DefaultColumnDefinition(
                column.getContainer(),
                column.getName(),
                column.getPosition(),
                type.ofColumn(getDatabase(), nullable, column.isIdentity()),
                column.isIdentity(),
                type.generated(),
                column.getComment());
    }
}
