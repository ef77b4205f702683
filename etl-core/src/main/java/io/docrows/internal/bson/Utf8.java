package io.docrows.internal.bson;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.docrows.RejectCode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;

/** Decodes UTF-8 as RFC 3629 defines it: overlong forms, surrogates and truncated sequences are refused. */
final class Utf8 {

    private static final char REPLACEMENT = '\uFFFD';

    private Utf8() {}

    /**
     * Decodes a range of bytes.
     *
     * @throws MalformedBsonException with {@link RejectCode#INVALID_UTF8}
     */
    static String decode(byte[] bytes, int from, int to) {
        String text = new String(bytes, from, to - from, UTF_8);
        // The JDK's vectorised decoder puts U+FFFD for whatever is malformed, so a text without it was well-formed. For
        // ASCII and Latin-1 the search is free: such strings cannot hold U+FFFD.
        if (text.indexOf(REPLACEMENT) >= 0) {
            requireWellFormed(bytes, from, to);
        }
        return text;
    }

    /** Decodes a range of bytes with U+FFFD in the place of what is malformed. */
    static String replaced(byte[] bytes, int from, int to) {
        return new String(bytes, from, to - from, UTF_8);
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
