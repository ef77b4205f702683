package io.docrows.inspect.internal.measure;

import io.docrows.inspect.fact.Kind;
import io.docrows.internal.bson.BsonCursor;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigDecimal;
import java.nio.ByteOrder;
import org.bson.BsonType;
import org.bson.types.Decimal128;

/**
 * A look at one value that holds no others: its {@link Kind}, its hash, and what the hash is good for; its size goes
 * into the measures of its path. Reused, hence mutable.
 */
final class ValueScan {

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** Beyond 2^53 doubles leave out whole numbers. */
    private static final double LARGEST_EXACT = 9_007_199_254_740_992.0;

    private static final int LONGEST_BINARY = 64;
    private static final int UUID_LENGTH = 16;

    /** What a value's hash is good for. Each includes those before it. */
    enum Use {
        /** There is none. */
        NONE,
        /** For telling the elements of an array apart. */
        ELEMENT,
        /** For finding the value among keys. */
        KEY,
        /** For counting it, where there are few different ones. */
        LABEL
    }

    long hash;
    Use use = Use.NONE;
    /** Of labels: where the bytes that are kept of it begin, and end. */
    int from;

    int to;

    private final TextScan text = new TextScan();

    ValueScan() {}

    /** Looks at the value the cursor stands at. */
    Kind scan(BsonCursor cursor, PathNode node, DocumentMark mark) {
        return switch (cursor.type()) {
            case STRING -> text(cursor, node);
            case INT32 -> whole(cursor, node, cursor.int32(), Integer.BYTES, Kind.INT32);
            case INT64 -> whole(cursor, node, cursor.int64(), Long.BYTES, Kind.INT64);
            case DATE_TIME -> date(cursor, node, mark);
            case OBJECT_ID ->
                hashed(ValueHash.objectId(cursor.document(), cursor.valueOffset()), Use.KEY, Kind.OBJECT_ID);
            case DOUBLE -> float64(cursor, node);
            case DECIMAL128 -> decimal(cursor, node);
            case BINARY -> binary(cursor, node);
            case BOOLEAN -> unhashed(cursor.bool() ? Kind.TRUE : Kind.FALSE);
            default -> unhashed(rare(cursor.type()));
        };
    }

    private static Kind rare(BsonType type) {
        return switch (type) {
            case NULL -> Kind.NULL;
            case UNDEFINED -> Kind.UNDEFINED;
            case TIMESTAMP -> Kind.TIMESTAMP;
            case REGULAR_EXPRESSION -> Kind.REGEX;
            case JAVASCRIPT -> Kind.CODE;
            case JAVASCRIPT_WITH_SCOPE -> Kind.CODE_WITH_SCOPE;
            case SYMBOL -> Kind.SYMBOL;
            case DB_POINTER -> Kind.DB_POINTER;
            case MIN_KEY -> Kind.MIN_KEY;
            case MAX_KEY -> Kind.MAX_KEY;
            default -> throw new IllegalStateException("no kind for " + type);
        };
    }

    private Kind unhashed(Kind kind) {
        use = Use.NONE;
        return kind;
    }

    private Kind hashed(long value, Use good, Kind kind) {
        hash = value;
        use = good;
        return kind;
    }

    private Kind text(BsonCursor cursor, PathNode node) {
        from = cursor.valueOffset() + 4;
        to = from + cursor.valueLength() - 5;
        text.scan(cursor.document(), from, to);
        TextMeasure texts = node.texts;
        if (texts == null) {
            texts = new TextMeasure();
            node.texts = texts;
        }
        texts.add(text, to - from);
        Kind kind = text.kind;
        if (kind == Kind.TEXT_INTEGER || kind == Kind.TEXT_DECIMAL || kind == Kind.TEXT_PADDED) {
            NumberMeasure numbers = node.textNumbers;
            if (numbers == null) {
                numbers = new NumberMeasure();
                node.textNumbers = numbers;
            }
            numbers.text(text.integerDigits, text.scale);
        }
        return hashed(text.hash, Use.LABEL, kind);
    }

    private static NumberMeasure numbers(PathNode node) {
        NumberMeasure numbers = node.numbers;
        if (numbers == null) {
            numbers = new NumberMeasure();
            node.numbers = numbers;
        }
        return numbers;
    }

    private Kind whole(BsonCursor cursor, PathNode node, long value, int length, Kind kind) {
        numbers(node).whole(value);
        from = cursor.valueOffset();
        to = from + length;
        return hashed(ValueHash.number(value), Use.LABEL, kind);
    }

