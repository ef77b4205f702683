package io.docrows.mapping;

import io.docrows.internal.bson.BsonCursor;
import org.bson.BsonType;

/** Reads the types that have one representation only: text, booleans, bytes. */
final class Scalar {

    private Scalar() {}

    static String text(BsonCursor cursor) {
        if (cursor.type() != BsonType.STRING && cursor.type() != BsonType.SYMBOL) {
            throw Mismatch.type(cursor, "string");
        }
        return cursor.string();
    }

    static boolean bool(BsonCursor cursor) {
        if (cursor.type() != BsonType.BOOLEAN) {
            throw Mismatch.type(cursor, "bool");
        }
        return cursor.bool();
    }

    static byte[] binary(BsonCursor cursor) {
        if (cursor.type() != BsonType.BINARY) {
            throw Mismatch.type(cursor, "binData");
        }
        return cursor.bytes();
    }
}
