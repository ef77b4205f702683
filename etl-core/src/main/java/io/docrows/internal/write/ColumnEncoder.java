package io.docrows.internal.write;

import de.bytefish.pgbulkinsert.pgsql.PgBinaryWriter;
import de.bytefish.pgbulkinsert.pgsql.handlers.IValueHandler;
import io.docrows.internal.column.ColumnType;
import io.docrows.internal.target.TableCatalog;
import java.io.DataOutputStream;
import java.util.List;
import org.jooq.Field;
import org.jspecify.annotations.Nullable;

/** Writes the values of one column into a COPY. Immutable and thread-safe. */
final class ColumnEncoder<T> {

    private final ColumnType<T> type;
    private final IValueHandler<T> handler;

    private ColumnEncoder(ColumnType<T> type) {
        this.type = type;
        this.handler = type.handler();
    }

    static ColumnEncoder<?> of(Field<?> column, TableCatalog catalog) {
        return of(catalog.type(column));
    }

    static <T> ColumnEncoder<T> of(ColumnType<T> type) {
        return new ColumnEncoder<>(type);
    }

    /**
     * Writes lists of such values as arrays.
     *
     * @param oid the number of the elements' type in the target's catalog
     */
    ColumnEncoder<List<T>> array(int oid) {
        return new ColumnEncoder<>(type.list(oid));
    }

    /** The value as COPY carries it: its length in four bytes, then so many bytes. */
    @SuppressWarnings("unchecked") // as below
    void write(Object value, DataOutputStream out) {
        handler.handle(out, (T) value);
    }

    /** Writes a value of the column's type. */
    @SuppressWarnings("unchecked") // the mapping's builder tied the value's type to the column's
    void write(@Nullable Object value, PgBinaryWriter writer) {
        if (value == null) {
            writer.writeNull();
        } else {
            writer.write(handler, (T) value);
        }
    }
}
