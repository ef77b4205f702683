package io.docrows.mapping;

import io.docrows.error.RejectCode;
import io.docrows.error.RejectedValueException;
import io.docrows.internal.bson.BsonCursor;
import io.docrows.internal.value.PolicyCounter;
import io.docrows.internal.value.Sources;
import io.docrows.internal.value.ValueReader;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads several values and makes one of them. Only what {@link #perThread} gives can read.
 *
 * @param parts read each of them
 * @param combination is given what they read; not called if that is null for all
 * @param sources where they are read from
 */
record CombiningReader<T>(
        List<ValueReader<?>> parts,
        Function<T> combination,
        @Nullable Sources sources) implements ValueReader<T> {

    /** A combination of any number of values. */
    interface Function<T> {

        @Nullable T apply(@Nullable Object[] values);
    }

    @Override
    public ValueReader<T> perThread(Sources own) {
        return new CombiningReader<>(
                parts.stream().<ValueReader<?>>map(part -> part.perThread(own)).toList(), combination, own);
    }

    @Override
    public @Nullable T read(BsonCursor cursor, PolicyCounter counter) {
        @Nullable Object[] values = new Object[parts.size()];
        boolean any = false;
        for (int i = 0; i < values.length; i++) {
            values[i] = parts.get(i).read(cursor, counter);
            any |= values[i] != null;
        }
        if (!any) {
            return null;
        }
        Objects.requireNonNull(sources, "of perThread()").together();
        try {
            return combination.apply(values);
        } catch (RejectedValueException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new RejectedValueException(
                    RejectCode.INVALID_VALUE,
                    "the combination failed with " + e.getClass().getName());
        }
    }
}
