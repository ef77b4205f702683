package io.docrows.mapping;

import io.docrows.internal.value.ValueReader;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;

/**
 * The elements of an array field, each read and converted alike. Made by {@link Values}. Immutable and thread-safe. A
 * missing field and a BSON null both read as an empty list; elements that are null or are converted to null are left
 * out.
 *
 * @param <T> the type of an element
 */
public final class ListValue<T> {

    private final Value<List<T>> value;

    ListValue(Value<List<T>> value) {
        this.value = value;
    }

    /**
     * The same elements, each converted further.
     *
     * @param conversion as for {@link Value#convert}; an element converted to null is left out
     * @param <U> the type after the conversion
     * @return the converted elements
     */
    public <U> ListValue<U> convert(Conversion<? super T, ? extends U> conversion) {
        Objects.requireNonNull(conversion, "conversion");
        return new ListValue<>(value.convert(elements -> {
            List<U> converted = new ArrayList<>(elements.size());
            for (T element : elements) {
                U next = conversion.apply(element);
                if (next != null) {
                    converted.add(next);
                }
            }
            return converted;
        }));
    }

    /**
     * The same elements, in their order, each only once.
     *
     * @return the distinct elements
     */
    public ListValue<T> distinct() {
        return new ListValue<>(value.convert(elements -> List.copyOf(new LinkedHashSet<>(elements))));
    }

    /**
     * The names that lead to the field, from the top of the document.
     *
     * @return at least one name
     */
    public List<String> path() {
        return value.path();
    }

    ValueReader<List<T>> reader() {
        return value.reader();
    }
}
