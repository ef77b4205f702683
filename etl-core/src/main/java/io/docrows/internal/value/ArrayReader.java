package io.docrows.internal.value;

import io.docrows.error.RejectedValueException;
import io.docrows.internal.bson.BsonCursor;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bson.BsonType;
import org.jspecify.annotations.Nullable;

/**
 * Reads an array as one value, with its elements in their order; those that are null or undefined, or are converted to
 * null, are null.
 *
 * @param elements reads one element
 * @param component the class of an element, as the column's array has them
 * @param choice what is chosen for the array
 * @param forms what is read as an array beside an array
 * @param <E> the type of an element
 */
public record ArrayReader<E>(ValueReader<? extends E> elements, Class<?> component, Choice choice, ArrayForms forms)
        implements ValueReader<E[]> {

    private static final Object NULL = new Object();

    /**
     * What is chosen for an array.
     *
     * @param distinct whether an element that occurs again is left out
     * @param withoutNulls whether elements that are null are left out
     */
    public record Choice(boolean distinct, boolean withoutNulls) {

        /** All elements. */
        public static final Choice ALL = new Choice(false, false);

        @Override
        public String toString() {
            return (distinct ? ".distinct" : "") + (withoutNulls ? ".withoutNulls" : "");
        }
    }

    @Override
    public ValueReader<E[]> perThread(Sources sources) {
        return new ArrayReader<>(elements.perThread(sources), component, choice, forms);
    }

    @Override
    public boolean looksAbove() {
        return true;
    }

    @Override
    public E[] read(BsonCursor cursor, PolicyCounter counter) {
        ArrayForms.Form form = forms.of(cursor, counter);
        if (form == ArrayForms.Form.EMPTY) {
            return array(List.of());
        }
        if (form == ArrayForms.Form.SINGLE) {
            return array(single(elements.read(cursor, counter)));
        }
        List<@Nullable Object> all = new ArrayList<>();
        int name = -1;
        cursor.enter();
        try {
            for (int index = 0; cursor.next(); index++) {
                if (form == ArrayForms.Form.DIGIT_KEYS) {
                    name = DigitKeys.next(cursor, name);
                }
                E element = read(cursor, counter, index);
                if (element != null || !choice.withoutNulls()) {
                    all.add(element);
                }
            }
        } finally {
            cursor.leave();
        }
        return array(choice.distinct() ? distinct(all) : all);
    }

    private static List<@Nullable Object> distinct(List<@Nullable Object> all) {
        Set<Object> known = new HashSet<>(2 * all.size());
        List<@Nullable Object> distinct = new ArrayList<>(all.size());
        for (Object element : all) {
            if (known.add(element == null ? NULL : Sameness.of(element))) {
                distinct.add(element);
            }
        }
        return distinct;
    }

    private List<@Nullable Object> single(@Nullable E element) {
        List<@Nullable Object> one = new ArrayList<>(1);
        if (element != null || !choice.withoutNulls()) {
            one.add(element);
        }
        return one;
    }

    private @Nullable E read(BsonCursor cursor, PolicyCounter counter, int index) {
        if (cursor.type() == BsonType.NULL || cursor.type() == BsonType.UNDEFINED) {
            return null;
        }
        try {
            return elements.read(cursor, counter);
        } catch (RejectedValueException e) {
            throw new RejectedValueException(e.code(), "element " + index + ": " + e.detail());
        }
    }

    @SuppressWarnings("unchecked") // the builder tied the elements' type to the component type of the column
    private E[] array(Collection<@Nullable Object> all) {
        @Nullable Object[] array = (@Nullable Object[]) Array.newInstance(component, all.size());
        int index = 0;
        for (Object element : all) {
            Array.set(array, index++, element);
        }
        return (E[]) array;
    }
}
