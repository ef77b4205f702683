package io.docrows.internal.column;

import de.bytefish.pgbulkinsert.pgsql.handlers.IValueHandler;
import java.util.Optional;
import org.jooq.Field;
import org.jspecify.annotations.Nullable;

/**
 * A column's type as the loader needs it: which values it can hold, and how they are sent. Immutable and thread-safe.
 *
 * @param <T> the column's Java type
 */
public final class ColumnType<T> {

    private final Class<T> javaType;
    private final ColumnGuard<? super T> guard;
    private final IValueHandler<T> handler;

    ColumnType(Class<T> javaType, ColumnGuard<? super T> guard, IValueHandler<T> handler) {
        this.javaType = javaType;
        this.guard = guard;
        this.handler = handler;
    }

    /**
     * The type of a generated column.
     *
     * @param column a column of a generated table
     * @return its type, or empty when no lossless encoding is known for it
     */
    public static Optional<ColumnType<?>> of(Field<?> column) {
        return ColumnTypes.of(column.getDataType());
    }

    /**
     * Checks one value.
     *
     * @param value a value of the column's Java type
     * @return what is wrong, or null if the column can hold it without loss
     */
    public @Nullable Violation check(Object value) {
        return guard.check(cast(value));
    }

    /** Values mostly have the very class, which is known faster than whether they are instances of it. */
    @SuppressWarnings("unchecked") // just compared
    private T cast(Object value) {
        return value.getClass() == javaType ? (T) value : javaType.cast(value);
    }

    /**
     * Whether a value has the column's Java type.
     *
     * @param value any value
     * @return false for one that is still to be converted
     */
    public boolean accepts(Object value) {
        return javaType.isInstance(value);
    }

    /**
     * How values are written into a binary COPY stream.
     *
     * @return PgBulkInsert's handler; shared, stateless
     */
    public IValueHandler<T> handler() {
        return handler;
    }
}
