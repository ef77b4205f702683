package io.docrows.mapping;

import io.docrows.internal.value.ValueReader;

/**
 * What a part of a document may be stored as, beside what its rows are made of. Each is the number of a policy, or
 * {@link ValueReader#NO_POLICY}.
 *
 * @param emptyAsNull an empty document, array or text, for nothing
 * @param mismatchAsEmpty anything, for nothing
 * @param orSingle an element, for an array of one
 * @param orDigitKeys a document whose names are numbers, for an array
 * @param orArrayOfOne an array of one, for its element
 */
record NestedForms(int emptyAsNull, int mismatchAsEmpty, int orSingle, int orDigitKeys, int orArrayOfOne) {

    static boolean isChosen(int policy) {
        return policy != ValueReader.NO_POLICY;
    }
}
