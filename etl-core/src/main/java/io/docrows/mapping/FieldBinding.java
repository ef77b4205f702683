package io.docrows.mapping;

import io.docrows.internal.column.ColumnType;
import io.docrows.internal.column.QualifiedName;
import io.docrows.internal.value.ValueReader;
import java.util.List;
import java.util.function.Function;
import org.jooq.TableField;

/**
 * A column, or a reference or join, bound to the fields of a document that its value is read from: where they are, how
 * they are read, and the column that must be able to hold the value. Mostly it is in one field and is read when the
 * decoder comes to it. If not, its fields, of which there may be none, are marked, and it is read when all of them have
 * been passed: it is composed.
 *
 * @param place where the row's document or element is, for people; empty for the whole document
 * @param sources the fields that it is in
 * @param composed whether they are marked
 * @param reader how it is read
 * @param reading makes such a reader for the column's type in a target
 * @param column the mapped column
 * @param held the column that must be able to hold it: another one for references
 * @param type what that column can hold
 * @param required whether a document without it is rejected
 */
record FieldBinding(
        String place,
        List<Source> sources,
        boolean composed,
        ValueReader<?> reader,
        Function<ColumnType<?>, ValueReader<?>> reading,
        TableField<?, ?> column,
        TableField<?, ?> held,
        ColumnType<?> type,
        boolean required) {

    FieldBinding {
        sources = List.copyOf(sources);
    }

    /** One that no field leads to. */
    static FieldBinding withoutValue(String place, TableField<?, ?> column, ColumnType<?> type) {
        return new FieldBinding(
                place, List.of(), true, RowDraft.NO_VALUE, target -> RowDraft.NO_VALUE, column, column, type, false);
    }

    /** How many marks it needs. */
    int marks() {
        return composed ? sources.size() : 0;
    }

    boolean readsNull() {
        return sources.size() == 1 && sources.get(0).readsNull();
    }

    List<FieldPath> paths() {
        return sources.stream().map(Source::path).toList();
    }

    /** The same in a target. */
    FieldBinding in(Function<TableField<?, ?>, ColumnType<?>> types) {
        ColumnType<?> there = types.apply(held);
        return new FieldBinding(place, sources, composed, reading.apply(there), reading, column, held, there, required);
    }

    String pathText() {
        return within(place, FieldPath.text(paths()));
    }

    /** One of its fields, for people. */
    String pathText(int source) {
        return within(place, sources.get(source).path().toString());
    }

    /** A path from the top of the document. */
    static String within(String place, String path) {
        return place.isEmpty() || path.isEmpty() ? place + path : place + "." + path;
    }

    String columnText() {
        return QualifiedName.text(column);
    }
}
