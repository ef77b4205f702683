package io.docrows.source.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import org.bson.BsonType;
import org.bson.types.Decimal128;

/**
 * Puts the value that an object of Extended JSON spells in the object's place: <code>{"$oid": "…"}</code> becomes an
 * ObjectId. Known are the forms of v2, canonical and relaxed, and of v1, strict, and what writers in use make of them.
 *
 * <p>An object that is not exactly such a form stays what it is, a document with a field of that name: one that has
 * other fields besides, a number out of its type's range, a date that is no date. Nothing of it is lost, no other value
 * takes its place, and a mapping that wants the value rejects the document. Not thread-safe.
 */
final class Wrappers {

    private static final int NO_ELEMENT = -1;

    /** The longest number in a text that is looked at. */
    private static final int LONGEST_NUMBER = 6_400;

    /** So many digits surely fit a long. */
    private static final int LONG_DIGITS = 18;

    private static final int DECIMAL_BIAS = 6176;

    private static final byte OLD_BINARY = 2;

    private final BsonBuffer out;

    /** Where the value in hand begins; its type stands at {@link #typeAt}. */
    private int start;

    private int typeAt;

    Wrappers(BsonBuffer out) {
        this.out = out;
    }

    /**
     * Looks at the document that was written last.
     *
     * @param key its first name
     * @param fields how many fields it has
     * @param typeAt where the type of the element stands whose value it is
     * @param start where it begins
     * @return whether another value has taken its place
     */
    boolean collapse(WrapperKey key, int fields, int typeAt, int start) {
        this.typeAt = typeAt;
        this.start = start;
        int first = start + 4;
        if (fields == 1) {
            return single(key, first);
        }
        return fields == 2 && pair(key, first, after(first));
    }

    private boolean single(WrapperKey key, int element) {
        int type = out.bytes()[element];
        int value = valueOf(element);
        return switch (key) {
            case OID -> type == BsonType.STRING.getValue() && objectId(value);
            case DATE -> date(type, value);
            case NUMBER_INT -> whole(type, value, BsonType.INT32);
            case NUMBER_LONG -> whole(type, value, BsonType.INT64);
            case NUMBER_DOUBLE -> real(type, value);
            case NUMBER_DECIMAL -> decimal(type, value);
            case BINARY -> type == BsonType.DOCUMENT.getValue() && binaryOf(value);
            case UUID -> type == BsonType.STRING.getValue() && uuid(value);
            case REGULAR_EXPRESSION -> type == BsonType.DOCUMENT.getValue() && regexOf(value);
            case TIMESTAMP -> type == BsonType.DOCUMENT.getValue() && timestamp(value);
            case UNDEFINED ->
                type == BsonType.BOOLEAN.getValue() && out.bytes()[value] == 1 && empty(BsonType.UNDEFINED);
            case MIN_KEY -> isOne(type, value) && empty(BsonType.MIN_KEY);
            case MAX_KEY -> isOne(type, value) && empty(BsonType.MAX_KEY);
            case CODE -> type == BsonType.STRING.getValue() && move(BsonType.JAVASCRIPT, value);
            case SYMBOL -> type == BsonType.STRING.getValue() && move(BsonType.SYMBOL, value);
            case DB_POINTER -> type == BsonType.DOCUMENT.getValue() && dbPointer(value);
            case NONE, TYPE, REGEX, OPTIONS, SCOPE -> false;
        };
    }

    private boolean pair(WrapperKey key, int first, int second) {
        WrapperKey other = WrapperKey.of(nameOf(second));
        return switch (key) {
            case BINARY -> other == WrapperKey.TYPE && binary(first, second);
            case TYPE -> other == WrapperKey.BINARY && binary(second, first);
            case REGEX -> other == WrapperKey.OPTIONS && regex(first, second);
            case OPTIONS -> other == WrapperKey.REGEX && regex(second, first);
            case CODE -> other == WrapperKey.SCOPE && codeWithScope(first, second);
            case SCOPE -> other == WrapperKey.CODE && codeWithScope(second, first);
            default -> false;
        };
    }

    private boolean objectId(int value) {
        if (lengthOf(value) != 24) {
            return false;
        }
        byte[] id = new byte[12];
        return hex(value + 4, id) && fixed(BsonType.OBJECT_ID, id);
    }

