package io.docrows.internal.value;

import io.docrows.internal.bson.BsonCursor;
import io.docrows.internal.bson.Mark;
import org.bson.BsonType;
import org.jspecify.annotations.Nullable;

/**
 * Reads one of the fields that a value is made of, wherever the cursor stands. Only what {@link #perThread} gives can
 * read.
 *
 * @param <T> the Java type read
 */
public final class MarkedReader<T> implements ValueReader<T> {

    private final ValueReader<T> reader;
    private final int source;
    private final boolean readsNull;
    private final @Nullable Sources sources;

    private MarkedReader(ValueReader<T> reader, int source, boolean readsNull, @Nullable Sources sources) {
        this.reader = reader;
        this.source = source;
        this.readsNull = readsNull;
        this.sources = sources;
    }

    /**
     * A reader that is not per thread yet.
     *
     * @param reader reads the field's value
     * @param source the field's number among those of the value
     * @param readsNull whether a BSON null is read, too
     */
    public MarkedReader(ValueReader<T> reader, int source, boolean readsNull) {
        this(reader, source, readsNull, null);
    }

    @Override
    public ValueReader<T> perThread(Sources own) {
        return new MarkedReader<>(reader.perThread(own), source, readsNull, own);
    }

    @Override
    public @Nullable T read(BsonCursor cursor, PolicyCounter counter) {
        if (sources == null) {
            throw new IllegalStateException("only what perThread() gives reads several fields");
        }
        sources.reading(source);
        Mark mark = sources.mark(source);
        if (!mark.isSet()) {
            return null;
        }
        cursor.standAt(mark);
        boolean isNull = cursor.type() == BsonType.NULL || cursor.type() == BsonType.UNDEFINED;
        return isNull && !readsNull ? null : reader.read(cursor, counter);
    }
}
