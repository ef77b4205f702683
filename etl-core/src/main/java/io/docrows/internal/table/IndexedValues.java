package io.docrows.internal.table;

import io.docrows.internal.postgres.Sql;
import io.docrows.internal.target.ColumnEquality;
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
import java.util.stream.IntStream;
import org.jooq.Condition;
import org.jooq.Field;
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
    private final List<Value> values;
    private final boolean withinDocument;

    /**
     * One value.
     *
     * @param expression it is made of the columns of a row; null if it is told by the next two
     * @param staged where it is staged, in rows {@code s}
     * @param stored where it is stored, in rows {@code t} or {@code z}; null if stored rows are not compared
     * @param equality how it is compared; null for {@code =}
     */
    private record Value(
            @Nullable String expression,
            @Nullable Field<?> staged,
            @Nullable Field<?> stored,
            @Nullable ColumnEquality equality) {}

    private IndexedValues(
            RowTable documents,
            @Nullable ChildTable child,
            ConditionalIndex index,
            List<Value> values,
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
        List<Value> values = new ArrayList<>();
        if (within && child != null) {
            // Rows of one parent: it is known by its document and the way to it.
            values.add(new Value(null, ChildTable.ORD, null, null));
            int way = 0;
            for (TableField<?, ?> column : child.way()) {
                values.add(new Value(
                        null,
                        Terms.staged("s", "a" + way++),
                        null,
                        child.terms().equality(column)));
            }
        }
        Set<String> evaluated = new HashSet<>(index.columns());
        for (ConditionalIndex.Key key : index.keys()) {
            if (within && above.contains(key.column())) {
                evaluated.remove(key.column());
                continue;
            }
            Value reference = reference(documents, child, key);
            if (reference != null) {
                evaluated.remove(key.column());
            }
            values.add(reference == null ? new Value(key.expression(), null, null, null) : reference);
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

    private static @Nullable Value reference(RowTable documents, @Nullable ChildTable child, ConditionalIndex.Key key) {
        for (Reference reference : child == null ? documents.references() : child.references()) {
            if (reference.column().getName().equals(key.column())) {
                TableField<?, ?> natural = reference.mapping().parentKey();
                return new Value(
                        null,
                        Terms.staged("s", reference.key()),
                        UniqueValues.naturalKey(documents.terms(), reference, child == null ? "t" : "z"),
                        documents.terms().equality(natural));
            }
        }
        return null;
    }

    @Override
    public List<String> names() {
        return IntStream.range(0, values.size())
                .mapToObj(number -> "v" + number)
                .toList();
    }

    @Override
    public String staged() {
        List<String> columns = new ArrayList<>(List.of("s.ord AS " + ORD));
        for (int i = 0; i < values.size(); i++) {
            Field<?> staged = values.get(i).staged();
            if (staged != null) {
                columns.add(Sql.text(staged) + " AS " + VALUE + i);
            }
        }
        List<ColumnMapping> mapped = mapping(documents, child).columns();
        boolean keeping = false;
        for (int i = 0; i < mapped.size(); i++) {
            ColumnMapping column = mapped.get(i);
            if (index.columns().contains(column.column().getName())) {
                keeping |= column.keepsOldValue();
                columns.add(Sql.text(written(column, i)) + " AS " + Sql.column(column.column()));
            }
        }
        String from = child == null ? documents.stage().documents() + " s" : child.staged() + " s";
        if (keeping) {
            from += " LEFT JOIN " + Sql.table(documents.mapping().table()) + " t ON "
                    + Sql.text(documents.isRowOf("t", "s"));
        }
        return query("q." + ORD + " AS ord", "SELECT " + String.join(", ", columns) + " FROM " + from);
    }

    /** What a column of the documents' table would be written as, be the row new or not. */
    private Field<?> written(ColumnMapping column, int number) {
        return column.keepsOldValue()
                ? RowImage.written(documents.terms(), column, number, "t", "s")
                : Terms.staged("s", "c" + number);
    }

    @Override
    public Optional<String> stored(List<? extends TableField<?, ?>> key) {
        if (withinDocument) {
            return Optional.empty();
        }
        List<SelectFieldOrAsterisk> columns = new ArrayList<>();
        List<String> keys = new ArrayList<>();
        List<Condition> present = new ArrayList<>();
        for (TableField<?, ?> column : key) {
            Field<?> field = Terms.field("t", column);
            present.add(field.isNotNull());
            columns.add(field.as(KEY + keys.size()));
            keys.add("q." + KEY + keys.size() + " AS c" + keys.size());
        }
        for (int i = 0; i < values.size(); i++) {
            Field<?> stored = values.get(i).stored();
            if (stored != null) {
                columns.add(stored.as(VALUE + i));
            }
        }
        Table<?> own = child == null ? documents.rows("t") : child.rows("z");
        Table<?> from = child == null
                ? own
                : child.rowsAbove(documents.rows("t")).join(own).on(child.isChildOf("z", child.above()));
        columns.add(own.asterisk());
        return Optional.of(query(
                String.join(", ", keys), Sql.text(DSL.select(columns).from(from).where(present))));
    }

    private String query(String first, String rows) {
        List<String> columns = new ArrayList<>(List.of(first));
        for (int i = 0; i < values.size(); i++) {
            String expression = values.get(i).expression();
            columns.add((expression == null ? "q." + VALUE + i : expression) + " AS v" + i);
        }
        String which = index.condition() == null ? "" : " WHERE " + index.condition();
        String all = "SELECT " + String.join(", ", columns) + " FROM (" + rows + ") q" + which;
        return index.nullsEqual()
                ? all
                : "SELECT * FROM (" + all + ") w WHERE "
                        + names().stream()
                                .map(name -> "w." + name + " IS NOT NULL")
                                .collect(Collectors.joining(" AND "));
    }

    @Override
    public String equal(String one, String other) {
        return IntStream.range(0, values.size())
                .mapToObj(number -> equal(values.get(number), one + ".v" + number, other + ".v" + number))
                .collect(Collectors.joining(" AND "));
    }

    private String equal(Value value, String one, String other) {
        ColumnEquality equality = value.equality();
        String equal = equality == null ? one + " = " + other : equality.equal(one, other);
        return index.nullsEqual() ? "((" + one + " IS NULL AND " + other + " IS NULL) OR " + equal + ")" : equal;
    }
}