    private boolean date(int type, int value) {
        if (type == BsonType.STRING.getValue()) {
            int from = value + 4;
            long millis = DateText.parse(out.bytes(), from, from + lengthOf(value));
            return millis != DateText.NONE && int64(BsonType.DATE_TIME, millis);
        }
        return isWhole(type) && int64(BsonType.DATE_TIME, wholeAt(type, value));
    }

    private boolean whole(int type, int value, BsonType wanted) {
        long number;
        if (type == BsonType.STRING.getValue() && lengthOf(value) <= 20) {
            try {
                number = Long.parseLong(ascii(value));
            } catch (NumberFormatException e) {
                return false;
            }
        } else if (isWhole(type)) {
            number = wholeAt(type, value);
        } else {
            return false;
        }
        if (wanted == BsonType.INT64) {
            return int64(BsonType.INT64, number);
        }
        if ((int) number != number) {
            return false;
        }
        begin(BsonType.INT32);
        out.int32((int) number);
        return true;
    }

    private boolean real(int type, int value) {
        if (type == BsonType.DOUBLE.getValue()) {
            return int64(BsonType.DOUBLE, out.int64At(value));
        }
        if (isWhole(type)) {
            long whole = wholeAt(type, value);
            return (long) (double) whole == whole
                    && whole != Long.MAX_VALUE
                    && int64(BsonType.DOUBLE, Double.doubleToRawLongBits(whole));
        }
        if (type != BsonType.STRING.getValue() || lengthOf(value) > NumberText.LONGEST) {
            return false;
        }
        String text = ascii(value);
        double number;
        switch (text) {
            // Rust's bson 3.1.0 writes the sign, which says nothing.
            case "NaN", "-NaN" -> number = Double.NaN;
            case "Infinity" -> number = Double.POSITIVE_INFINITY;
            case "-Infinity" -> number = Double.NEGATIVE_INFINITY;
            default -> {
                if (!NumberText.isNumber(text)) {
                    return false;
                }
                number = Double.parseDouble(text);
                if (!NumberText.spells(text.toCharArray(), 0, text.length(), number)) {
                    return false;
                }
            }
        }
        return int64(BsonType.DOUBLE, Double.doubleToRawLongBits(number));
    }

    private boolean decimal(int type, int value) {
        if (type == BsonType.DECIMAL128.getValue()) {
            return fixed(BsonType.DECIMAL128, Arrays.copyOfRange(out.bytes(), value, value + 16));
        }
        if (isWhole(type)) {
            return decimal(new Decimal128(wholeAt(type, value)));
        }
        if (type != BsonType.STRING.getValue() || lengthOf(value) > LONGEST_NUMBER) {
            return false;
        }
        if (plainDecimal(value + 4, value + 4 + lengthOf(value))) {
            return true;
        }
        try {
            return decimal(Decimal128.parse(ascii(value)));
        } catch (NumberFormatException notExactly) {
            return false;
        }
    }

    /** The usual case: digits with a point or none, few enough for a long, which then is the coefficient. */
    private boolean plainDecimal(int from, int to) {
        byte[] bytes = out.bytes();
        boolean negative = to > from && bytes[from] == '-';
        int at = negative ? from + 1 : from;
        if (at == to || to - at > LONG_DIGITS + 1 || bytes[at] == '.' || bytes[to - 1] == '.') {
            return false;
        }
        long coefficient = 0;
        int exponent = 0;
        boolean point = false;
        for (; at < to; at++) {
            byte digit = bytes[at];
            if (digit == '.' && !point) {
                point = true;
            } else if (digit >= '0' && digit <= '9') {
                coefficient = 10 * coefficient + digit - '0';
                exponent -= point ? 1 : 0;
            } else {
                return false;
            }
        }
        begin(BsonType.DECIMAL128);
        out.int64(coefficient);
        // IEEE 754-2008, binary integer decimal: the sign, the exponent with its bias, the upper half of the
        // coefficient.
        out.int64((negative ? Long.MIN_VALUE : 0) | (long) (exponent + DECIMAL_BIAS) << 49);
        return true;
    }

    private boolean decimal(Decimal128 number) {
        begin(BsonType.DECIMAL128);
        out.int64(number.getLow());
        out.int64(number.getHigh());
        return true;
    }

