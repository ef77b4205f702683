package io.docrows.mapping;

import io.docrows.internal.bson.BsonCursor;
import io.docrows.internal.value.PolicyCounter;
import io.docrows.internal.value.ValueReader;
import java.lang.reflect.Array;
import java.util.List;
import java.util.Objects;

/** Reads the same value from every document. */
record Constant<T>(T value) implements ValueReader<T> {

    static <T> Value<T> of(T value) {
        Objects.requireNonNull(value, "value");
        Constant<T> reader = new Constant<>(value);
        String kind = "constant " + value.getClass().getName() + " " + ValueTerms.quoted(text(value));
        return new Value<>(ValueTerms.of(kind, List.of()), binding -> reader);
    }

    @Override
    public T read(BsonCursor cursor, PolicyCounter counter) {
        return value;
    }

    /** The elements of an array, too, for an array itself has another text in every run of a program. */
    private static String text(Object value) {
        if (!value.getClass().isArray()) {
            return value.toString();
        }
        StringBuilder out = new StringBuilder("[");
        for (int i = 0; i < Array.getLength(value); i++) {
            Object element = Array.get(value, i);
            out.append(element == null ? "null" : ValueTerms.quoted(text(element)));
        }
        return out.append(']').toString();
    }
}
