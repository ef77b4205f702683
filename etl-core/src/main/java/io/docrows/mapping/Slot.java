package io.docrows.mapping;

import io.docrows.internal.bson.Mark;
import io.docrows.internal.column.ColumnType;
import io.docrows.internal.column.QualifiedName;
import io.docrows.internal.value.KnownFields;
import io.docrows.internal.value.Sources;
import io.docrows.internal.value.ValueReader;
import java.util.List;
import java.util.function.Function;
import org.jooq.TableField;

/**
 * One thing to be read from a document: where it is, how it is read, and the column that must be able to hold it.
 * Mostly it is in one field and is read when the decoder comes to it. If not, its fields, of which there may be none,
 * are marked, and it is read when all of them have been passed: it is composed.
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
record Slot(
        String place,
        List<Source> sources,
        boolean composed,
        ValueReader<?> reader,
        Function<ColumnType<?>, ValueReader<?>> reading,
        TableField<?, ?> column,
        TableField<?, ?> held,
        ColumnType<?> type,
        boolean required) {

    Slot {
        sources = List.copyOf(sources);
    }

    /** One that no field leads to. */
    static Slot withoutValue(String place, TableField<?, ?> column, ColumnType<?> type) {
        return new Slot(
                place, List.of(), true, RowDraft.NO_VALUE, target -> RowDraft.NO_VALUE, column, column, type, false);
    }

    /** How many marks it needs. */
    int marks() {
        return composed ? sources.size() : 0;
    }

    boolean readsNull() {
        return sources.size() == 1 && sources.get(0).readsNull();
    }

    /** The reader for one decoder. */
    ValueReader<?> confined(KnownFields known, Mark[] marks) {
        return reader.confined(new Sources(known, marks));
    }

    List<FieldPath> paths() {
        return sources.stream().map(Source::path).toList();
    }

    /** The same in a target. */
    Slot in(Function<TableField<?, ?>, ColumnType<?>> types) {
        ColumnType<?> there = types.apply(held);
        return new Slot(place, sources, composed, reading.apply(there), reading, column, held, there, required);
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
