package io.docrows.internal.value;

import io.docrows.internal.bson.BsonCursor;

/**
 * Reads a value, or something in its place where there is none.
 *
 * @param reader reads the value
 * @param instead what is read where that is null; shared, so it must not be changed
 * @param policy the number of the policy that is counted then
 * @param <T> the Java type read
 */
public record FilledReader<T>(ValueReader<T> reader, T instead, int policy) implements ValueReader<T> {

    @Override
    public ValueReader<T> perThread(Sources sources) {
        return new FilledReader<>(reader.perThread(sources), instead, policy);
    }

    @Override
    public T read(BsonCursor cursor, PolicyCounter counter) {
        T value = reader.read(cursor, counter);
        if (value != null) {
            return value;
        }
        counter.add(policy);
        return instead;
    }
}
