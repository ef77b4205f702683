package io.docrows.scaffold.internal.design;

import java.util.List;
import java.util.Optional;

/**
 * A table, and how a row of it is read. Immutable.
 *
 * @param name its name
 * @param collection the collection that its rows come from
 * @param notes what its rows are
 * @param columns its columns
 * @param primaryKey the names of the columns of its key
 * @param parent the table above it; empty for the documents' own
 * @param steps the calls of its mapping
 */
public record TableDesign(
        String name,
        String collection,
        List<String> notes,
        List<ColumnDesign> columns,
        List<String> primaryKey,
        Optional<Parent> parent,
        List<Step> steps) {

    /**
     * The table above.
     *
     * @param table its name
     * @param columns the columns that lead there
     * @param key the columns of its key
     */
    public record Parent(String table, List<String> columns, List<String> key) {

        /** Copies the lists. */
        public Parent {
            columns = List.copyOf(columns);
            key = List.copyOf(key);
        }
    }

    /** Copies the lists. */
    public TableDesign {
        notes = List.copyOf(notes);
        columns = List.copyOf(columns);
        primaryKey = List.copyOf(primaryKey);
        steps = List.copyOf(steps);
    }

    /** This table and all below it, each after its parent. */
    public List<TableDesign> tree() {
        java.util.ArrayList<TableDesign> all = new java.util.ArrayList<>(List.of(this));
        for (Step step : steps) {
            if (step instanceof Step.Rows rows) {
                all.addAll(rows.table().tree());
            }
        }
        return all;
    }

    /** A column. */
    public ColumnDesign column(String column) {
        return columns.stream()
                .filter(one -> one.name().equals(column))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no column " + column + " in " + name));
    }
}
