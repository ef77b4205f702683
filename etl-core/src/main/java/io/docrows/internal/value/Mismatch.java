package io.docrows.internal.value;

import io.docrows.error.RejectCode;
import io.docrows.error.RejectedValueException;
import io.docrows.internal.bson.BsonCursor;
import io.docrows.internal.bson.BsonTypes;

/** Makes the rejections of the readers, which name what was expected and what was found, but never the value. */
final class Mismatch {

    private Mismatch() {}

    /** The cursor stands at a type that the reader does not accept. */
    static RejectedValueException type(BsonCursor cursor, String expected) {
        return new RejectedValueException(
                RejectCode.TYPE_MISMATCH, "expected " + expected + ", found " + BsonTypes.alias(cursor.type()));
    }

    /** The cursor stands at an accepted type, but its value cannot be carried without loss. */
    static RejectedValueException range(BsonCursor cursor, String expected) {
        return new RejectedValueException(
                RejectCode.OUT_OF_RANGE,
                "expected " + expected + ", found a " + BsonTypes.alias(cursor.type()) + " that is not");
    }

    /** The cursor stands at an accepted type, but its value breaks a rule. */
    static RejectedValueException value(BsonCursor cursor, String expected) {
        return new RejectedValueException(
                RejectCode.INVALID_VALUE,
                "expected " + expected + ", found a " + BsonTypes.alias(cursor.type()) + " that is not");
    }
}
