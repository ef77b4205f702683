package io.docrows.internal.column;

import io.docrows.error.RejectCode;
import org.jooq.JSONB;
import org.jspecify.annotations.Nullable;

/**
 * What a jsonb column cannot hold: the escape of U+0000, as opposed to a backslash that is itself escaped before it.
 */
enum JsonbGuard implements ColumnGuard<JSONB> {
    INSTANCE;

    private static final String ESCAPE = "\\u0000";

    @Override
    public @Nullable Violation check(JSONB value) {
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
}
