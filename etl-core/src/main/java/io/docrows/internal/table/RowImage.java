package io.docrows.internal.table;

import io.docrows.mapping.ColumnMapping;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jooq.Field;
import org.jooq.TableField;
import org.jooq.impl.DSL;

/**
 * What a staged row is compared with, and written as: the columns of one table and the ids of its references, but for
 * those by which the row is found. A column that keeps its old value where a document has none is compared only where
 * the document has one.
 */
final class RowImage {

    private final List<ColumnMapping> columns;
    private final List<Reference> references;
    private final Set<TableField<?, ?>> found;

    /**
     * An image.
     *
     * @param columns all columns of the table that are filled from the document
     * @param references all its references
     * @param found the columns by which a row is found
     */
    RowImage(List<ColumnMapping> columns, List<Reference> references, Set<? extends TableField<?, ?>> found) {
        this.columns = columns;
        this.references = references;
        this.found = Set.copyOf(found);
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

    /** The columns to update, and their new values. */
    Map<Field<?>, Field<?>> updates(String row, String stage, Function<Reference, Field<?>> id) {
        Map<Field<?>, Field<?>> updates = new LinkedHashMap<>();
        List<Field<?>> wanted = wanted(row, stage, id);
        int next = 0;
        for (TableField<?, ?> column : targets()) {
            updates.put(Terms.bare(column), wanted.get(next++));
        }
        return updates;
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
        return column.keepsOldValue() ? DSL.coalesce(value, Terms.field(row, column.column())) : value;
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
