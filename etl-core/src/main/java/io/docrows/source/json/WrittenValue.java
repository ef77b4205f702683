package io.docrows.source.json;

import org.bson.BsonType;

/** How many bytes a value takes that this package has written itself, and that is whole therefore. */
final class WrittenValue {

    private WrittenValue() {}

    static int length(BsonBuffer out, int code, int start) {
        return switch (BsonType.findByValue(code & 0xFF)) {
            case NULL, UNDEFINED, MIN_KEY, MAX_KEY, END_OF_DOCUMENT -> 0;
            case BOOLEAN -> 1;
            case INT32 -> 4;
            case DOUBLE, DATE_TIME, INT64, TIMESTAMP -> 8;
            case OBJECT_ID -> 12;
            case DECIMAL128 -> 16;
            case STRING, SYMBOL, JAVASCRIPT -> 4 + out.int32At(start);
            case DOCUMENT, ARRAY, JAVASCRIPT_WITH_SCOPE -> out.int32At(start);
            case BINARY -> 5 + out.int32At(start);
            case REGULAR_EXPRESSION -> afterCString(out, afterCString(out, start)) - start;
            case DB_POINTER -> 4 + out.int32At(start) + 12;
        };
    }

    private static int afterCString(BsonBuffer out, int start) {
        int at = start;
        while (out.bytes()[at] != 0) {
            at++;
        }
        return at + 1;
    }
}
