package io.docrows.internal.bson;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/**
 * Hexadecimal text of bytes, without the builder and the checks of {@link java.util.HexFormat}: every document needs
 * one.
 */
final class Hex {

    private static final byte[] DIGITS = "0123456789abcdef".getBytes(ISO_8859_1);

    private Hex() {}

    static String lowerCase(byte[] bytes, int from, int to) {
        byte[] digits = new byte[2 * (to - from)];
        for (int i = from, at = 0; i < to; i++) {
            digits[at++] = DIGITS[(bytes[i] >> 4) & 0xF];
            digits[at++] = DIGITS[bytes[i] & 0xF];
        }
        return new String(digits, ISO_8859_1);
    }
}
