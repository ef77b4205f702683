package io.docrows.internal.bson;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.docrows.error.RejectCode;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.function.Supplier;
import org.bson.BsonType;
import org.bson.types.Decimal128;
import org.jspecify.annotations.Nullable;

/**
 * A pull cursor over the bytes of one document, as the BSON specification 1.1 (bsonspec.org) lays them out.
 *
 * <p>{@link #next()} finds where an element's name and value are and checks that both lie within the enclosing
 * document; the reading methods then never move the cursor, so that a value can be read twice, or not at all: what is
 * not read is not decoded and costs no allocation. The inside of a sub-document is checked when it is entered, not when
 * it is skipped.
 *
 * <p>Every method throws {@link MalformedBsonException} for bytes that break the specification, and
 * {@link IllegalStateException} when the cursor does not stand at a value of the type asked for. A cursor is reused
 * through {@link #reset}; it is not thread-safe. The bytes given to it must not change while it is used.
 */
public final class BsonCursor {

    /** How many documents and arrays may be nested; MongoDB itself allows 100. */
    public static final int MAX_DEPTH = 200;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, LITTLE_ENDIAN);
    private static final VarHandle DOUBLE = MethodHandles.byteArrayViewVarHandle(double[].class, LITTLE_ENDIAN);

    private static final byte[] NOTHING = {};

    private byte[] bytes = NOTHING;
    /** Where the terminator of the document being read is. */
    private int end;
    /** Where the next element starts. */
    private int position;

    private boolean above;

    private BsonType type = BsonType.END_OF_DOCUMENT;
    private int nameStart;
    private int nameEnd;
    /** The name's first eight bytes, as {@link FieldName#word()} has them. */
    private long nameWord;

    private int valueStart;
    private int valueEnd;

    private final byte[] digits = new byte[2 * BsonLayout.OBJECT_ID_LENGTH];
    private final Utf8 utf8 = new Utf8();
    /** One more than may be nested, for the document itself: see {@link #standAtDocument()}. */
    private final @Nullable Frame[] frames = new Frame[MAX_DEPTH + 1];

    private int deepest = MAX_DEPTH;
    private int depth;
    private boolean replacing;

    /**
     * Starts over with another document, before its first element.
     *
     * @param document exactly one BSON document
     * @throws MalformedBsonException if its length prefix is not the length of the array, or its last byte is not zero
     */
    public void reset(byte[] document) {
        bytes = document;
        above = false;
        depth = 0;
        deepest = MAX_DEPTH;
        end = 0;
        position = 0;
        type = BsonType.END_OF_DOCUMENT;
        if (document.length < BsonLayout.SMALLEST_DOCUMENT) {
            throw BsonLayout.malformed("a document that is shorter than 5 bytes", 0);
        }
        if (BsonLayout.intAt(bytes, 0) != document.length) {
            throw BsonLayout.malformed("a document whose length prefix does not match its size", 0);
        }
        if (document[document.length - 1] != 0) {
            throw BsonLayout.malformed("a document without its terminator", document.length - 1);
        }
        end = document.length - 1;
        position = 4;
    }

    /**
     * Stands at the document itself, as if it were a value in another one, so that it can be read like a sub-document.
     * Only {@link #reset} leads back to its elements.
     */
    public void standAtDocument() {
        type = BsonType.DOCUMENT;
        nameStart = 0;
        nameEnd = 0;
        nameWord = 0;
        valueStart = 0;
        valueEnd = bytes.length;
        depth = 0;
        deepest = MAX_DEPTH + 1;
    }

    /**
     * Remembers where the cursor stands.
     *
     * @param mark is put there
     */
    public void mark(Mark mark) {
        mark.type = type;
        mark.nameStart = nameStart;
        mark.nameEnd = nameEnd;
        mark.nameWord = nameWord;
        mark.valueStart = valueStart;
        mark.valueEnd = valueEnd;
        mark.above = above;
    }

    /**
     * Stands at a value that was marked, for reading; {@link #next()} afterwards does what it would have done before,
     * also if the value was entered and left.
     *
     * @param mark a mark in the document that is being read
     */
    public void standAt(Mark mark) {
        type = mark.type;
        nameStart = mark.nameStart;
        nameEnd = mark.nameEnd;
        nameWord = mark.nameWord;
        valueStart = mark.valueStart;
        valueEnd = mark.valueEnd;
        above = mark.above;
    }

    /**
     * Says whether the fields that are read from now on are not there, because the value that the cursor stands at is
     * in the place of the document that should hold them.
     *
     * @param instead true if it is
     */
    public void standAbove(boolean instead) {
        above = instead;
    }

    /**
     * Whether the value that the cursor stands at is not the one to be read, but in the place of the document that
     * should hold it.
     *
     * @return true if there is no value to be read
     */
    public boolean isAbove() {
        return above;
    }

    /**
     * Moves to the next element of the document or array being read.
     *
     * @return false if there is none; stays false until {@link #leave()} or {@link #reset}
     * @throws MalformedBsonException if the element's type is unknown, or its name or value does not fit
     */
    public boolean next() {
        int at = position;
        if (at >= end) {
            type = BsonType.END_OF_DOCUMENT;
            return false;
        }
        byte[] source = bytes;
        int code = source[at];
        BsonType found = BsonTypes.ofCode(code);
        if (found == null || code == 0) {
            throw BsonLayout.malformed(code == 0 ? "a document that ends before its length" : "an unknown type", at);
        }
        int start = readName(source, at + 1) + 1;
        int size = BsonLayout.sizeOf(code);
        int after = size >= 0 && size <= end - start ? start + size : BsonLayout.endOfValue(source, found, start, end);
        valueStart = start;
        valueEnd = after;
        position = after;
        type = found;
        return true;
    }

    /** Finds the end of a name, eight bytes at a time while there are as many, and keeps the first eight. */
    private int readName(byte[] source, int start) {
        int limit = end;
        int scan = start;
        if (limit - start >= FieldName.WORD) {
            long word = longAt(start);
            // A bit for each zero byte; bits above the lowest one may be wrong.
            long zeros = (word - 0x0101010101010101L) & ~word & 0x8080808080808080L;
            if (zeros != 0) {
                int bits = Long.numberOfTrailingZeros(zeros) & -Byte.SIZE;
                nameWord = word & (1L << bits) - 1;
                nameStart = start;
                nameEnd = start + (bits >>> 3);
                return nameEnd;
            }
            nameWord = word;
            scan = start + FieldName.WORD;
        }
        while (scan < limit && source[scan] != 0) {
            scan++;
        }
        if (scan >= limit) {
            throw BsonLayout.malformed("a name without its terminator", start);
        }
        if (limit - start < FieldName.WORD) {
            nameWord = FieldName.word(source, start, scan);
        }
        nameStart = start;
        nameEnd = scan;
        return scan;
    }

    /**
     * The type of the element the cursor stands at.
     *
     * @return {@link BsonType#END_OF_DOCUMENT} before the first and after the last element
     */
    public BsonType type() {
        return type;
    }

    /**
     * Whether the element has this name. Allocates nothing.
     *
     * @param name a name
     * @return true if they are the same, byte for byte
     */
    public boolean nameIs(FieldName name) {
        int length = name.length();
        return nameWord == name.word()
                && nameEnd - nameStart == length
                && (length <= FieldName.WORD || Arrays.equals(bytes, nameStart, nameEnd, name.utf8(), 0, length));
    }

    /**
     * How long the element's name is.
     *
     * @return its length in bytes of UTF-8
     */
    public int nameLength() {
        return nameEnd - nameStart;
    }

    /**
     * The first eight bytes of the element's name, the first one lowest, with zeros above a shorter one.
     *
     * @return for telling names apart without decoding them
     */
    public long nameWord() {
        return nameWord;
    }

    /**
     * The bytes of the document, for those who measure values where they are.
     *
     * @return the array that {@link #reset} was given, not a copy
     */
    public byte[] document() {
        return bytes;
    }

    /**
     * The element's name.
     *
     * @return may be empty, and may hold dots
     * @throws MalformedBsonException with {@link RejectCode#INVALID_UTF8}
     */
    public String name() {
        return text(nameStart, nameEnd);
    }

    /**
     * Goes into the document or array the cursor stands at, or into the scope of a code with scope, before its first
     * element.
     *
     * @throws MalformedBsonException if there are more than {@link #MAX_DEPTH} levels
     */
    public void enter() {
        int start = valueStart;
        if (type == BsonType.JAVASCRIPT_WITH_SCOPE) {
            start = BsonLayout.endOfString(bytes, valueStart + 4, valueEnd);
        } else if (type != BsonType.DOCUMENT && type != BsonType.ARRAY) {
            throw wrongType(BsonType.DOCUMENT);
        }
        if (depth == deepest) {
            throw BsonLayout.malformed("a document nested deeper than " + MAX_DEPTH + " levels", valueStart);
        }
        push();
        end = valueEnd - 1;
        position = start + 4;
        type = BsonType.END_OF_DOCUMENT;
    }

    private void push() {
        Frame frame = frame(depth++);
        frame.type = type;
        frame.end = end;
        frame.position = position;
        frame.nameStart = nameStart;
        frame.nameEnd = nameEnd;
        frame.nameWord = nameWord;
        frame.valueStart = valueStart;
        frame.valueEnd = valueEnd;
    }

    private Frame frame(int level) {
        Frame frame = frames[level];
        if (frame == null) {
            frame = new Frame();
            frames[level] = frame;
        }
        return frame;
    }

    /**
     * Goes back to the element entered last, wherever the cursor is inside it. {@link #next()} then does what it would
     * have done before it was entered: it moves past it, unless the cursor had only been {@linkplain #standAt put}
     * there.
     */
    public void leave() {
        if (depth == 0) {
            throw new IllegalStateException("the cursor is at the top of the document");
        }
        Frame frame = frame(--depth);
        type = frame.type;
        end = frame.end;
        position = frame.position;
        nameStart = frame.nameStart;
        nameEnd = frame.nameEnd;
        nameWord = frame.nameWord;
        valueStart = frame.valueStart;
        valueEnd = frame.valueEnd;
    }

    /**
     * How many documents and arrays the cursor is in, not counting the outermost.
     *
     * @return 0 to {@link #MAX_DEPTH}
     */
    public int depth() {
        return depth;
    }

    /**
     * The value of an int32.
     *
     * @return the value
     */
    public int int32() {
        require(BsonType.INT32);
        return BsonLayout.intAt(bytes, valueStart);
    }

    /**
     * The value of an int64, the milliseconds since 1970-01-01T00:00:00Z of a date, or the raw bits of a timestamp (the
     * upper half are the seconds, the lower half the ordinal).
     *
     * @return the value
     */
    public long int64() {
        if (type != BsonType.INT64 && type != BsonType.DATE_TIME && type != BsonType.TIMESTAMP) {
            throw wrongType(BsonType.INT64);
        }
        return longAt(valueStart);
    }

    /**
     * The value of a double.
     *
     * @return the value
     */
    public double float64() {
        require(BsonType.DOUBLE);
        return (double) DOUBLE.get(bytes, valueStart);
    }

    /**
     * The value of a boolean.
     *
     * @return the value
     */
    public boolean bool() {
        require(BsonType.BOOLEAN);
        return bytes[valueStart] == 1;
    }

    /**
     * The text of a string, a symbol, a JavaScript code (with or without scope), or the namespace of a DBPointer.
     *
     * @return the text; may hold U+0000
     * @throws MalformedBsonException with {@link RejectCode#INVALID_UTF8}
     */
    public String string() {
        return switch (type) {
            case STRING, SYMBOL, JAVASCRIPT, DB_POINTER -> stringAt(valueStart);
            case JAVASCRIPT_WITH_SCOPE -> stringAt(valueStart + 4);
            default -> throw wrongType(BsonType.STRING);
        };
    }

    /**
     * The pattern of a regular expression.
     *
     * @return the pattern
     * @throws MalformedBsonException with {@link RejectCode#INVALID_UTF8}
     */
    public String pattern() {
        require(BsonType.REGULAR_EXPRESSION);
        return text(valueStart, BsonLayout.endOfCString(bytes, valueStart, valueEnd) - 1);
    }

    /**
     * The options of a regular expression.
     *
     * @return the options, as they are stored
     * @throws MalformedBsonException with {@link RejectCode#INVALID_UTF8}
     */
    public String options() {
        require(BsonType.REGULAR_EXPRESSION);
        return text(BsonLayout.endOfCString(bytes, valueStart, valueEnd), valueEnd - 1);
    }

    /**
     * The value of a Decimal128.
     *
     * @return the value with its exponent
     */
    public Decimal128 decimal128() {
        require(BsonType.DECIMAL128);
        return Decimal128.fromIEEE754BIDEncoding(longAt(valueStart + 8), longAt(valueStart));
    }

    /**
     * The payload of a binary (the inner length of the old subtype 2 left out), or the 12 bytes of an ObjectId or of a
     * DBPointer's.
     *
     * @return a copy
     */
    public byte[] bytes() {
        int start = switch (type) {
            case OBJECT_ID -> valueStart;
            case DB_POINTER -> valueEnd - BsonLayout.OBJECT_ID_LENGTH;
            case BINARY -> valueStart + (bytes[valueStart + 4] == BsonLayout.OLD_BINARY ? 9 : 5);
            default -> throw wrongType(BsonType.BINARY);
        };
        return Arrays.copyOfRange(bytes, start, valueEnd);
    }

    /**
     * The subtype of a binary.
     *
     * @return the subtype; 0x80 and above are negative
     */
    public byte binarySubtype() {
        require(BsonType.BINARY);
        return bytes[valueStart + 4];
    }

    /**
     * The text of an ObjectId.
     *
     * @return 24 hexadecimal digits in lower case
     */
    public String objectIdHex() {
        require(BsonType.OBJECT_ID);
        return Hex.lowerCase(bytes, valueStart, digits);
    }

    /**
     * Whether the value is a string of exactly these bytes. Allocates nothing.
     *
     * @param utf8 a text in UTF-8
     * @return false also for values of other types
     */
    public boolean stringIs(byte[] utf8) {
        int start = valueStart + 4;
        return (type == BsonType.STRING || type == BsonType.SYMBOL)
                && Arrays.equals(bytes, start, valueEnd - 1, utf8, 0, utf8.length);
    }

    /**
     * Whether the value has the type and the bytes of another one. Allocates nothing.
     *
     * @param otherType the other one's type
     * @param value the other one's bytes, as {@link #value()} gave them
     * @return true if both are the same
     */
    public boolean valueIs(BsonType otherType, byte[] value) {
        return type == otherType && Arrays.equals(bytes, valueStart, valueEnd, value, 0, value.length);
    }

    /**
     * A hash of the value's bytes, for values of a few bytes.
     *
     * @return the same for values that {@link #valueIs} calls the same
     */
    public int valueHash() {
        long hash = valueEnd - valueStart;
        int at = valueStart;
        for (; at + Long.BYTES <= valueEnd; at += Long.BYTES) {
            hash = (hash ^ longAt(at)) * 0x9E3779B97F4A7C15L;
            hash ^= hash >>> 32;
        }
        hash = (hash ^ FieldName.word(bytes, at, valueEnd)) * 0x9E3779B97F4A7C15L;
        return (int) (hash >>> 32);
    }

    /**
     * The value's bytes, with length prefixes and terminators.
     *
     * @return a copy
     */
    public byte[] value() {
        return Arrays.copyOfRange(bytes, valueStart, valueEnd);
    }

    /**
     * Reads with U+FFFD in the place of what is not valid UTF-8, instead of an exception.
     *
     * @param reading reads from this cursor
     * @param <T> what it reads
     * @return what it read
     */
    public <T extends @Nullable Object> T replacingInvalidText(Supplier<T> reading) {
        replacing = true;
        try {
            return reading.get();
        } finally {
            replacing = false;
        }
    }

    /**
     * Where the value starts.
     *
     * @return bytes from the start of the document
     */
    public int valueOffset() {
        return valueStart;
    }

    /**
     * How long the value is, with its length prefixes and terminators.
     *
     * @return bytes; 0 for the types that have no value
     */
    public int valueLength() {
        return valueEnd - valueStart;
    }

    private String stringAt(int start) {
        return text(start + 4, start + 4 + BsonLayout.intAt(bytes, start) - 1);
    }

    private String text(int from, int to) {
        return replacing ? Utf8.replaced(bytes, from, to) : utf8.decode(bytes, from, to);
    }

    private long longAt(int offset) {
        return (long) LONG.get(bytes, offset);
    }

    private void require(BsonType expected) {
        if (type != expected) {
            throw wrongType(expected);
        }
    }

    private IllegalStateException wrongType(BsonType expected) {
        return new IllegalStateException(
                "the cursor stands at " + BsonTypes.alias(type) + ", not at " + BsonTypes.alias(expected));
    }
}
