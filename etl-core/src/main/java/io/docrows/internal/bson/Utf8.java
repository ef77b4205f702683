package io.docrows.internal.bson;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.docrows.error.RejectCode;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import org.jspecify.annotations.Nullable;

/**
 * Decodes UTF-8 as RFC 3629 defines it: overlong forms, surrogates and truncated sequences are refused. The JDK's
 * decoder makes an array of the largest size that a text may need, and one more to cut it to size; texts of moderate
 * length are put together in arrays that are kept instead. Not thread-safe.
 */
final class Utf8 {

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long HIGH_BITS = 0x8080808080808080L;

    private static final char REPLACEMENT = '\uFFFD';

    /** The longest text for which arrays are kept, in bytes. */
    private static final int MODERATE = 8 << 10;

    private byte[] latin = {};
    private char[] characters = {};

    /**
     * Decodes a range of bytes.
     *
     * @throws MalformedBsonException with {@link RejectCode#INVALID_UTF8}
     */
    String decode(byte[] bytes, int from, int to) {
        int length = to - from;
        if (isAscii(bytes, from, to)) {
            return new String(bytes, from, length, ISO_8859_1);
        }
        String text = length <= MODERATE ? decodeUsual(bytes, from, to) : null;
        return text == null ? decodeAny(bytes, from, to) : text;
    }

    /** Decodes a range of bytes with U+FFFD in the place of what is malformed. */
    static String replaced(byte[] bytes, int from, int to) {
        return new String(bytes, from, to - from, UTF_8);
    }

    private static boolean isAscii(byte[] bytes, int from, int to) {
        long seen = 0;
        int at = from;
        for (; at + Long.BYTES <= to; at += Long.BYTES) {
            seen |= (long) LONG.get(bytes, at);
        }
        for (; at < to; at++) {
            seen |= bytes[at];
        }
        return (seen & HIGH_BITS) == 0;
    }

    /** Null for what is malformed, and for characters beyond U+FFFF, which are few. */
    private @Nullable String decodeUsual(byte[] bytes, int from, int to) {
        if (latin.length < to - from) {
            latin = new byte[MODERATE];
        }
        byte[] out = latin;
        int count = 0;
        for (int at = from; at < to; at++) {
            int b = bytes[at];
            if (b < 0) {
                // C2 and C3 lead to the characters U+0080 to U+00FF.
                if ((b & 0xFE) != 0xC2 || at + 1 == to || !continues(bytes[at + 1])) {
                    return decodeWide(bytes, at, to, count);
                }
                at++;
                b = b << 6 | bytes[at] & 0x3F;
            }
            out[count++] = (byte) b;
        }
        return new String(out, 0, count, ISO_8859_1);
    }

    private @Nullable String decodeWide(byte[] bytes, int from, int to, int before) {
        if (characters.length == 0) {
            characters = new char[MODERATE];
        }
        char[] out = characters;
        int count = 0;
        for (; count < before; count++) {
            out[count] = (char) (latin[count] & 0xFF);
        }
        for (int at = from; at < to; at++) {
            int b = bytes[at];
            if (b < 0) {
                boolean two = (b & 0xE0) == 0xC0;
                int last = at + (two ? 1 : 2);
                if (!two && (b & 0xF0) != 0xE0 || last >= to || !continues(bytes[at + 1]) || !continues(bytes[last])) {
                    return null;
                }
                b = two
                        ? (b & 0x1F) << 6 | bytes[last] & 0x3F
                        : (b & 0xF) << 12 | (bytes[at + 1] & 0x3F) << 6 | bytes[last] & 0x3F;
                if (b < (two ? 0x80 : 0x800) || Character.isSurrogate((char) b)) {
                    return null;
                }
                at = last;
            }
            out[count++] = (char) b;
        }
        return new String(out, 0, count);
    }

    private static boolean continues(byte b) {
        return (b & 0xC0) == 0x80;
    }

    private static String decodeAny(byte[] bytes, int from, int to) {
        String text = new String(bytes, from, to - from, UTF_8);
        // The JDK's vectorised decoder puts U+FFFD for whatever is malformed, so a text without it was well-formed. For
        // ASCII and Latin-1 the search is free: such strings cannot hold U+FFFD.
        if (text.indexOf(REPLACEMENT) >= 0) {
            requireWellFormed(bytes, from, to);
        }
        return text;
    }

    private static void requireWellFormed(byte[] bytes, int from, int to) {
        try {
            UTF_8.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes, from, to - from));
        } catch (CharacterCodingException e) {
            throw new MalformedBsonException(RejectCode.INVALID_UTF8, "a text that is not valid UTF-8", from);
        }
    }
}
