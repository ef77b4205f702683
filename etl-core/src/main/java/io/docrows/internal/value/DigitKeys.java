package io.docrows.internal.value;

import io.docrows.error.RejectCode;
import io.docrows.error.RejectedValueException;
import io.docrows.internal.bson.BsonCursor;

/**
 * The names of a document that stands for an array: whole numbers from 0 on, in ascending order. Some may be missing,
 * as PHP leaves them out when elements are taken away.
 */
public final class DigitKeys {

    private static final int LONGEST = 9;

    private DigitKeys() {}

    /**
     * The number of the field that a cursor stands at.
     *
     * @param cursor stands at the field; is not moved
     * @param before the number of the field before, or -1
     * @return a higher number
     * @throws RejectedValueException if the name is none, or not a higher one
     */
    public static int next(BsonCursor cursor, int before) {
        int number = number(cursor);
        if (number <= before) {
            throw new RejectedValueException(
                    RejectCode.TYPE_MISMATCH, "expected array, or object whose names count up from 0, found object");
        }
        return number;
    }

    private static int number(BsonCursor cursor) {
        if (cursor.nameLength() == 0 || cursor.nameLength() > LONGEST) {
            return -1;
        }
        String name = cursor.name();
        int number = 0;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c < '0' || c > '9' || (c == '0' && i == 0 && name.length() > 1)) {
                return -1;
            }
            number = 10 * number + c - '0';
        }
        return number;
    }
}