    private Kind float64(BsonCursor cursor, PathNode node) {
        double value = cursor.float64();
        if (Double.isNaN(value)) {
            return unhashed(Kind.DOUBLE_NAN);
        }
        if (Double.isInfinite(value)) {
            return unhashed(Kind.DOUBLE_INFINITE);
        }
        NumberMeasure numbers = numbers(node);
        if (Math.abs(value) <= LARGEST_EXACT && (long) value == value) {
            numbers.whole((long) value);
            return hashed(ValueHash.number((long) value), Use.KEY, Kind.DOUBLE_WHOLE);
        }
        numbers.fraction(value);
        if (Math.rint(value) == value) {
            numbers.beyondLong();
            return unhashed(Kind.DOUBLE_WHOLE);
        }
        return hashed(ValueHash.fraction(value), Use.ELEMENT, Kind.DOUBLE);
    }

    private Kind decimal(BsonCursor cursor, PathNode node) {
        byte[] bytes = cursor.document();
        int at = cursor.valueOffset();
        long low = (long) LONG.get(bytes, at);
        long high = (long) LONG.get(bytes, at + 8);
        if ((high & 0x7C00000000000000L) == 0x7C00000000000000L) {
            return unhashed(Kind.DECIMAL_NAN);
        }
        if ((high & 0x7800000000000000L) == 0x7800000000000000L) {
            return unhashed(Kind.DECIMAL_INFINITE);
        }
        boolean small =
                (high & 0x6000000000000000L) != 0x6000000000000000L && (high & 0x1FFFFFFFFFFFFL) == 0 && low >= 0;
        if (!small) {
            return large(cursor, numbers(node), Decimal128.fromIEEE754BIDEncoding(high & Long.MAX_VALUE, low), high);
        }
        boolean negative = high < 0;
        int exponent = (int) (high >>> 49 & 0x3FFF) - 6176;
        int digits = NumberMeasure.digits(low);
        int zeros = 0;
        long rest = low;
        while (rest != 0 && rest % 10 == 0) {
            rest /= 10;
            zeros++;
        }
        numbers(node).decimal(negative, low == 0, digits, zeros, exponent);
        if (low != 0 && (exponent + zeros < 0 || digits + exponent > 18)) {
            return hashed(ValueHash.other(19, bytes, at, at + 16), Use.ELEMENT, Kind.DECIMAL);
        }
        long whole = low == 0 ? 0 : rest;
        for (int i = 0; low != 0 && i < exponent + zeros; i++) {
            whole *= 10;
        }
        return hashed(ValueHash.number(negative ? -whole : whole), Use.KEY, Kind.DECIMAL);
    }

    private Kind large(BsonCursor cursor, NumberMeasure numbers, Decimal128 size, long high) {
        BigDecimal number = size.bigDecimalValue();
        boolean zero = number.signum() == 0;
        int zeros = zero ? 0 : number.precision() - number.stripTrailingZeros().precision();
        numbers.decimal(high < 0, zero, number.precision(), zeros, -number.scale());
        if (zero) {
            return hashed(ValueHash.number(0), Use.KEY, Kind.DECIMAL);
        }
        numbers.beyondLong();
        int at = cursor.valueOffset();
        return hashed(ValueHash.other(19, cursor.document(), at, at + 16), Use.ELEMENT, Kind.DECIMAL);
    }

    private Kind date(BsonCursor cursor, PathNode node, DocumentMark mark) {
        long millis = cursor.int64();
        DateMeasure dates = node.dates;
        if (dates == null) {
            dates = new DateMeasure();
            node.dates = dates;
        }
        Kind kind = dates.add(millis, mark);
        int at = cursor.valueOffset();
        return hashed(ValueHash.other(9, cursor.document(), at, at + Long.BYTES), Use.ELEMENT, kind);
    }

    private Kind binary(BsonCursor cursor, PathNode node) {
        byte[] bytes = cursor.document();
        int start = cursor.valueOffset();
        int subtype = bytes[start + 4] & 0xFF;
        int first = start + (subtype == 2 ? 9 : 5);
        int end = start + cursor.valueLength();
        BinaryMeasure binaries = node.binaries;
        if (binaries == null) {
            binaries = new BinaryMeasure();
            node.binaries = binaries;
        }
        binaries.add(bytes, first, end - first, subtype);
        Kind kind = switch (subtype) {
            case 0, 2 -> Kind.BINARY;
            case 3 -> Kind.UUID_LEGACY;
            case 4 -> Kind.UUID;
            default -> subtype >= 0x80 ? Kind.BINARY_USER : Kind.BINARY_OTHER;
        };
        if (subtype == 4 && end - first == UUID_LENGTH) {
            return hashed(ValueHash.uuid(bytes, first), Use.KEY, kind);
        }
        return end - first <= LONGEST_BINARY
                ? hashed(ValueHash.other(5 + subtype, bytes, first, end), Use.KEY, kind)
                : unhashed(kind);
    }
}
