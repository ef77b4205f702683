package io.docrows.internal.value;

import io.docrows.internal.bson.BsonCursor;
import org.bson.BsonType;

/** Reads the types that have one representation only: text, booleans, bytes. */
public final class Scalar {

    private Scalar() {}

    /**
     * Reads a string or symbol.
     *
     * @param cursor stands at the value; is not moved
     * @return the text; may hold U+0000
     * @throws io.docrows.error.RejectedValueException if the BSON type is not accepted or the value cannot be carried
     *     without loss
     */
    public static String text(BsonCursor cursor) {
        if (cursor.type() != BsonType.STRING && cursor.type() != BsonType.SYMBOL) {
            throw Mismatch.type(cursor, "string");
        }
        return cursor.string();
    }

    /**
     * Reads a bool.
     *
     * @param cursor stands at the value; is not moved
     * @return the value
     * @throws io.docrows.error.RejectedValueException if the BSON type is not accepted or the value cannot be carried
     *     without loss
     */
    public static boolean bool(BsonCursor cursor) {
        if (cursor.type() != BsonType.BOOLEAN) {
            throw Mismatch.type(cursor, "bool");
        }
        return cursor.bool();
    }

    /**
     * Reads a binary of any subtype.
     *
     * @param cursor stands at the value; is not moved
     * @return its payload
     * @throws io.docrows.error.RejectedValueException if the BSON type is not accepted or the value cannot be carried
     *     without loss
     */
    public static byte[] binary(BsonCursor cursor) {
        if (cursor.type() != BsonType.BINARY) {
            throw Mismatch.type(cursor, "binData");
        }
        return cursor.bytes();
    }
}
