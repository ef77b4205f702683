package io.docrows.internal.column;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.DataOutputStream;
import java.io.IOException;

/**
 * Where each thread puts a text together as COPY carries it, its length in four bytes and then its UTF-8, so that it is
 * written at once and no array is made for it. A long text gets arrays of its own.
 */
final class Utf8Buffer {

    /** In characters. */
    private static final int LONGEST = 4096;

    private static final int MOST_BYTES_A_CHARACTER = 3;
    private static final byte REPLACEMENT = '?';

    private static final ThreadLocal<Utf8Buffer> KEPT = ThreadLocal.withInitial(Utf8Buffer::new);

    private final char[] characters = new char[LONGEST];
    private final byte[] bytes = new byte[Integer.BYTES + MOST_BYTES_A_CHARACTER * LONGEST];

    private Utf8Buffer() {}

    /** Writes a text; half a surrogate pair becomes a question mark, as in {@link String#getBytes}. */
    static void write(DataOutputStream out, String text) throws IOException {
        if (text.length() > LONGEST) {
            byte[] utf8 = text.getBytes(UTF_8);
            out.writeInt(utf8.length);
            out.write(utf8);
        } else {
            KEPT.get().writeShort(out, text);
        }
    }

    private void writeShort(DataOutputStream out, String text) throws IOException {
        int length = text.length();
        text.getChars(0, length, characters, 0);
        int ascii = asciiFrom(0, length, Integer.BYTES);
        int end = ascii + Integer.BYTES;
        if (ascii < length) {
            end = encodeRest(ascii, length, end);
        }
        int size = end - Integer.BYTES;
        for (int i = Integer.BYTES - 1, rest = size; i >= 0; i--, rest >>>= Byte.SIZE) {
            bytes[i] = (byte) rest;
        }
        out.write(bytes, 0, end);
    }

    /** Most texts are all ASCII, and the others in long stretches: a loop that the compiler can unroll. */
    private int asciiFrom(int from, int length, int at) {
        char[] in = characters;
        byte[] out = bytes;
        int i = from;
        for (int shift = at - from; i < length; i++) {
            char c = in[i];
            if (c >= 0x80) {
                break;
            }
            out[i + shift] = (byte) c;
        }
        return i;
    }

    /** RFC 3629, section 3. */
    private int encodeRest(int from, int length, int start) {
        int end = start;
        for (int i = from; i < length; i++) {
            char c = characters[i];
            if (c < 0x80) {
                int next = asciiFrom(i, length, end);
                end += next - i;
                i = next - 1;
            } else if (c < 0x800) {
                bytes[end++] = (byte) (0xC0 | c >> 6);
                bytes[end++] = continuation(c);
            } else if (!Character.isSurrogate(c)) {
                bytes[end++] = (byte) (0xE0 | c >> 12);
                bytes[end++] = continuation(c >> 6);
                bytes[end++] = continuation(c);
            } else if (Character.isHighSurrogate(c) && i + 1 < length && Character.isLowSurrogate(characters[i + 1])) {
                int pair = Character.toCodePoint(c, characters[++i]);
                bytes[end++] = (byte) (0xF0 | pair >> 18);
                bytes[end++] = continuation(pair >> 12);
                bytes[end++] = continuation(pair >> 6);
                bytes[end++] = continuation(pair);
            } else {
                bytes[end++] = REPLACEMENT;
            }
        }
        return end;
    }

    private static byte continuation(int bits) {
        return (byte) (0x80 | bits & 0x3F);
    }
}
