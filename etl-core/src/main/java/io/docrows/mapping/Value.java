package io.docrows.mapping;

import io.docrows.internal.value.ValueReader;
import java.util.List;
import java.util.Objects;

/**
 * A typed value taken from one field of a document: where it is, how it is read, and how it is converted. Made by
 * {@link Values}. Immutable and thread-safe.
 *
 * <p>A missing field and a BSON null both read as null. Conversions are not called for null.
 *
 * @param <T> the Java type of the column it can be mapped to
 */
public final class Value<T> {

    private final List<String> path;
    private final ValueReader<T> reader;
    private final boolean required;

    private Value(List<String> path, ValueReader<T> reader, boolean required) {
        this.path = path;
        this.reader = reader;
        this.required = required;
    }

    static <T> Value<T> of(List<String> path, ValueReader<T> reader) {
        if (path.isEmpty()) {
            throw new IllegalArgumentException("a value needs the name of a field");
        }
        return new Value<>(List.copyOf(path), reader, false);
    }

    /**
     * The same value, which must be there: a document in which it is missing or null, or is converted to null, is
     * rejected with {@code MISSING_VALUE}. Columns that are NOT NULL and have no default require their value in any
     * case.
     *
     * @return a required value
     */
    public Value<T> required() {
        return new Value<>(path, reader, true);
    }

    /**
     * The same value, converted further.
     *
     * @param conversion a pure function, safe for use by several threads; may return null for SQL NULL, and rejects the
     *     document by throwing {@link RejectedValueException} (any other exception rejects it too, with the exception's
     *     class as the detail)
     * @param <U> the type after the conversion
     * @return the converted value
     */
    public <U> Value<U> convert(Conversion<? super T, ? extends U> conversion) {
        Objects.requireNonNull(conversion, "conversion");
        ValueReader<T> source = reader;
        return new Value<>(
                path,
                cursor -> {
                    T value = source.read(cursor);
                    return value == null ? null : conversion.apply(value);
                },
                required);
    }

    /**
     * The names that lead to the field, from the top of the document. A name may hold dots; it is never split.
     *
     * @return at least one name
     */
    public List<String> path() {
        return path;
    }

    /**
     * Whether a document without this value is rejected.
     *
     * @return true after {@link #required()}
     */
    public boolean isRequired() {
        return required;
    }

    ValueReader<T> reader() {
        return reader;
    }
}
