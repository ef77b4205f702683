package io.docrows.internal.table;

import io.docrows.internal.postgres.Sql;
import io.docrows.mapping.ColumnMapping;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.TableField;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/**
 * What a staged row is compared with, and written as: the columns of one table and the ids of its references, but for
 * those by which the row is found. A column that keeps its old value where a document has none is compared only where
 * the document has one; of a row known by its position it gets its default instead, if that is a constant.
 */
final class RowImage {

    /** Beside columns of the target, which may have any name. */
    private static final String REPLACED_ORD = "docrows_ord";

    private static final String REPLACED_VALUE = "docrows_v";

    private final List<ColumnMapping> columns;
    private final List<Reference> references;
    private final Set<TableField<?, ?>> found;
    private final Map<Integer, Field<?>> resets;

    /**
     * An image.
     *
     * @param columns all columns of the table that are filled from the document
     * @param references all its references
     * @param found the columns by which a row is found
     * @param resets what some columns get, by number, where a document has no value
     */
    RowImage(
            List<ColumnMapping> columns,
            List<Reference> references,
            Set<? extends TableField<?, ?>> found,
            Map<Integer, ? extends Field<?>> resets) {
        this.columns = columns;
        this.references = references;
        this.found = Set.copyOf(found);
        this.resets = Map.copyOf(resets);
    }

    /** Whether there is anything to compare and to update. */
    boolean isEmpty() {
        return columns.stream().allMatch(column -> found.contains(column.column()))
                && references.stream().allMatch(reference -> found.contains(reference.column()));
    }

