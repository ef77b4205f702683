package io.docrows.internal.value;

import io.docrows.internal.bson.BsonCursor;

/**
 * Reads a text, or the text of another scalar.
 *
 * @param orScalar the number of the policy that reads others
 */
public record ScalarTextReader(int orScalar) implements ValueReader<String> {

    @Override
    public String read(BsonCursor cursor, PolicyCounter counter) {
        if (WrittenNumber.isText(cursor)) {
            return cursor.string();
        }
        String text = switch (cursor.type()) {
            case INT32, INT64, DOUBLE, DECIMAL128 -> PlainText.number(cursor);
            case BOOLEAN -> Boolean.toString(cursor.bool());
            case DATE_TIME -> PlainText.date(cursor);
            case OBJECT_ID -> cursor.objectIdHex();
            case BINARY -> uuid(cursor);
            default -> throw Mismatch.type(cursor, "a scalar");
        };
        counter.add(orScalar);
        return text;
    }

    private static String uuid(BsonCursor cursor) {
        if (cursor.binarySubtype() != UuidBytes.STANDARD_SUBTYPE) {
            throw Mismatch.type(cursor, "a scalar");
        }
        byte[] bytes = cursor.bytes();
        if (bytes.length != UuidBytes.LENGTH) {
            throw Mismatch.value(cursor, "a UUID of 16 bytes");
        }
        return UuidBytes.standard(bytes).toString();
    }
}
