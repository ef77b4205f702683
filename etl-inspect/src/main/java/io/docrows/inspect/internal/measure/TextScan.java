package io.docrows.inspect.internal.measure;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.docrows.inspect.fact.Kind;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A look at the bytes of one text: which {@link Kind} it is, how many characters it has, its hash. Allocates nothing;
 * reused, hence mutable.
 */
final class TextScan {

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, LITTLE_ENDIAN);
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final long ONES = 0x0101010101010101L;

    /** The longest integer that surely fits a long. */
    private static final int LONG_DIGITS = 18;

    /** Longer texts than this are no numbers or dates. */
    private static final int LONGEST_PATTERN = 64;

    Kind kind = Kind.TEXT;
    int characters;
    boolean ascii;
    boolean edgeBlank;
    long hash;
    /** Of numbers: digits before and after the point. */
    int integerDigits;

    int scale;

    /** What hashing the whole words of the text has come to. */
    private long words;

    private final MomentScan moments = new MomentScan();

    void scan(byte[] bytes, int from, int to) {
        int length = to - from;
        edgeBlank = false;
        if (length == 0) {
            kind = Kind.TEXT_EMPTY;
            characters = 0;
            ascii = true;
            hash = hash(bytes, from, to);
            return;
        }
        boolean zero = count(bytes, from, to);
        byte first = bytes[from];
        edgeBlank = first <= ' ' && first >= 0 || bytes[to - 1] <= ' ' && bytes[to - 1] >= 0;
        if (!ascii && !Utf8Check.isValid(bytes, from, to)) {
            kind = Kind.TEXT_MALFORMED;
            hash = hash(bytes, from, to);
        } else if (zero) {
            kind = Kind.TEXT_NUL;
            hash = hash(bytes, from, to);
        } else {
            hash = 0;
            kind = ascii ? classify(bytes, from, to, first) : Kind.TEXT;
            if (kind == Kind.TEXT && !ascii && (first == '{' || first == '[')) {
                kind = JsonShape.isJson(bytes, from, to) ? Kind.TEXT_JSON : Kind.TEXT;
            }
            if (hash == 0) {
                hash = hash(bytes, from, to);
            }
        }
    }

    private long hash(byte[] bytes, int from, int to) {
        return to - from > ValueHash.SHORT ? ValueHash.longText(words, bytes, to) : ValueHash.text(bytes, from, to);
    }

    /** Counts characters, and tells whether there is a zero byte. */
    private boolean count(byte[] bytes, int from, int to) {
        long high = 0;
        long zeros = 0;
        int continuations = 0;
        int at = from;
        long mixed = ValueHash.startOfText(to - from);
        for (; at + Long.BYTES <= to; at += Long.BYTES) {
            long word = (long) LONG.get(bytes, at);
            mixed = ValueHash.round(mixed, word);
            long top = word & HIGH_BITS;
            if (top != 0) {
                high |= top;
                // 10xxxxxx: the upper bit is set, the one below it is not.
                continuations += Long.bitCount(top & ~(word << 1));
            }
            zeros |= word - ONES & ~word & HIGH_BITS;
        }
        for (; at < to; at++) {
            byte b = bytes[at];
            if (b <= 0) {
                if (b == 0) {
                    zeros = 1;
                } else {
                    high = 1;
                    continuations += (b & 0xC0) == 0x80 ? 1 : 0;
                }
            }
        }
        words = mixed;
        characters = to - from - continuations;
        ascii = high == 0;
        return zeros != 0;
    }

    private Kind classify(byte[] bytes, int from, int to, byte first) {
        int length = to - from;
        if (first >= '0' && first <= '9' || first == '-' || first == '+' || first == '.') {
            return digits(bytes, from, to);
        }
        if (first == '{' || first == '[') {
            return JsonShape.isJson(bytes, from, to) ? Kind.TEXT_JSON : Kind.TEXT;
        }
        if (first == ' ' && isBlank(bytes, from, to)) {
            return Kind.TEXT_BLANK;
        }
        if (length == 24 || length == 36) {
            return hex(bytes, from, to);
        }
        boolean truth = (first == 't' || first == 'T') && length == 4 && same(bytes, from, "true")
                || (first == 'f' || first == 'F') && length == 5 && same(bytes, from, "false");
        return truth ? Kind.TEXT_BOOLEAN : Kind.TEXT;
    }

    private static boolean isBlank(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] != ' ') {
                return false;
            }
        }
        return true;
    }

    private static boolean same(byte[] bytes, int from, String word) {
        for (int i = 0; i < word.length(); i++) {
            if ((bytes[from + i] | 0x20) != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private Kind digits(byte[] bytes, int from, int to) {
        int length = to - from;
        if (length > LONGEST_PATTERN) {
            return Kind.TEXT;
        }
        if (length == 24 || length == 36) {
            Kind hex = hex(bytes, from, to);
            if (hex != Kind.TEXT) {
                return hex;
            }
        }
        Kind number = number(bytes, from, to);
        return number != Kind.TEXT ? number : moments.kind(bytes, from, to);
    }

    private Kind number(byte[] bytes, int from, int to) {
        int at = from;
        boolean negative = bytes[at] == '-';
        boolean signed = negative || bytes[at] == '+';
        at += signed ? 1 : 0;
        int start = at;
        long value = 0;
        while (at < to && bytes[at] >= '0' && bytes[at] <= '9') {
            value = value * 10 + bytes[at] - '0';
            at++;
        }
        int digits = at - start;
        if (at == to) {
            if (digits == 0) {
                return Kind.TEXT;
            }
            integerDigits = digits;
            scale = 0;
            if (digits > 1 && bytes[start] == '0') {
                return Kind.TEXT_PADDED;
            }
            if (digits <= LONG_DIGITS && bytes[from] != '+' && !(negative && value == 0)) {
                hash = ValueHash.number(negative ? -value : value);
            }
            return Kind.TEXT_INTEGER;
        }
        return fraction(bytes, start, at, to, digits);
    }

    private Kind fraction(byte[] bytes, int start, int point, int to, int digits) {
        int at = point;
        int decimals = 0;
        if (bytes[at] == '.') {
            at++;
            int begin = at;
            while (at < to && bytes[at] >= '0' && bytes[at] <= '9') {
                at++;
            }
            decimals = at - begin;
        }
        if (digits + decimals == 0) {
            return Kind.TEXT;
        }
        int exponent = 0;
        if (at < to && (bytes[at] | 0x20) == 'e') {
            at++;
            boolean down = at < to && bytes[at] == '-';
            at += at < to && (bytes[at] == '-' || bytes[at] == '+') ? 1 : 0;
            int begin = at;
            while (at < to && bytes[at] >= '0' && bytes[at] <= '9') {
                exponent = Math.min(exponent * 10 + bytes[at] - '0', 100_000);
                at++;
            }
            if (at == begin) {
                return Kind.TEXT;
            }
            exponent = down ? -exponent : exponent;
        }
        if (at != to) {
            return Kind.TEXT;
        }
        int leading = bytes[start] == '0' ? 0 : digits;
        integerDigits = Math.max(leading + exponent, 1);
        scale = Math.max(decimals - exponent, 0);
        return Kind.TEXT_DECIMAL;
    }

    /** Digits with capitals are another text than those of the same ObjectId or UUID, also to a column. */
    private Kind hex(byte[] bytes, int from, int to) {
        if (to - from == 24) {
            long first = HexWord.parse(bytes, from, 16);
            long last = HexWord.parse(bytes, from + 16, 8);
            if (HexWord.failed(bytes, from, 24)) {
                return Kind.TEXT;
            }
            hash = HexWord.isUpper(bytes, from, to) ? 0 : ValueHash.objectId(first, (int) last);
            return Kind.TEXT_OBJECT_ID;
        }
        if (bytes[from + 8] != '-' || bytes[from + 13] != '-' || bytes[from + 18] != '-' || bytes[from + 23] != '-') {
            return Kind.TEXT;
        }
        if (HexWord.failed(bytes, from, 8)
                || HexWord.failed(bytes, from + 9, 4)
                || HexWord.failed(bytes, from + 14, 4)
                || HexWord.failed(bytes, from + 19, 4)
                || HexWord.failed(bytes, from + 24, 12)) {
            return Kind.TEXT;
        }
        long high = HexWord.parse(bytes, from, 8) << 32
                | HexWord.parse(bytes, from + 9, 4) << 16
                | HexWord.parse(bytes, from + 14, 4);
        long low = HexWord.parse(bytes, from + 19, 4) << 48 | HexWord.parse(bytes, from + 24, 12);
        hash = HexWord.isUpper(bytes, from, to) ? 0 : ValueHash.uuid(high, low);
        return Kind.TEXT_UUID;
    }
}
