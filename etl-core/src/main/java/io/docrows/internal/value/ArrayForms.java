package io.docrows.internal.value;

import io.docrows.internal.bson.BsonCursor;
import org.bson.BsonType;

/**
 * What is read as an array beside an array. Policies are given by their numbers, or {@link ValueReader#NO_POLICY}.
 *
 * @param mismatchAsEmpty the policy that takes what is none for an empty one
 * @param orSingle the policy that takes what is none for the only element of one
 * @param orDigitKeys the policy that takes a document whose names are numbers for one
 */
public record ArrayForms(int mismatchAsEmpty, int orSingle, int orDigitKeys) {

    /** Arrays only. */
    public static final ArrayForms NONE =
            new ArrayForms(ValueReader.NO_POLICY, ValueReader.NO_POLICY, ValueReader.NO_POLICY);

    /** How what a cursor stands at is to be read. */
    enum Form {
        /** Its elements, after it was entered. */
        ARRAY,
        /** The same, but their names have to be looked at. */
        DIGIT_KEYS,
        /** As an element. */
        SINGLE,
        /** It has no elements. */
        EMPTY
    }

    /**
     * How a value is read, which is counted.
     *
     * @throws io.docrows.error.RejectedValueException if it is no array, nor anything that is read as one
     */
    Form of(BsonCursor cursor, PolicyCounter counter) {
        if (cursor.isAbove()) {
            if (mismatchAsEmpty == ValueReader.NO_POLICY) {
                throw Mismatch.type(cursor, "a sub-document");
            }
            counter.add(mismatchAsEmpty);
            return Form.EMPTY;
        }
        if (cursor.type() == BsonType.ARRAY) {
            return Form.ARRAY;
        }
        if (orDigitKeys != ValueReader.NO_POLICY && cursor.type() == BsonType.DOCUMENT) {
            counter.add(orDigitKeys);
            return Form.DIGIT_KEYS;
        }
        if (orSingle != ValueReader.NO_POLICY) {
            counter.add(orSingle);
            return Form.SINGLE;
        }
        if (mismatchAsEmpty != ValueReader.NO_POLICY) {
            counter.add(mismatchAsEmpty);
            return Form.EMPTY;
        }
        throw Mismatch.type(cursor, "array");
    }
}
