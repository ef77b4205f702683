package io.docrows.internal.bson;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Hexadecimal text of bytes, without the builder and the checks of {@link java.util.HexFormat}: every document needs
 * one.
 */
final class Hex {

    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, LITTLE_ENDIAN);

    /** Both digits of each byte, the first one lower. */
    private static final short[] PAIRS = new short[256];

    static {
        for (int i = 0; i < PAIRS.length; i++) {
            PAIRS[i] = (short) (Character.forDigit(i & 0xF, 16) << Byte.SIZE | Character.forDigit(i >> 4, 16));
        }
    }

    private Hex() {}

    /**
     * The text of some bytes.
     *
     * @param bytes where they are
     * @param from the first one
     * @param digits twice as long as there are bytes to write; is overwritten
     */
    static String lowerCase(byte[] bytes, int from, byte[] digits) {
        for (int i = from, at = 0; at < digits.length; i++, at += 2) {
            SHORT.set(digits, at, PAIRS[bytes[i] & 0xFF]);
        }
        return new String(digits, ISO_8859_1);
    }
}
