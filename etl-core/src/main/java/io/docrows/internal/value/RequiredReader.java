package io.docrows.internal.value;

import io.docrows.error.RejectCode;
import io.docrows.error.RejectedValueException;
import io.docrows.internal.bson.BsonCursor;

/**
 * Reads a part of a value that must be there, whatever the other parts are.
 *
 * @param reader reads the part
 * @param <T> the Java type read
 */
public record RequiredReader<T>(ValueReader<T> reader) implements ValueReader<T> {

    @Override
    public ValueReader<T> perThread(Sources sources) {
        return new RequiredReader<>(reader.perThread(sources));
    }

    @Override
    public T read(BsonCursor cursor, PolicyCounter counter) {
        T value = reader.read(cursor, counter);
        if (value == null) {
            throw new RejectedValueException(
                    RejectCode.MISSING_VALUE, "a value is required, but the field is missing, null or blank");
        }
        return value;
    }
}
