package io.docrows.mapping;

import io.docrows.internal.value.ArrayForms;
import io.docrows.internal.value.ArrayReader;
import io.docrows.internal.value.ArrayReader.Choice;
import io.docrows.internal.value.ValueReader;
import java.util.List;

/**
 * The elements of an array of arrays, each read alike, for a column that is an array of two dimensions. Made by
 * {@link Values#matrix}. Immutable and thread-safe. Elements that are null are NULL in the array; a row that is null is
 * none, and rejects the document.
 *
 * @param <T> the type of an element
 */
public final class MatrixValue<T> {

    private final Value<T> elements;

    MatrixValue(Value<T> elements) {
        this.elements = elements;
    }

    /**
     * The names that lead to the field, from the top of the document.
     *
     * @return at least one name
     */
    public List<String> path() {
        return elements.path();
    }

    /** The rows as one value. */
    Value<T[][]> array() {
        ValueTerms terms = ValueTerms.whole("matrix " + elements.description(), elements);
        return new Value<>(terms, binding -> {
            Binding ofRows = binding.elements();
            Binding ofElements = ofRows.elements();
            ValueReader<T[]> rows =
                    new ArrayReader<>(elements.bind(ofElements), ofElements.javaType(), Choice.ALL, ArrayForms.NONE);
            return new ArrayReader<>(rows, ofRows.javaType(), Choice.ALL, ArrayForms.NONE);
        });
    }
}
