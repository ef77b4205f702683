package io.docrows.internal.value;

import io.docrows.internal.bson.BsonCursor;
import org.bson.BsonType;

/** Counts the elements of an array, nulls included. */
public final class ArraySize {

    private ArraySize() {}

    /**
     * Counts.
     *
     * @param cursor stands at the array; is not moved
     * @return how many elements it has
     * @throws io.docrows.error.RejectedValueException if it does not stand at an array
     */
    public static int of(BsonCursor cursor) {
        if (cursor.type() != BsonType.ARRAY) {
            throw Mismatch.type(cursor, "array");
        }
        int size = 0;
        cursor.enter();
        try {
            while (cursor.next()) {
                size++;
            }
        } finally {
            cursor.leave();
        }
        return size;
    }
}
