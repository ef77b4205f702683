package io.docrows.internal.column;

import io.docrows.error.RejectCode;
import java.io.DataOutputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Text of every kind, sent as it is, in UTF-8 ({@code textrecv} in PostgreSQL's {@code varlena.c}). PgBulkInsert's own
 * handler makes an array of bytes for each, and writes the length in four calls.
 *
 * <p>What a text column cannot hold: U+0000, half a surrogate pair (it has no UTF-8 form), and more characters than its
 * declared length, which PostgreSQL counts in code points.
 */
final class TextCodec extends ColumnType<String> {

    private final int length;

    TextCodec(ColumnLimits limits) {
        super(String.class, limits);
        this.length = limits.length();
    }

    @Override
    @Nullable Violation violation(String value) {
        int characters = value.length();
        for (int i = 0; i < characters; i++) {
            char c = value.charAt(i);
            if (c == 0 || c >= Character.MIN_SURROGATE) {
                return checkEach(value);
            }
        }
        return length > 0 && characters > length ? tooLong(characters) : null;
    }

    /** For the few texts with characters that need a look at their neighbours. */
    private @Nullable Violation checkEach(String value) {
        int codePoints = value.length();
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == 0) {
                return new Violation(RejectCode.NUL_CHARACTER, "the text holds U+0000, which PostgreSQL cannot store");
            }
            if (Character.isSurrogate(c)) {
                if (!Character.isHighSurrogate(c)
                        || i + 1 == value.length()
                        || !Character.isLowSurrogate(value.charAt(i + 1))) {
                    return new Violation(RejectCode.INVALID_UTF8, "the text holds half a surrogate pair");
                }
                i++;
                codePoints--;
            }
        }
        return length > 0 && codePoints > length ? tooLong(codePoints) : null;
    }

    private Violation tooLong(int codePoints) {
        return new Violation(
                RejectCode.TOO_LONG, "the text has " + codePoints + " characters; the column holds " + length);
    }

    @Override
    void write(DataOutputStream out, String value) throws IOException {
        Utf8Buffer.write(out, value);
    }
}