    /** The two fields of a {@code $binary}, in either order. */
    private boolean binaryOf(int document) {
        int first = document + 4;
        int second = second(first, document);
        if (second == NO_ELEMENT) {
            return false;
        }
        if (nameOf(first).equals("base64") && nameOf(second).equals("subType")) {
            return binary(first, second);
        }
        return nameOf(first).equals("subType") && nameOf(second).equals("base64") && binary(second, first);
    }

    private boolean binary(int base64, int subtype) {
        int number = subtype(subtype);
        if (number < 0 || out.bytes()[base64] != BsonType.STRING.getValue()) {
            return false;
        }
        int value = valueOf(base64);
        ByteBuffer payload;
        try {
            payload = Base64.getDecoder().decode(ByteBuffer.wrap(out.bytes(), value + 4, lengthOf(value)));
        } catch (IllegalArgumentException malformed) {
            return false;
        }
        return binary(number, payload);
    }

    private boolean binary(int subtype, ByteBuffer payload) {
        int length = payload.remaining();
        begin(BsonType.BINARY);
        boolean old = subtype == OLD_BINARY;
        out.int32(length + (old ? 4 : 0));
        out.octet(subtype);
        if (old) {
            out.int32(length);
        }
        out.bytes(payload.array(), payload.arrayOffset(), length);
        return true;
    }

    /** One or two hexadecimal digits; old writers have a number. */
    private int subtype(int element) {
        int type = out.bytes()[element];
        int value = valueOf(element);
        if (type == BsonType.INT32.getValue()) {
            int number = out.int32At(value);
            return number > 0xFF ? -1 : number;
        }
        int length = type == BsonType.STRING.getValue() ? lengthOf(value) : 0;
        if (length != 1 && length != 2) {
            return -1;
        }
        int number = 0;
        for (int i = 0; i < length; i++) {
            int digit = Character.digit(out.bytes()[value + 4 + i], 16);
            if (digit < 0) {
                return -1;
            }
            number = 16 * number + digit;
        }
        return number;
    }

    /** With hyphens, as the standard has it, or without, as Python writes it. */
    private boolean uuid(int value) {
        int length = lengthOf(value);
        byte[] uuid = new byte[16];
        if (length == 32) {
            return hex(value + 4, uuid) && binary(4, ByteBuffer.wrap(uuid));
        }
        if (length != 36) {
            return false;
        }
        String text = ascii(value);
        for (int at = 8; at <= 23; at += 5) {
            if (text.charAt(at) != '-') {
                return false;
            }
        }
        byte[] digits = text.replace("-", "").getBytes(ISO_8859_1);
        return digits.length == 32 && hex(digits, 0, uuid) && binary(4, ByteBuffer.wrap(uuid));
    }

    private boolean regexOf(int document) {
        int first = document + 4;
        int second = second(first, document);
        if (second == NO_ELEMENT) {
            return false;
        }
        if (nameOf(first).equals("pattern") && nameOf(second).equals("options")) {
            return regex(first, second);
        }
        return nameOf(first).equals("options") && nameOf(second).equals("pattern") && regex(second, first);
    }

    private boolean regex(int pattern, int options) {
        byte[] bytes = out.bytes();
        if (bytes[pattern] != BsonType.STRING.getValue() || bytes[options] != BsonType.STRING.getValue()) {
            return false;
        }
        byte[] first = text(valueOf(pattern));
        byte[] second = text(valueOf(options));
        if (hasZero(first) || hasZero(second)) {
            return false;
        }
        begin(BsonType.REGULAR_EXPRESSION);
        out.bytes(first);
        out.octet(0);
        out.bytes(second);
        out.octet(0);
        return true;
    }

    private boolean timestamp(int document) {
        int first = document + 4;
        int second = second(first, document);
        if (second == NO_ELEMENT) {
            return false;
        }
        boolean usual = nameOf(first).equals("t") && nameOf(second).equals("i");
        if (!usual && !(nameOf(first).equals("i") && nameOf(second).equals("t"))) {
            return false;
        }
        long seconds = unsigned(usual ? first : second);
        long increment = unsigned(usual ? second : first);
        return seconds >= 0 && increment >= 0 && int64(BsonType.TIMESTAMP, seconds << 32 | increment);
    }

