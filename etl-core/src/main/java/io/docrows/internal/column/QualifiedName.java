package io.docrows.internal.column;

import org.jooq.Name;
import org.jooq.Schema;
import org.jooq.Table;
import org.jooq.TableField;
import org.jooq.impl.DSL;

/** Names with their schema, as generated: what is loaded must not depend on the connection's search path. */
public final class QualifiedName {

    private QualifiedName() {}

    /**
     * A table's name with its schema.
     *
     * @param table a generated table
     * @return the name
     */
    public static Name of(Table<?> table) {
        Schema schema = table.getSchema();
        return schema == null || schema.getName().isEmpty()
                ? table.getUnqualifiedName()
                : DSL.name(schema.getName(), table.getName());
    }

    /**
     * The table that a column belongs to.
     *
     * @param column a generated column
     * @return its table
     * @throws IllegalArgumentException if it has none
     */
    public static Table<?> tableOf(TableField<?, ?> column) {
        Table<?> table = column.getTable();
        if (table == null) {
            throw new IllegalArgumentException(column + " belongs to no table");
        }
        return table;
    }

    /**
     * A table's name for people: {@code schema.table}.
     *
     * @param table a generated table
     * @return the text, without quotes
     */
    public static String text(Table<?> table) {
        return of(table).unquotedName().toString();
    }

    /**
     * A column's name for people: {@code schema.table.column}.
     *
     * @param column a generated column
     * @return the text, without quotes
     */
    public static String text(TableField<?, ?> column) {
        return text(tableOf(column)) + "." + column.getName();
    }
}
