package io.docrows.internal.value;

import io.docrows.error.RejectedValueException;
import io.docrows.internal.bson.BsonCursor;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import org.bson.BsonType;
import org.jspecify.annotations.Nullable;

/** A {@link ListReader} for one thread. It collects elements in an array that it keeps. */
final class PerThreadListReader<T> implements ValueReader<List<T>> {

    /** Up to so many elements are compared with each other, more are hashed. */
    private static final int FEW = 16;

    private final ValueReader<T> elements;
    private final ArrayForms forms;
    private @Nullable Object[] collected = new Object[FEW];

    PerThreadListReader(ValueReader<T> elements, ArrayForms forms) {
        this.elements = elements;
        this.forms = forms;
    }

    @Override
    public boolean looksAbove() {
        return true;
    }

    @Override
    public List<T> read(BsonCursor cursor, PolicyCounter counter) {
        ArrayForms.Form form = forms.of(cursor, counter);
        if (form == ArrayForms.Form.EMPTY) {
            return List.of();
        }
        if (form == ArrayForms.Form.SINGLE) {
            T element = elements.read(cursor, counter);
            return element == null ? List.of() : List.of(element);
        }
        int count = 0;
        int name = -1;
        cursor.enter();
        try {
            for (int index = 0; cursor.next(); index++) {
                if (form == ArrayForms.Form.DIGIT_KEYS) {
                    name = DigitKeys.next(cursor, name);
                }
                if (cursor.type() != BsonType.NULL && cursor.type() != BsonType.UNDEFINED) {
                    T element = read(cursor, counter, index);
                    if (element != null && (count > FEW || !contains(count, element))) {
                        if (count == collected.length) {
                            collected = Arrays.copyOf(collected, 2 * count);
                        }
                        collected[count++] = element;
                    }
                }
            }
        } finally {
            cursor.leave();
        }
        return list(count);
    }

    private @Nullable T read(BsonCursor cursor, PolicyCounter counter, int index) {
        try {
            return elements.read(cursor, counter);
        } catch (RejectedValueException e) {
            throw new RejectedValueException(e.code(), "element " + index + ": " + e.detail());
        }
    }

    private boolean contains(int count, T element) {
        for (int i = 0; i < count; i++) {
            if (element == collected[i] || element.equals(collected[i])) {
                return true;
            }
        }
        return false;
    }

    @SuppressWarnings("unchecked") // holds nothing but what this reader's elements are
    private List<T> list(int count) {
        if (count == 0) {
            return List.of();
        }
        List<T> list = (List<T>) Arrays.asList(Arrays.copyOf(collected, count));
        if (count <= FEW) {
            return list;
        }
        // One long array must not keep its elements and its size for ever.
        collected = new Object[FEW];
        return List.copyOf(new LinkedHashSet<>(list));
    }
}
