package io.docrows.internal.table;

import io.docrows.mapping.ChildMapping.ParentColumn;
import io.docrows.mapping.ColumnMapping;
import io.docrows.mapping.TableMapping;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.TableField;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * What a unique constraint or index compares, in the target's rows and in staged ones: of a child table, or of the
 * documents' own table where {@link UniqueConstraint} does not find it. References are compared by the natural keys
 * that they lead to, for the rows may not be there yet. A staged value that keeps what a row has is not known, and left
 * out. Immutable and thread-safe.
 */
public final class UniqueValues implements ContestedValues {

    private final RowTable documents;
    private final @Nullable ChildTable table;
    private final List<ComparedValue> values;
    private final boolean withinDocument;

    private UniqueValues(
            RowTable documents, @Nullable ChildTable table, List<ComparedValue> values, boolean withinDocument) {
        this.documents = documents;
        this.table = table;
        this.values = values;
        this.withinDocument = withinDocument;
    }

    /**
     * All that can be told before rows are written.
     *
     * @param tree the tables of a mapping
     * @return what is unique in each of them beside keys and identities
     */
    public static List<UniqueValues> of(TableTree tree) {
        List<UniqueValues> all = new ArrayList<>();
        RowTable documents = tree.documents();
        Set<Set<String>> found = UniqueConstraint.of(documents.mapping()).stream()
                .map(unique -> unique.columns().stream()
                        .map(number -> documents
                                .mapping()
                                .columns()
                                .get(number)
                                .column()
                                .getName())
                        .collect(Collectors.toSet()))
                .collect(Collectors.toCollection(HashSet::new));
        found.add(names(documents.mapping().key()));
        for (List<TableField<?, ?>> columns :
                UniqueConstraint.columns(documents.mapping().table())) {
            if (found.add(names(columns))) {
                of(documents, null, columns).ifPresent(all::add);
            }
        }
        for (ChildTable child : tree.children()) {
            List<TableField<?, ?>> identity = new ArrayList<>(child.mapping().identity());
            child.up().forEach(column -> identity.add(column.column()));
            Set<Set<String>> ofChild = new HashSet<>(Set.of(names(identity)));
            for (List<TableField<?, ?>> columns :
                    UniqueConstraint.columns(child.mapping().table())) {
                if (ofChild.add(names(columns))) {
                    of(documents, child, columns).ifPresent(all::add);
                }
            }
        }
        return all;
    }

    private static Set<String> names(List<? extends TableField<?, ?>> columns) {
        return columns.stream().map(TableField::getName).collect(Collectors.toSet());
    }

    private static Optional<UniqueValues> of(
            RowTable documents, @Nullable ChildTable child, List<TableField<?, ?>> columns) {
        List<TableField<?, ?>> parents = child == null
                ? List.of()
                : child.up().stream()
                        .<TableField<?, ?>>map(ParentColumn::column)
                        .toList();
        boolean within = !parents.isEmpty() && names(columns).containsAll(names(parents));
        List<ComparedValue> values = new ArrayList<>();
        if (within && child != null) {
            values.addAll(ComparedValue.ofParent(child));
        }
        for (TableField<?, ?> column : columns) {
            if (within && parents.contains(column)) {
                continue;
            }
            ComparedValue value = value(documents, child, column);
            if (value == null) {
                return Optional.empty();
            }
            values.add(value);
        }
        return Optional.of(new UniqueValues(documents, child, List.copyOf(values), within));
    }

    private static @Nullable ComparedValue value(
            RowTable documents, @Nullable ChildTable child, TableField<?, ?> column) {
        TableMapping mapping = child == null ? documents.mapping() : child.mapping();
        String row = child == null ? "t" : "z";
        for (int i = 0; i < mapping.columns().size(); i++) {
            ColumnMapping mapped = mapping.columns().get(i);
            if (mapped.column().equals(column)) {
                return ComparedValue.ofColumn(Terms.staged("s", "c" + i), Terms.field(row, column), column);
            }
        }
        for (Reference reference : child == null ? documents.references() : child.references()) {
            if (reference.column().equals(column)) {
                return ComparedValue.ofReference(documents.terms(), reference, row);
            }
        }
        return null;
    }

    @Override
    public List<Field<Object>> of(String alias) {
        return ComparedValue.of(values, alias);
    }

    @Override
    public Select<?> staged() {
        List<Field<?>> columns = new ArrayList<>(List.of(Terms.staged("s", "ord")));
        columns.addAll(ComparedValue.named(values, ComparedValue::staged, "v"));
        Table<?> from = table == null ? documents.documents("s") : table.staged("s");
        return ComparedValue.present(values, DSL.select(columns).from(from));
    }

    @Override
    public Optional<Select<?>> stored(List<? extends TableField<?, ?>> key) {
        if (withinDocument) {
            return Optional.empty();
        }
        List<Field<?>> columns = new ArrayList<>();
        List<Condition> present = new ArrayList<>();
        for (TableField<?, ?> column : key) {
            Field<?> field = Terms.field("t", column);
            present.add(field.isNotNull());
            columns.add(field.as("c" + columns.size()));
        }
        columns.addAll(ComparedValue.named(values, ComparedValue::stored, "v"));
        Table<?> from = documents.rows("t");
        if (table != null) {
            from = table.rowsAbove(from).join(table.rows("z")).on(table.isChildOf("z", table.above()));
        }
        return Optional.of(
                ComparedValue.present(values, DSL.select(columns).from(from).where(present)));
    }

    @Override
    public Condition equal(String one, String other) {
        return ComparedValue.equal(values, documents.terms(), one, other, false);
    }
}