    /** What a row of the target, {@code row}, is to become, by the staged row {@code stage}. */
    List<Field<?>> wanted(String row, String stage, Function<Reference, Field<?>> id) {
        List<Field<?>> wanted = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            ColumnMapping column = columns.get(i);
            if (!found.contains(column.column())) {
                wanted.add(expected(i, row, stage));
            }
        }
        for (Reference reference : references) {
            if (!found.contains(reference.column())) {
                wanted.add(id.apply(reference));
            }
        }
        return wanted;
    }

    /** What a row of the target is. */
    List<Field<?>> stored(String row, String stage) {
        List<Field<?>> stored = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            ColumnMapping column = columns.get(i);
            if (!found.contains(column.column())) {
                stored.add(comparable(i, row, stage));
            }
        }
        for (Reference reference : references) {
            if (!found.contains(reference.column())) {
                stored.add(Terms.field(row, reference.column()));
            }
        }
        return stored;
    }

    /**
     * Updates the rows that differ from the staged ones, {@code s}.
     *
     * @param rows the table, under the alias {@code row}
     * @param from the staged rows, and what their references lead to
     * @param isRow whether a row is that of a staged one
     * @param id the id that a reference leads to
     * @return a statement that returns the {@code ord} of each
     */
    String update(Table<?> rows, String row, Table<?> from, Condition isRow, Function<Reference, Field<?>> id) {
        if (isEmpty()) {
            return Sql.text(DSL.select(DSL.castNull(SQLDataType.INTEGER)).where(DSL.falseCondition()));
        }
        List<Field<?>> wanted = wanted(row, "s", id);
        Map<Field<?>, Field<?>> updates = new LinkedHashMap<>();
        for (TableField<?, ?> column : targets()) {
            updates.put(Terms.bare(column), wanted.get(updates.size()));
        }
        return Sql.text(Sql.dsl()
                .update(rows)
                .set(updates)
                .from(from)
                .where(isRow)
                .and(Terms.differ(stored(row, "s"), wanted))
                .returning(Terms.staged("s", "ord")));
    }

    /**
     * Deletes the rows that differ from the staged ones, {@code s}, and inserts them again.
     *
     * @param target the table
     * @param row its alias
     * @param from the staged rows, and what their references lead to
     * @param isRow whether a row is that of a staged one
     * @param id the id that a reference leads to
     * @param columns all columns of the table that can be written
     * @return a statement that returns the {@code ord} of each
     */
    String replace(
            Table<?> target,
            String row,
            Table<?> from,
            Condition isRow,
            Function<Reference, Field<?>> id,
            List<String> columns) {
        List<Field<?>> wanted = wanted(row, "s", id);
        List<TableField<?, ?>> targets = targets();
        List<Field<?>> returned =
                new ArrayList<>(List.of(Terms.staged("s", "ord").as(REPLACED_ORD)));
        Map<String, Field<?>> values = new LinkedHashMap<>();
        Set<String> changing = targets.stream().map(TableField::getName).collect(Collectors.toSet());
        columns.forEach(column -> values.put(column, Terms.staged("gone", column)));
        for (TableField<?, ?> column : targets) {
            String name = REPLACED_VALUE + returned.size();
            values.put(column.getName(), Terms.staged("gone", name));
            returned.add(wanted.get(returned.size() - 1).as(name));
        }
        columns.stream()
                .filter(column -> !changing.contains(column))
                .forEach(column -> returned.add(Terms.staged(row, column)));
        String gone = Sql.text(Sql.dsl()
                .deleteFrom(Terms.table(target, row))
                .using(from)
                .where(isRow)
                .and(Terms.differ(stored(row, "s"), wanted))
                .returning(returned));
        String added = Terms.insertAgain(
                target,
                values.keySet(),
                DSL.select(values.values()).from(DSL.table(DSL.name("gone"))).where(Terms.allGone()));
        return "WITH gone AS (" + gone + "), added AS (" + added + " RETURNING 1) SELECT " + REPLACED_ORD
                + " FROM gone";
    }

    /** All columns of a new row, and what they get of a staged one, {@code s}. */
    Map<Field<?>, Field<?>> inserts(Terms terms, Function<Reference, Field<?>> id) {
        Map<Field<?>, Field<?>> inserts = new LinkedHashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            inserts.put(Terms.bare(columns.get(i).column()), inserted(terms, columns.get(i), i, "s"));
        }
        references.forEach(reference -> inserts.put(Terms.bare(reference.column()), id.apply(reference)));
        return inserts;
    }

    /** The columns that are compared and updated. */
    List<TableField<?, ?>> targets() {
        List<TableField<?, ?>> targets = new ArrayList<>();
        columns.forEach(column -> targets.add(column.column()));
        references.forEach(reference -> targets.add(reference.column()));
        targets.removeIf(found::contains);
        return targets;
    }

    /** What one column is to become. */
    Field<?> expected(int number, String row, String stage) {
        ColumnMapping column = columns.get(number);
        Field<Object> value = Terms.staged(stage, "c" + number);
        if (!column.keepsOldValue()) {
            return value;
        }
        Field<?> reset = resets.get(number);
        return DSL.coalesce(value, reset == null ? Terms.field(row, column.column()) : reset);
    }

    /** What one column is, as far as it is compared. */
    Field<?> comparable(int number, String row, String stage) {
        ColumnMapping column = columns.get(number);
        Field<Object> value = Terms.field(row, column.column());
        return column.keepsOldValue() ? DSL.coalesce(value, Terms.staged(stage, "c" + number)) : value;
    }

    /** What one column of a row that may be new is to hold; of a new one the columns {@code row} are NULL. */
    static Field<?> written(Terms terms, ColumnMapping column, int number, String row, String stage) {
        return DSL.coalesce(
                Terms.staged(stage, "c" + number), Terms.field(row, column.column()), terms.defaultOf(column.column()));
    }

    /** What a new row gets for one column. */
    static Field<?> inserted(Terms terms, ColumnMapping column, int number, String stage) {
        Field<Object> value = Terms.staged(stage, "c" + number);
        return column.keepsOldValue() ? DSL.coalesce(value, terms.defaultOf(column.column())) : value;
    }
}
