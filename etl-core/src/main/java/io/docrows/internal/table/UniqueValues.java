package io.docrows.internal.table;

import io.docrows.internal.postgres.Sql;
import io.docrows.internal.target.ColumnEquality;
import io.docrows.mapping.ChildMapping.ParentColumn;
import io.docrows.mapping.ColumnMapping;
import io.docrows.mapping.TableMapping;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jooq.Condition;
import org.jooq.Field;
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
    private final List<Value> values;
    private final boolean withinDocument;

    /** One value: how it is compared, where it is staged, and where it is stored, if rows are looked at. */
    private record Value(
            Field<?> staged,
            @Nullable Field<?> stored,
            @Nullable ColumnEquality equality) {}

    private UniqueValues(RowTable documents, @Nullable ChildTable table, List<Value> values, boolean withinDocument) {
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
        List<Value> values = new ArrayList<>();
        if (within && child != null) {
            // Rows of one parent: it is known by its document and the way to it.
            values.add(new Value(ChildTable.ORD, null, null));
            int way = 0;
            for (TableField<?, ?> column : child.way()) {
                values.add(new Value(
                        Terms.staged("s", "a" + way++), null, child.terms().equality(column)));
            }
        }
        for (TableField<?, ?> column : columns) {
            if (within && parents.contains(column)) {
                continue;
            }
            Value value = value(documents, child, column);
            if (value == null) {
                return Optional.empty();
            }
            values.add(value);
        }
        return Optional.of(new UniqueValues(documents, child, List.copyOf(values), within));
    }

    private static @Nullable Value value(RowTable documents, @Nullable ChildTable child, TableField<?, ?> column) {
        TableMapping mapping = child == null ? documents.mapping() : child.mapping();
        String row = child == null ? "t" : "z";
        Terms terms = documents.terms();
        for (int i = 0; i < mapping.columns().size(); i++) {
            ColumnMapping mapped = mapping.columns().get(i);
            if (mapped.column().equals(column)) {
                return new Value(Terms.staged("s", "c" + i), Terms.field(row, column), terms.equality(column));
            }
        }
        for (Reference reference : child == null ? documents.references() : child.references()) {
            if (reference.column().equals(column)) {
                return new Value(
                        Terms.staged("s", reference.key()),
                        naturalKey(terms, reference, row),
                        terms.equality(reference.mapping().parentKey()));
            }
        }
        return null;
    }

    /** The natural key of the row that a reference of a stored row leads to. */
    static Field<?> naturalKey(Terms terms, Reference reference, String row) {
        TableField<?, ?> key = reference.mapping().parentKey();
        return DSL.field(DSL.select(Terms.field("p", key))
                .from(Terms.tableOf(key, "p"))
                .where(terms.same(
                        reference.mapping().parentId(), reference.idOf("p"), Terms.field(row, reference.column()))));
    }

    /**
     * How many values it compares.
     *
     * @return at least 1
     */
    public int size() {
        return values.size();
    }

    @Override
    public List<String> names() {
        return IntStream.range(0, values.size())
                .mapToObj(number -> "v" + number)
                .toList();
    }

    @Override
    public String staged() {
        Table<?> from = table == null ? documents.documents("s") : table.staged("s");
        return values(from, List.of(Terms.staged("s", "ord")), Value::staged, null);
    }

    @Override
    public Optional<String> stored(List<? extends TableField<?, ?>> key) {
        if (withinDocument) {
            return Optional.empty();
        }
        List<Field<?>> first = new ArrayList<>();
        List<Condition> present = new ArrayList<>();
        for (TableField<?, ?> column : key) {
            Field<?> field = Terms.field("t", column);
            present.add(field.isNotNull());
            first.add(field.as("c" + first.size()));
        }
        Table<?> from = documents.rows("t");
        if (table != null) {
            from = table.rowsAbove(from).join(table.rows("z")).on(table.isChildOf("z", table.above()));
        }
        return Optional.of(values(from, first, Value::stored, Terms.all(present)));
    }

    private String values(
            Table<?> from,
            List<? extends Field<?>> first,
            java.util.function.Function<Value, @Nullable Field<?>> side,
            @Nullable Condition which) {
        List<Field<?>> columns = new ArrayList<>(first);
        for (int i = 0; i < values.size(); i++) {
            Field<?> value = side.apply(values.get(i));
            if (value != null) {
                columns.add(value.as("v" + i));
            }
        }
        String query = Sql.text(
                which == null
                        ? DSL.select(columns).from(from)
                        : DSL.select(columns).from(from).where(which));
        return "SELECT * FROM (" + query + ") w WHERE "
                + names().stream().map(name -> "w." + name + " IS NOT NULL").collect(Collectors.joining(" AND "));
    }

    @Override
    public String equal(String one, String other) {
        BiFunction<Value, String, String> equal = (value, name) -> value.equality() == null
                ? one + "." + name + " = " + other + "." + name
                : value.equality().equal(one + "." + name, other + "." + name);
        return IntStream.range(0, values.size())
                .mapToObj(number -> equal.apply(values.get(number), "v" + number))
                .collect(Collectors.joining(" AND "));
    }
}
