package io.docrows.mapping;

import io.docrows.error.RejectCode;
import io.docrows.error.RejectedValueException;
import io.docrows.internal.bson.BsonCursor;
import io.docrows.internal.value.PolicyCounter;
import io.docrows.internal.value.Sources;
import io.docrows.internal.value.ValueReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads a value and converts it. A conversion is the user's code: whatever it throws concerns this document only, and
 * its message may hold values.
 */
record ConvertingReader<T, U>(ValueReader<T> source, Conversion<? super T, ? extends U> conversion)
        implements ValueReader<U> {

    @Override
    public ValueReader<U> perThread(Sources sources) {
        return new ConvertingReader<>(source.perThread(sources), conversion);
    }

    @Override
    public @Nullable U read(BsonCursor cursor, PolicyCounter counter) {
        T value = source.read(cursor, counter);
        if (value == null) {
            return null;
        }
        try {
            return conversion.apply(value);
        } catch (RejectedValueException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new RejectedValueException(
                    RejectCode.INVALID_VALUE,
                    "the conversion failed with " + e.getClass().getName());
        }
    }
}
