package io.docrows.internal.value;

import io.docrows.error.RejectCode;
import io.docrows.error.RejectedValueException;
import io.docrows.internal.bson.BsonCursor;
import io.docrows.internal.bson.MalformedBsonException;
import org.jooq.JSONB;
import org.jspecify.annotations.Nullable;

/**
 * Renders any value as JSON, and applies the policies for the texts in it. A value is rendered again only when it turns
 * out to need one; however many of its texts do, it counts once.
 *
 * @param plain whether there are no type wrappers, as in relaxed Extended JSON
 * @param except the fields that are left out of the document; null for none
 * @param replaceInvalid number of the policy that puts U+FFFD for what is not valid UTF-8, or {@link #NO_POLICY}
 * @param stripNul number of the policy that takes U+0000 out, or {@link #NO_POLICY}
 * @param textAsJson number of the policy that reads texts as the JSON in them, or {@link #NO_POLICY}
 */
public record JsonReader(boolean plain, @Nullable KnownFields except, int replaceInvalid, int stripNul, int textAsJson)
        implements ValueReader<JSONB> {

    @Override
    public JSONB read(BsonCursor cursor, PolicyCounter counter) {
        boolean strip = false;
        boolean replace = false;
        while (true) {
            try {
                String json = render(cursor, strip, replace);
                if (isJson(cursor)) {
                    counter.add(textAsJson);
                }
                if (strip) {
                    counter.add(stripNul);
                }
                if (replace) {
                    counter.add(replaceInvalid);
                }
                return JSONB.jsonb(json);
            } catch (RejectedValueException e) {
                if (!strip && stripNul != NO_POLICY && e.code() == RejectCode.NUL_CHARACTER) {
                    strip = true;
                } else if (!replace && replaceInvalid != NO_POLICY && e.code() == RejectCode.INVALID_UTF8) {
                    replace = true;
                } else {
                    throw e;
                }
            } catch (MalformedBsonException e) {
                if (replace || replaceInvalid == NO_POLICY || e.code() != RejectCode.INVALID_UTF8) {
                    throw e;
                }
                replace = true;
            }
        }
    }

    private String render(BsonCursor cursor, boolean strip, boolean replace) {
        return replace
                ? cursor.replacingInvalidText(() -> rendered(cursor, strip, true))
                : rendered(cursor, strip, false);
    }

    private String rendered(BsonCursor cursor, boolean strip, boolean replace) {
        return isJson(cursor)
                ? WrittenJson.compact(cursor.string(), strip, replace)
                : ExtendedJson.jsonb(cursor, plain, strip, except);
    }

    private boolean isJson(BsonCursor cursor) {
        return textAsJson != NO_POLICY && WrittenNumber.isText(cursor);
    }
}
