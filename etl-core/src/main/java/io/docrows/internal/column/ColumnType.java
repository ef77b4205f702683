package io.docrows.internal.column;

import de.bytefish.pgbulkinsert.pgsql.handlers.BaseValueHandler;
import de.bytefish.pgbulkinsert.pgsql.handlers.IValueHandler;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jooq.Field;
import org.jspecify.annotations.Nullable;

/**
 * A column's type as the loader needs it, one codec for each: which values the column can hold exactly, how they are
 * sent in a binary COPY, and in which form they are staged. Immutable and thread-safe.
 *
 * @param <T> the column's Java type
 */
public abstract class ColumnType<T> extends BaseValueHandler<T> {

    private final Class<T> javaType;
    private final ColumnLimits limits;

    ColumnType(Class<T> javaType) {
        this(javaType, ColumnLimits.NONE);
    }

    ColumnType(Class<T> javaType, ColumnLimits limits) {
        this.javaType = javaType;
        this.limits = limits;
    }

    /**
     * The type of a generated column, as far as its class tells: enough to check values, not to send all of them.
     *
     * @param column a column of a generated table
     * @return its type, or empty when no lossless encoding is known for it
     */
    public static Optional<ColumnType<?>> of(Field<?> column) {
        return ColumnTypes.of(column.getDataType(), null);
    }

    /**
     * The type of a generated column in a target.
     *
     * @param column a column of a generated table
     * @param target what the target's catalog says of it
     * @return its type, with the narrower limits of the two, or empty when no lossless encoding is known for it
     */
    public static Optional<ColumnType<?>> of(Field<?> column, TargetType target) {
        return ColumnTypes.of(column.getDataType(), target);
    }

    /**
     * The type of arrays of such values.
     *
     * @param number the number of the elements' type in the target's catalog
     * @return a type whose values are lists
     */
    public final ColumnType<List<T>> list(long number) {
        return ArrayCodec.ofLists(this, number);
    }

    /**
     * The type of an array's elements.
     *
     * @return the type of one of them, which may be an array itself
     * @throws IllegalStateException if it is no array
     */
    public ColumnType<?> elements() {
        throw new IllegalStateException("the type has no elements");
    }

    /**
     * What the column's declaration limits, of an array's elements for an array.
     *
     * @return the narrower limits of the class and the target
     */
    public final ColumnLimits limits() {
        return limits;
    }

    /**
     * Checks one value.
     *
     * @param value a value of the column's Java type
     * @return what is wrong, or null if the column can hold it without loss
     */
    public final @Nullable Violation check(Object value) {
        return violation(cast(value));
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
    public final boolean accepts(Object value) {
        return javaType.isInstance(value);
    }

    /**
     * How values are written into a binary COPY stream.
     *
     * @return PgBulkInsert's handler; shared, stateless
     */
    public final IValueHandler<T> handler() {
        return this;
    }

    /**
     * The form in which values are staged where they have no binary form of ours.
     *
     * @return null if they are staged in the column's own type, as most are
     */
    public @Nullable StagedForm stagedForm() {
        return null;
    }

    /** What is wrong with a value, or null if the column can hold it without loss. */
    abstract @Nullable Violation violation(T value);

    /** Writes a value as COPY carries it: its length in four bytes, big endian, then so many bytes. */
    abstract void write(DataOutputStream out, T value) throws IOException;

    @Override
    protected final void internalHandle(DataOutputStream out, T value) throws IOException {
        write(out, value);
    }

    /** Asked by PgBulkInsert's own collections only, which are not used here. */
    @Override
    public final int getLength(T value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        handle(new DataOutputStream(bytes), value);
        return bytes.size() - Integer.BYTES;
    }
}
