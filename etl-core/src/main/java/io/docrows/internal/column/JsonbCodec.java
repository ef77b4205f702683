package io.docrows.internal.column;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.docrows.error.RejectCode;
import java.io.DataOutputStream;
import java.io.IOException;
import org.jooq.JSONB;
import org.jspecify.annotations.Nullable;

/**
 * {@code jsonb}, sent as its text, with a version, 1, in a byte before it ({@code jsonb_recv} in PostgreSQL's
 * {@code jsonb.c}).
 *
 * <p>What it cannot hold: the escape of U+0000, as opposed to a backslash that is itself escaped before it.
 */
final class JsonbCodec extends ColumnType<JSONB> {

    private static final String ESCAPE = "\\u0000";

    JsonbCodec() {
        super(JSONB.class);
    }

    @Override
    @Nullable Violation violation(JSONB value) {
        String text = value.data();
        for (int at = text.indexOf(ESCAPE); at >= 0; at = text.indexOf(ESCAPE, at + 1)) {
            int start = at;
            while (start > 0 && text.charAt(start - 1) == '\\') {
                start--;
            }
            if ((at - start) % 2 == 0) {
                return new Violation(RejectCode.NUL_CHARACTER, "the JSON holds U+0000, which jsonb cannot store");
            }
        }
        return null;
    }

    @Override
    void write(DataOutputStream out, JSONB value) throws IOException {
        byte[] utf8 = value.data().getBytes(UTF_8);
        out.writeInt(utf8.length + 1);
        out.writeByte(1);
        out.write(utf8);
    }
}
