package io.docrows.internal.value;

import io.docrows.internal.bson.BsonCursor;
import org.jooq.JSONB;

/**
 * Renders what a mapping neither carries nor ignores of the document that the cursor stands at. Only what
 * {@link #perThread} gives can read, since it knows what the mapping carries.
 *
 * @param plain whether there are no type wrappers, as in relaxed Extended JSON
 * @param replaceInvalid number of the policy that puts U+FFFD for what is not valid UTF-8, or {@link #NO_POLICY}
 * @param stripNul number of the policy that takes U+0000 out, or {@link #NO_POLICY}
 */
public record RestReader(boolean plain, int replaceInvalid, int stripNul) implements ValueReader<JSONB> {

    @Override
    public ValueReader<JSONB> perThread(Sources sources) {
        return new JsonReader(plain, sources.known(), replaceInvalid, stripNul, NO_POLICY);
    }

    @Override
    public JSONB read(BsonCursor cursor, PolicyCounter counter) {
        throw new IllegalStateException("only what perThread() gives reads the rest of a document");
    }
}
