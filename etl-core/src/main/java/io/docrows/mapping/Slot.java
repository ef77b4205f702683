package io.docrows.mapping;

import io.docrows.internal.column.ColumnType;
import io.docrows.internal.column.QualifiedName;
import io.docrows.internal.value.ValueReader;
import java.util.List;
import org.jooq.TableField;

/** One thing to be read from a document: where it is, how it is read, and the column that must be able to hold it. */
record Slot(
        List<String> path,
        ValueReader<?> reader,
        TableField<?, ?> column,
        ColumnType<?> type,
        boolean required,
        boolean readsNull) {

    String pathText() {
        return String.join(".", path);
    }

    String columnText() {
        return QualifiedName.text(column);
    }
}
