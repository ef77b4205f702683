package io.docrows.internal.value;

import io.docrows.error.RejectCode;
import io.docrows.internal.bson.BsonCursor;
import io.docrows.internal.bson.MalformedBsonException;
import org.jspecify.annotations.Nullable;

/**
 * Reads a text and applies the policies for texts, in this order: what is invalid is replaced, U+0000 is taken out,
 * what is left is cut. Policies are given by their numbers, or {@link #NO_POLICY}.
 *
 * @param source reads the text, or makes one
 * @param replaceInvalid the policy that puts U+FFFD for what is not valid UTF-8 and for half a surrogate pair
 * @param stripNul the policy that takes U+0000 out
 * @param truncate the policy that cuts
 * @param length after how many code points it cuts
 */
public record TextReader(ValueReader<String> source, int replaceInvalid, int stripNul, int truncate, int length)
        implements ValueReader<String> {

    @Override
    public ValueReader<String> perThread(Sources sources) {
        return new TextReader(source.perThread(sources), replaceInvalid, stripNul, truncate, length);
    }

    @Override
    public @Nullable String read(BsonCursor cursor, PolicyCounter counter) {
        String text = replaceInvalid == NO_POLICY ? source.read(cursor, counter) : replaced(cursor, counter);
        if (text == null) {
            return null;
        }
        if (stripNul != NO_POLICY && text.indexOf('\0') >= 0) {
            counter.add(stripNul);
            text = text.replace("\0", "");
        }
        if (truncate != NO_POLICY && text.length() > length && text.codePointCount(0, text.length()) > length) {
            counter.add(truncate);
            text = text.substring(0, text.offsetByCodePoints(0, length));
        }
        return text;
    }

    private @Nullable String replaced(BsonCursor cursor, PolicyCounter counter) {
        String text;
        boolean counted = false;
        try {
            text = source.read(cursor, counter);
        } catch (MalformedBsonException e) {
            if (e.code() != RejectCode.INVALID_UTF8) {
                throw e;
            }
            counter.add(replaceInvalid);
            counted = true;
            text = cursor.replacingInvalidText(() -> source.read(cursor, counter));
        }
        if (text == null || Surrogates.arePaired(text)) {
            return text;
        }
        if (!counted) {
            counter.add(replaceInvalid);
        }
        return Surrogates.replaced(text);
    }
}
