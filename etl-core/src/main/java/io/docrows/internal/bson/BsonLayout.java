package io.docrows.internal.bson;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.docrows.error.RejectCode;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import org.bson.BsonType;

/**
 * How many bytes each type of value takes, after the BSON specification 1.1. Every method takes the offset that the
 * value must not run past, returns the offset after it, and reads nothing beyond; sums cannot overflow, because every
 * length is compared with what is left before it is added.
 */
final class BsonLayout {

    static final int SMALLEST_DOCUMENT = 5;
    static final int OBJECT_ID_LENGTH = 12;
    /** The deprecated binary subtype whose payload repeats its length. */
    static final byte OLD_BINARY = 2;

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, LITTLE_ENDIAN);

    /** For each type byte how many bytes its values take, or -1 where that differs or more has to be looked at. */
    private static final byte[] SIZES = new byte[256];

    static {
        Arrays.fill(SIZES, (byte) -1);
        for (BsonType type : BsonType.values()) {
            SIZES[type.getValue() & 0xFF] = switch (type) {
                case NULL, UNDEFINED, MIN_KEY, MAX_KEY -> 0;
                case INT32 -> 4;
                case DOUBLE, DATE_TIME, INT64, TIMESTAMP -> 8;
                case OBJECT_ID -> OBJECT_ID_LENGTH;
                case DECIMAL128 -> 16;
                default -> (byte) -1;
            };
        }
    }

    private BsonLayout() {}

    static int sizeOf(int code) {
        return SIZES[code & 0xFF];
    }

    static int endOfValue(byte[] bytes, BsonType type, int start, int end) {
        return switch (type) {
            case NULL, UNDEFINED, MIN_KEY, MAX_KEY -> start;
            case BOOLEAN -> endOfBoolean(bytes, start, end);
            case INT32 -> fixed(start, 4, end);
            case DOUBLE, DATE_TIME, INT64, TIMESTAMP -> fixed(start, 8, end);
            case OBJECT_ID -> fixed(start, OBJECT_ID_LENGTH, end);
            case DECIMAL128 -> fixed(start, 16, end);
            case STRING, SYMBOL, JAVASCRIPT -> endOfString(bytes, start, end);
            case DOCUMENT, ARRAY -> endOfDocument(bytes, start, end);
            case BINARY -> endOfBinary(bytes, start, end);
            case REGULAR_EXPRESSION -> endOfCString(bytes, endOfCString(bytes, start, end), end);
            case DB_POINTER -> fixed(endOfString(bytes, start, end), OBJECT_ID_LENGTH, end);
            case JAVASCRIPT_WITH_SCOPE -> endOfCodeWithScope(bytes, start, end);
            case END_OF_DOCUMENT -> throw malformed("an unknown type", start);
        };
    }

    static int endOfString(byte[] bytes, int start, int end) {
        int after = start + 4 + length(bytes, start, 1, end - start - 4, end);
        if (bytes[after - 1] != 0) {
            throw malformed("a string without its terminator", after - 1);
        }
        return after;
    }

    static int endOfCString(byte[] bytes, int start, int end) {
        for (int at = start; at < end; at++) {
            if (bytes[at] == 0) {
                return at + 1;
            }
        }
        throw malformed("a regular expression without its terminator", start);
    }

    static int intAt(byte[] bytes, int offset) {
        return (int) INT.get(bytes, offset);
    }

    static MalformedBsonException malformed(String problem, int offset) {
        return new MalformedBsonException(RejectCode.INVALID_DOCUMENT, problem, offset);
    }

    private static int fixed(int start, int size, int end) {
        if (size > end - start) {
            throw malformed("a value that runs past its document", start);
        }
        return start + size;
    }

    private static int endOfBoolean(byte[] bytes, int start, int end) {
        int after = fixed(start, 1, end);
        if (bytes[start] != 0 && bytes[start] != 1) {
            throw malformed("a boolean that is neither 0 nor 1", start);
        }
        return after;
    }

    private static int endOfDocument(byte[] bytes, int start, int end) {
        int after = start + length(bytes, start, SMALLEST_DOCUMENT, end - start, end);
        if (bytes[after - 1] != 0) {
            throw malformed("a sub-document without its terminator", after - 1);
        }
        return after;
    }

    private static int endOfBinary(byte[] bytes, int start, int end) {
        int length = length(bytes, start, 0, end - start - 5, end);
        if (bytes[start + 4] == OLD_BINARY && (length < 4 || intAt(bytes, start + 5) != length - 4)) {
            throw malformed("a binary of subtype 2 whose two lengths differ", start);
        }
        return start + 5 + length;
    }

    private static int endOfCodeWithScope(byte[] bytes, int start, int end) {
        int after = start + length(bytes, start, 4 + 5 + SMALLEST_DOCUMENT, end - start, end);
        if (endOfDocument(bytes, endOfString(bytes, start + 4, after), after) != after) {
            throw malformed("a code with scope whose lengths differ", start);
        }
        return after;
    }

    private static int length(byte[] bytes, int start, int least, int most, int end) {
        if (end - start < 4) {
            throw malformed("a length prefix that runs past its document", start);
        }
        int length = intAt(bytes, start);
        if (length < least || length > most) {
            throw malformed("a length prefix that does not fit its document", start);
        }
        return length;
    }
}
