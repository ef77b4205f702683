package io.docrows.mapping;

import io.docrows.internal.value.ListReader;
import io.docrows.internal.value.ValueReader;
import io.docrows.report.LossPolicy;
import java.util.List;

/**
 * The elements of an array field, each read and converted alike. Made by {@link Values}. Immutable and thread-safe. A
 * missing field and a BSON null both read as an empty list; elements that are null or are converted to null are left
 * out. Policies for elements are chosen on the value given to {@link Values#list}.
 *
 * @param <T> the type of an element
 */
public final class ListValue<T> {

    private final Value<T> elements;
    private final boolean mismatchAsEmpty;

    ListValue(Value<T> elements, boolean mismatchAsEmpty) {
        this.elements = elements;
        this.mismatchAsEmpty = mismatchAsEmpty;
    }

    /**
     * The same elements, each converted further.
     *
     * @param conversion as for {@link Value#convert}, and not called for each element: what it made of another one with
     *     the same bytes may be taken; an element converted to null is left out
     * @param <U> the type after the conversion
     * @return the converted elements
     */
    public <U> ListValue<U> convert(Conversion<? super T, ? extends U> conversion) {
        return new ListValue<>(elements.convert(conversion), mismatchAsEmpty);
    }

    /**
     * The same elements, each only once. That is what a join table takes in any case; saying so does no harm.
     *
     * @return the distinct elements
     */
    public ListValue<T> distinct() {
        return this;
    }

    /**
     * The same elements, none where the field is not an array. Without this policy such a field rejects the document
     * with {@code TYPE_MISMATCH}.
     *
     * @return elements with the policy {@link LossPolicy#MISMATCH_AS_EMPTY}
     */
    public ListValue<T> mismatchAsEmpty() {
        return new ListValue<>(elements, true);
    }

    /**
     * The names that lead to the field, from the top of the document.
     *
     * @return at least one name
     */
    public List<String> path() {
        return elements.path();
    }

    /** The one field that the array is. */
    Source source() {
        return elements.terms().sources().get(0);
    }

    /** All that the mapping says of this array, as text. */
    String description() {
        return "list " + elements.description() + (mismatchAsEmpty ? ".mismatchAsEmpty" : "");
    }

    ValueReader<List<T>> bind(Binding binding) {
        return new ListReader<>(
                elements.bind(binding),
                mismatchAsEmpty ? binding.policy(LossPolicy.MISMATCH_AS_EMPTY) : ValueReader.NO_POLICY);
    }
}
