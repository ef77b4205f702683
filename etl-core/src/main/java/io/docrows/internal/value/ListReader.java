package io.docrows.internal.value;

import io.docrows.internal.bson.BsonCursor;
import io.docrows.mapping.RejectedValueException;
import java.util.ArrayList;
import java.util.List;
import org.bson.BsonType;

/**
 * Reads an array, leaving out the elements that are null or undefined, or are converted to null.
 *
 * @param elements reads one element
 * @param mismatchAsEmpty number of the policy that takes what is no array for an empty one, or {@link #NO_POLICY}
 * @param <T> the type of an element
 */
public record ListReader<T>(ValueReader<T> elements, int mismatchAsEmpty) implements ValueReader<List<T>> {

    @Override
    public List<T> read(BsonCursor cursor, PolicyCounter counter) {
        if (cursor.type() != BsonType.ARRAY) {
            if (mismatchAsEmpty != NO_POLICY) {
                counter.add(mismatchAsEmpty);
                return List.of();
            }
            throw Mismatch.type(cursor, "array");
        }
        List<T> list = new ArrayList<>();
        cursor.enter();
        try {
            for (int index = 0; cursor.next(); index++) {
                if (cursor.type() != BsonType.NULL && cursor.type() != BsonType.UNDEFINED) {
                    read(cursor, counter, index, list);
                }
            }
        } finally {
            cursor.leave();
        }
        return list;
    }

    private void read(BsonCursor cursor, PolicyCounter counter, int index, List<T> list) {
        try {
            T element = elements.read(cursor, counter);
            if (element != null) {
                list.add(element);
            }
        } catch (RejectedValueException e) {
            throw new RejectedValueException(e.code(), "element " + index + ": " + e.detail());
        }
    }
}