    private long unsigned(int element) {
        int type = out.bytes()[element];
        if (!isWhole(type)) {
            return -1;
        }
        long number = wholeAt(type, valueOf(element));
        return number <= 0xFFFF_FFFFL ? number : -1;
    }

    private boolean codeWithScope(int code, int scope) {
        byte[] bytes = out.bytes();
        if (bytes[code] != BsonType.STRING.getValue() || bytes[scope] != BsonType.DOCUMENT.getValue()) {
            return false;
        }
        byte[] text = Arrays.copyOfRange(bytes, valueOf(code), after(code));
        byte[] document = Arrays.copyOfRange(bytes, valueOf(scope), after(scope));
        begin(BsonType.JAVASCRIPT_WITH_SCOPE);
        out.int32(4 + text.length + document.length);
        out.bytes(text);
        out.bytes(document);
        return true;
    }

    private boolean dbPointer(int document) {
        int first = document + 4;
        int second = second(first, document);
        byte[] bytes = out.bytes();
        if (second == NO_ELEMENT
                || !nameOf(first).equals("$ref")
                || !nameOf(second).equals("$id")
                || bytes[first] != BsonType.STRING.getValue()
                || bytes[second] != BsonType.OBJECT_ID.getValue()) {
            return false;
        }
        byte[] namespace = Arrays.copyOfRange(bytes, valueOf(first), after(first));
        byte[] id = Arrays.copyOfRange(bytes, valueOf(second), after(second));
        begin(BsonType.DB_POINTER);
        out.bytes(namespace);
        out.bytes(id);
        return true;
    }

    /** The string itself is the new value. */
    private boolean move(BsonType type, int value) {
        byte[] string = Arrays.copyOfRange(out.bytes(), value, value + 4 + out.int32At(value));
        return fixed(type, string);
    }

    private boolean empty(BsonType type) {
        begin(type);
        return true;
    }

    private boolean int64(BsonType type, long value) {
        begin(type);
        out.int64(value);
        return true;
    }

    private boolean fixed(BsonType type, byte[] value) {
        begin(type);
        out.bytes(value);
        return true;
    }

    /** From here on there is no way back to the document. */
    private void begin(BsonType type) {
        out.setOctet(typeAt, type.getValue());
        out.truncate(start);
    }

    private boolean isOne(int type, int value) {
        return isWhole(type) && wholeAt(type, value) == 1;
    }

    private static boolean isWhole(int type) {
        return type == BsonType.INT32.getValue() || type == BsonType.INT64.getValue();
    }

    private long wholeAt(int type, int value) {
        return type == BsonType.INT32.getValue() ? out.int32At(value) : out.int64At(value);
    }

    /** The second of exactly two elements. */
    private int second(int first, int document) {
        int end = document + out.int32At(document) - 1;
        int second = first < end ? after(first) : end;
        return second < end && after(second) == end ? second : NO_ELEMENT;
    }

    private int valueOf(int element) {
        byte[] bytes = out.bytes();
        int at = element + 1;
        while (bytes[at] != 0) {
            at++;
        }
        return at + 1;
    }

    private String nameOf(int element) {
        return new String(out.bytes(), element + 1, valueOf(element) - element - 2, UTF_8);
    }

    private int after(int element) {
        int value = valueOf(element);
        return value + WrittenValue.length(out, out.bytes()[element], value);
    }

    /** In bytes, without the zero byte behind it. */
    private int lengthOf(int string) {
        return out.int32At(string) - 1;
    }

    private byte[] text(int string) {
        return Arrays.copyOfRange(out.bytes(), string + 4, string + 4 + lengthOf(string));
    }

    private String ascii(int string) {
        return new String(out.bytes(), string + 4, lengthOf(string), ISO_8859_1);
    }

    private static boolean hasZero(byte[] text) {
        for (byte b : text) {
            if (b == 0) {
                return true;
            }
        }
        return false;
    }

    private boolean hex(int from, byte[] target) {
        return hex(out.bytes(), from, target);
    }

    private static boolean hex(byte[] digits, int from, byte[] target) {
        for (int i = 0; i < target.length; i++) {
            int high = Character.digit(digits[from + 2 * i], 16);
            int low = Character.digit(digits[from + 2 * i + 1], 16);
            if (high < 0 || low < 0) {
                return false;
            }
            target[i] = (byte) (high << 4 | low);
        }
        return true;
    }
}
