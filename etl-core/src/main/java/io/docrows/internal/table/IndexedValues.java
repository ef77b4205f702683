package io.docrows.internal.table;

import io.docrows.internal.target.ConditionalIndex;
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
import org.jooq.SelectFieldOrAsterisk;
import org.jooq.Table;
import org.jooq.TableField;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * What a unique index with a condition, or of expressions, compares. The server evaluates both over what would be
 * written, {@code q}. References are compared by the natural keys that they lead to. Immutable and thread-safe.
 */
public final class IndexedValues implements ContestedValues {

    /** Beside columns of the target, which may have any name. */
    private static final String ORD = "docrows_ord";

    private static final String KEY = "docrows_key";
    private static final String VALUE = "docrows_value";

    private final RowTable documents;
    private final @Nullable ChildTable child;
    private final ConditionalIndex index;
    private final List<ComparedValue> values;
    private final boolean withinDocument;

    private IndexedValues(
            RowTable documents,
            @Nullable ChildTable child,
            ConditionalIndex index,
            List<ComparedValue> values,
            boolean withinDocument) {
        this.documents = documents;
        this.child = child;
        this.index = index;
        this.values = List.copyOf(values);
        this.withinDocument = withinDocument;
    }

    /**
     * What an index compares, if all that it looks at is known before rows are written.
     *
     * @param documents the documents' own table
     * @param child the child table that the index is of, or null if it is of the documents' table
     * @param index the index
     * @return empty if it looks at a column that the mapping does not fill, or that may keep what it holds
     */
    public static Optional<IndexedValues> of(RowTable documents, @Nullable ChildTable child, ConditionalIndex index) {
        Set<String> above = child == null
                ? Set.of()
                : child.up().stream()
                        .map(ParentColumn::column)
                        .map(TableField::getName)
                        .collect(Collectors.toSet());
        List<String> columns =
                index.keys().stream().map(ConditionalIndex.Key::column).toList();
        boolean within = !above.isEmpty() && new HashSet<>(columns).containsAll(above);
        List<ComparedValue> values = new ArrayList<>();
        if (within && child != null) {
            values.addAll(ComparedValue.ofParent(child));
        }
        Set<String> evaluated = new HashSet<>(index.columns());
        for (ConditionalIndex.Key key : index.keys()) {
            if (within && above.contains(key.column())) {
                evaluated.remove(key.column());
                continue;
            }
            ComparedValue reference = reference(documents, child, key);
            if (reference != null) {
                evaluated.remove(key.column());
            }
            values.add(reference == null ? ComparedValue.ofExpression(key.expression()) : reference);
        }
        boolean known = mapping(documents, child).columns().stream()
                .filter(column -> child == null || !column.keepsOldValue())
                .map(column -> column.column().getName())
                .collect(Collectors.toSet())
                .containsAll(evaluated);
        return known ? Optional.of(new IndexedValues(documents, child, index, values, within)) : Optional.empty();
    }

    private static TableMapping mapping(RowTable documents, @Nullable ChildTable child) {
        return child == null ? documents.mapping() : child.mapping();
    }

    private static @Nullable ComparedValue reference(
            RowTable documents, @Nullable ChildTable child, ConditionalIndex.Key key) {
        for (Reference reference : child == null ? documents.references() : child.references()) {
            if (reference.column().getName().equals(key.column())) {
                return ComparedValue.ofReference(documents.terms(), reference, child == null ? "t" : "z");
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
        List<Field<?>> columns =
                new ArrayList<>(List.of(Terms.staged("s", "ord").as(ORD)));
        columns.addAll(ComparedValue.named(values, ComparedValue::staged, VALUE));
        List<ColumnMapping> mapped = mapping(documents, child).columns();
        boolean keeping = false;
        for (int i = 0; i < mapped.size(); i++) {
            ColumnMapping column = mapped.get(i);
            String name = column.column().getName();
            if (index.columns().contains(name)) {
                keeping |= column.keepsOldValue();
                columns.add(written(column, i).as(name));
            }
        }
        Table<?> from = child == null ? documents.documents("s") : child.staged("s");
        if (keeping) {
            from = from.leftJoin(documents.rows("t")).on(documents.isRowOf("t", "s"));
        }
        return query(
                List.of(Terms.staged("q", ORD).as("ord")), DSL.select(columns).from(from));
    }

    /** What a column of the documents' table would be written as, be the row new or not. */
    private Field<?> written(ColumnMapping column, int number) {
        return column.keepsOldValue()
                ? RowImage.written(documents.terms(), column, number, "t", "s")
                : Terms.staged("s", "c" + number);
    }

    @Override
    public Optional<Select<?>> stored(List<? extends TableField<?, ?>> key) {
        if (withinDocument) {
            return Optional.empty();
        }
        List<SelectFieldOrAsterisk> columns = new ArrayList<>();
        List<Field<?>> keys = new ArrayList<>();
        List<Condition> present = new ArrayList<>();
        for (TableField<?, ?> column : key) {
            Field<?> field = Terms.field("t", column);
            present.add(field.isNotNull());
            columns.add(field.as(KEY + keys.size()));
            keys.add(Terms.staged("q", KEY + keys.size()).as("c" + keys.size()));
        }
        columns.addAll(ComparedValue.named(values, ComparedValue::stored, VALUE));
        Table<?> own = child == null ? documents.rows("t") : child.rows("z");
        Table<?> from = child == null
                ? own
                : child.rowsAbove(documents.rows("t")).join(own).on(child.isChildOf("z", child.above()));
        columns.add(own.asterisk());
        return Optional.of(query(keys, DSL.select(columns).from(from).where(present)));
    }

    /** Evaluates the index over rows. */
    private Select<?> query(List<Field<?>> first, Select<?> rows) {
        List<Field<?>> columns = new ArrayList<>(first);
        for (int i = 0; i < values.size(); i++) {
            // As the catalog has it, whatever is in there.
            String expression = values.get(i).expression();
            Field<?> value = expression == null ? Terms.staged("q", VALUE + i) : DSL.field(DSL.raw(expression));
            columns.add(value.as("v" + i));
        }
        String which = index.condition();
        Select<?> all = DSL.select(columns)
                .from(rows.asTable("q"))
                .where(which == null ? DSL.noCondition() : DSL.condition(DSL.raw(which)));
        return index.nullsEqual() ? all : ComparedValue.present(values, all);
    }

    @Override
    public Condition equal(String one, String other) {
        return ComparedValue.equal(values, documents.terms(), one, other, index.nullsEqual());
    }
}
