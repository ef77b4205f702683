package io.docrows.internal.write;

import io.docrows.internal.postgres.Sql;
import io.docrows.mapping.CollectionMapping;
import io.docrows.mapping.ColumnMapping;
import io.docrows.mapping.ReferenceMapping;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The mapped columns of a row {@code t}, the key first and references last, and what a staged document {@code s} has
 * for them, as SQL. Immutable and thread-safe.
 */
final class RowImage {

    private final CollectionMapping<?> mapping;

    RowImage(CollectionMapping<?> mapping) {
        this.mapping = mapping;
    }

    List<String> columns() {
        List<String> columns = new ArrayList<>();
        mapping.columns().forEach(column -> columns.add(Sql.column(column.column())));
        mapping.references().forEach(reference -> columns.add(Sql.column(reference.column())));
        return columns;
    }

    /**
     * What a row that is there already is going to hold.
     *
     * @param parentId how to name the id of the row that a reference leads to
     */
    List<String> values(Function<ReferenceMapping<?>, String> parentId) {
        List<String> values = new ArrayList<>();
        int number = 0;
        for (ColumnMapping column : mapping.columns()) {
            String value = "s.c" + number++;
            values.add(
                    column.keepsOldValue() ? "COALESCE(" + value + ", t." + Sql.column(column.column()) + ")" : value);
        }
        mapping.references().forEach(reference -> values.add(parentId.apply(reference)));
        return values;
    }

    /**
     * What a row that is there already holds, to be compared with {@link #values}. A column may be of a domain that its
     * staged value must not be of, so that both sides are written alike: record images differ where types do.
     */
    List<String> stored() {
        List<String> stored = new ArrayList<>();
        int number = 0;
        for (ColumnMapping column : mapping.columns()) {
            String value = "t." + Sql.column(column.column());
            stored.add(column.keepsOldValue() ? "COALESCE(" + value + ", s.c" + number + ")" : value);
            number++;
        }
        mapping.references().forEach(reference -> stored.add("t." + Sql.column(reference.column())));
        return stored;
    }

    /** Whether there is anything but the key that could differ. */
    boolean hasMoreThanKey() {
        return mapping.columns().size() + mapping.references().size() > 1;
    }

    /** The condition that two rows differ in more than their key. */
    static String differ(List<String> left, List<String> right) {
        // The casts keep PostgreSQL from comparing column by column, for which the operator does not exist.
        return "ROW(" + tail(left) + ")::record *<> ROW(" + tail(right) + ")::record";
    }

    private static String tail(List<String> all) {
        return all.stream().skip(1).collect(Collectors.joining(", "));
    }
}
