package io.docrows.inspect.internal.measure;

import java.util.Arrays;

/** Hexadecimal digits in the bytes of a text. */
final class HexWord {

    private static final byte[] DIGITS = new byte[256];

    static {
        Arrays.fill(DIGITS, (byte) -1);
        for (int i = 0; i < 16; i++) {
            DIGITS[Character.forDigit(i, 16)] = (byte) i;
            DIGITS[Character.toUpperCase(Character.forDigit(i, 16))] = (byte) i;
        }
    }

    private HexWord() {}

    static boolean failed(byte[] bytes, int from, int count) {
        int bad = 0;
        for (int i = from; i < from + count; i++) {
            bad |= DIGITS[bytes[i] & 0xFF];
        }
        return bad < 0;
    }

    /** Whether a digit is a capital letter, as no ObjectId or UUID writes it. */
    static boolean isUpper(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] >= 'A' && bytes[i] <= 'F') {
                return true;
            }
        }
        return false;
    }

    static long parse(byte[] bytes, int from, int count) {
        long value = 0;
        for (int i = from; i < from + count; i++) {
            value = value << 4 | DIGITS[bytes[i] & 0xFF] & 0xF;
        }
        return value;
    }
}
