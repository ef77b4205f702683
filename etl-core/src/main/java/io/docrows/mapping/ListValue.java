package io.docrows.mapping;

import io.docrows.internal.value.ArrayForms;
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
    private final Forms forms;

    /** What is read as an array beside an array. */
    private record Forms(boolean mismatchAsEmpty, boolean orSingle, boolean orDigitKeys) {

        ArrayForms bind(Binding binding) {
            return new ArrayForms(
                    mismatchAsEmpty ? binding.policy(LossPolicy.MISMATCH_AS_EMPTY) : ValueReader.NO_POLICY,
                    orSingle ? binding.policy(LossPolicy.OR_SINGLE) : ValueReader.NO_POLICY,
                    orDigitKeys ? binding.policy(LossPolicy.OR_DIGIT_KEYS) : ValueReader.NO_POLICY);
        }

        @Override
        public String toString() {
            return (mismatchAsEmpty ? ".mismatchAsEmpty" : "")
                    + (orSingle ? ".orSingle" : "")
                    + (orDigitKeys ? ".orDigitKeys" : "");
        }
    }

    private ListValue(Value<T> elements, Forms forms) {
        this.elements = elements;
        this.forms = forms;
    }

    ListValue(Value<T> elements) {
        this(elements, new Forms(false, false, false));
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
        return new ListValue<>(elements.convert(conversion), forms);
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
        return new ListValue<>(elements, new Forms(true, forms.orSingle(), forms.orDigitKeys()));
    }

    /**
     * The same elements, also where a single one is stored instead of an array. What cannot be read as an element
     * rejects the document as an element does.
     *
     * @return elements with the policy {@link LossPolicy#OR_SINGLE}
     */
    public ListValue<T> orSingle() {
        return new ListValue<>(elements, new Forms(forms.mismatchAsEmpty(), true, forms.orDigitKeys()));
    }

    /**
     * The same elements, also where a document is stored whose names are numbers that count up from 0, as PHP stores an
     * array from which elements were taken: <code>{"0": …, "2": …}</code>. The order is that of the document. One with
     * any other name rejects the document with {@code TYPE_MISMATCH}.
     *
     * @return elements with the policy {@link LossPolicy#OR_DIGIT_KEYS}
     */
    public ListValue<T> orDigitKeys() {
        return new ListValue<>(elements, new Forms(forms.mismatchAsEmpty(), forms.orSingle(), true));
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
        return "list " + elements.description() + forms;
    }

    ValueReader<List<T>> bind(Binding binding) {
        return new ListReader<>(elements.bind(binding), forms.bind(binding));
    }
}
