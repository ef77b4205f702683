package io.docrows.internal.value;

import io.docrows.internal.bson.BsonCursor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the first of several values that is not null. Those after it are not read at all.
 *
 * @param values in the order in which they are tried
 * @param <T> the Java type read
 */
public record FirstReader<T>(List<ValueReader<? extends T>> values) implements ValueReader<T> {

    /** Copies the list. */
    public FirstReader {
        values = List.copyOf(values);
    }

    @Override
    public ValueReader<T> perThread(Sources sources) {
        return new FirstReader<>(values.stream()
                .<ValueReader<? extends T>>map(value -> value.perThread(sources))
                .toList());
    }

    @Override
    public @Nullable T read(BsonCursor cursor, PolicyCounter counter) {
        for (ValueReader<? extends T> value : values) {
            T read = value.read(cursor, counter);
            if (read != null) {
                return read;
            }
        }
        return null;
    }
}
