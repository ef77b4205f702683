package io.docrows.mapping;

import io.docrows.internal.bson.Mark;
import io.docrows.internal.column.ColumnType;
import io.docrows.internal.column.QualifiedName;
import io.docrows.internal.value.KnownFields;
import io.docrows.internal.value.Sources;
import io.docrows.internal.value.ValueReader;
import java.util.List;
import org.jooq.TableField;

/**
 * One thing to be read from a document: where it is, how it is read, and the column that must be able to hold it.
 * Mostly it is in one field and is read when the decoder comes to it. If not, its fields, of which there may be none,
 * are marked, and it is read when all of them have been passed: it is composed.
 *
 * @param place where the row's document or element is, for people; empty for the whole document
 */
record Slot(
        String place,
        List<Source> sources,
        boolean composed,
        ValueReader<?> reader,
        TableField<?, ?> column,
        ColumnType<?> type,
        boolean required) {

    Slot {
        sources = List.copyOf(sources);
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
