package io.docrows.mapping;

import io.docrows.internal.value.ArrayForms;
import io.docrows.internal.value.ArrayReader;
import io.docrows.internal.value.ArrayReader.Choice;
import io.docrows.internal.value.BelowReader;
import io.docrows.internal.value.FilledReader;
import io.docrows.internal.value.ListReader;
import io.docrows.internal.value.ValueReader;
import io.docrows.report.LossPolicy;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.List;

/**
 * The elements of an array field, each read and converted alike. Made by {@link Values}. Immutable and thread-safe.
 * Policies for elements are chosen on the value given to {@link Values#list}.
 *
 * <p>For a join table, a missing field and a BSON null both read as an empty list, and elements that are null or are
 * converted to null are left out. For a column that is an array, a missing field and a BSON null are NULL, as for any
 * other column, and elements that are null or are converted to null are NULL in the array, unless
 * {@link #withoutNulls()} says otherwise.
 *
 * @param <T> the type of an element
 */
public final class ListValue<T> {

    private final Value<T> elements;
    private final Forms forms;
    private final Choice choice;

    /** What is read as an array beside an array. */
    private record Forms(boolean mismatchAsEmpty, boolean orSingle, boolean orDigitKeys, boolean nullAsEmpty) {

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
                    + (orDigitKeys ? ".orDigitKeys" : "")
                    + (nullAsEmpty ? ".nullAsEmpty" : "");
        }
    }

    private ListValue(Value<T> elements, Forms forms, Choice choice) {
        this.elements = elements;
        this.forms = forms;
        this.choice = choice;
    }

    ListValue(Value<T> elements) {
        this(elements, new Forms(false, false, false, false), Choice.ALL);
    }

    /**
     * The same elements, each converted further.
     *
     * @param conversion as for {@link Value#convert}, and not called for each element: what it made of another one with
     *     the same bytes may be taken
     * @param <U> the type after the conversion
     * @return the converted elements
     */
    public <U> ListValue<U> convert(Conversion<? super T, ? extends U> conversion) {
        return new ListValue<>(elements.convert(conversion), forms, choice);
    }

    /**
     * The same elements, each only once, where it comes first. That is what a join table takes in any case; saying so
     * does no harm.
     *
     * @return the distinct elements
     */
    public ListValue<T> distinct() {
        return new ListValue<>(elements, forms, new Choice(true, choice.withoutNulls()));
    }

    /**
     * The same elements without those that are null, or are converted to null. A join table leaves them out in any
     * case; a column that is an array has NULLs otherwise.
     *
     * @return the elements that are there
     */
    public ListValue<T> withoutNulls() {
        return new ListValue<>(elements, forms, new Choice(choice.distinct(), true));
    }

    /**
     * The same elements, none where the field is not an array. Without this policy such a field rejects the document
     * with {@code TYPE_MISMATCH}.
     *
     * @return elements with the policy {@link LossPolicy#MISMATCH_AS_EMPTY}
     */
    public ListValue<T> mismatchAsEmpty() {
        return new ListValue<>(
                elements, new Forms(true, forms.orSingle(), forms.orDigitKeys(), forms.nullAsEmpty()), choice);
    }

    /**
     * The same elements, also where a single one is stored instead of an array. What cannot be read as an element
     * rejects the document as an element does.
     *
     * @return elements with the policy {@link LossPolicy#OR_SINGLE}
     */
    public ListValue<T> orSingle() {
        return new ListValue<>(
                elements, new Forms(forms.mismatchAsEmpty(), true, forms.orDigitKeys(), forms.nullAsEmpty()), choice);
    }

    /**
     * The same elements, also where a document is stored whose names are numbers that count up from 0, as PHP stores an
     * array from which elements were taken: <code>{"0": …, "2": …}</code>. The order is that of the document. One with
     * any other name rejects the document with {@code TYPE_MISMATCH}.
     *
     * @return elements with the policy {@link LossPolicy#OR_DIGIT_KEYS}
     */
    public ListValue<T> orDigitKeys() {
        return new ListValue<>(
                elements, new Forms(forms.mismatchAsEmpty(), forms.orSingle(), true, forms.nullAsEmpty()), choice);
    }

    /**
     * The same elements, an empty array where the field is missing or null, and not NULL: some writers leave an empty
     * array away. For a column that is an array; a join table has no rows in any case.
     *
     * @return elements with the policy {@link LossPolicy#NULL_AS_EMPTY}
     */
    public ListValue<T> nullAsEmpty() {
        return new ListValue<>(
                elements, new Forms(forms.mismatchAsEmpty(), forms.orSingle(), forms.orDigitKeys(), true), choice);
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

    /** One element, for the row that is made of it. */
    Value<T> element() {
        return new Value<>(elements.terms().atElement(), elements::bind);
    }

    /** What is taken for an array beside an array, for the rows that are made of it. */
    List<LossPolicy> forms() {
        List<LossPolicy> chosen = new ArrayList<>();
        if (forms.mismatchAsEmpty()) {
            chosen.add(LossPolicy.MISMATCH_AS_EMPTY);
        }
        if (forms.orSingle()) {
            chosen.add(LossPolicy.OR_SINGLE);
        }
        if (forms.orDigitKeys()) {
            chosen.add(LossPolicy.OR_DIGIT_KEYS);
        }
        return chosen;
    }

    /** All that the mapping says of this array, as text. */
    String description() {
        return "list " + elements.description() + forms;
    }

    /** The elements as one value, for a column that is an array. */
    Value<T[]> array() {
        ValueTerms terms = ValueTerms.whole("array" + choice + " " + elements.description() + forms, elements);
        Value<T[]> whole = new Value<>(terms, binding -> {
            Binding ofElements = binding.elements();
            return new ArrayReader<>(elements.bind(ofElements), ofElements.javaType(), choice, forms.bind(binding));
        });
        return forms.nullAsEmpty() ? filled(whole) : whole;
    }

    @SuppressWarnings("unchecked") // the builder tied the elements' type to the component type of the column
    private static <T> Value<T[]> filled(Value<T[]> whole) {
        return new Value<>(
                ValueTerms.of("filled", List.of(whole)),
                binding -> new FilledReader<>(
                        whole.bindPart(binding),
                        (T[]) Array.newInstance(binding.elements().javaType(), 0),
                        binding.policy(LossPolicy.NULL_AS_EMPTY)));
    }

    ValueReader<List<T>> bind(Binding binding) {
        ValueReader<List<T>> reader = new ListReader<>(elements.bind(binding), forms.bind(binding));
        return elements.terms().isBelow() ? new BelowReader<>(reader, ValueReader.NO_POLICY) : reader;
    }
}
