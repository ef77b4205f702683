package io.docrows.internal.value;

import io.docrows.internal.bson.BsonCursor;
import org.jspecify.annotations.Nullable;

/**
 * Reads a field of a sub-document, and nothing where another value is in the place of the sub-document.
 *
 * @param reader reads the field
 * @param emptyAsNull the number of the policy that makes null of an empty array or text in that place, or
 *     {@link #NO_POLICY}
 * @param <T> the Java type read
 */
public record BelowReader<T>(ValueReader<T> reader, int emptyAsNull) implements ValueReader<T> {

    @Override
    public ValueReader<T> perThread(Sources sources) {
        return new BelowReader<>(reader.perThread(sources), emptyAsNull);
    }

    @Override
    public @Nullable T read(BsonCursor cursor, PolicyCounter counter) {
        if (cursor.isAbove() && emptyAsNull != NO_POLICY && UnwrappingReader.isEmpty(cursor)) {
            counter.add(emptyAsNull);
            return null;
        }
        if (cursor.isAbove() && !reader.looksAbove()) {
            throw Mismatch.type(cursor, "a sub-document");
        }
        return reader.read(cursor, counter);
    }
}
