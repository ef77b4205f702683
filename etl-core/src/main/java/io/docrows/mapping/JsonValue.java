package io.docrows.mapping;

import io.docrows.internal.value.JsonReader;
import io.docrows.internal.value.ValueReader;
import io.docrows.report.LossPolicy;
import org.jooq.JSONB;

/**
 * Any value as JSON, and what may be done with texts in it that {@code jsonb} cannot hold. Immutable and thread-safe.
 */
public final class JsonValue extends LossyValue<JSONB, JsonValue> {

    private final boolean replaceInvalid;
    private final boolean stripNul;

    JsonValue(ValueTerms terms, boolean replaceInvalid, boolean stripNul) {
        super(
                terms,
                binding -> new JsonReader(
                        replaceInvalid ? binding.policy(LossPolicy.REPLACE_INVALID) : ValueReader.NO_POLICY,
                        stripNul ? binding.policy(LossPolicy.STRIP_NUL) : ValueReader.NO_POLICY));
        this.replaceInvalid = replaceInvalid;
        this.stripNul = stripNul;
    }

    /**
     * The same value, its texts without U+0000. Without this policy such a text rejects the document with
     * {@code NUL_CHARACTER}. However many texts it concerns, the value counts once.
     *
     * @return a value with the policy {@link LossPolicy#STRIP_NUL}
     */
    public JsonValue stripNul() {
        return new JsonValue(terms(), replaceInvalid, true);
    }

    /**
     * The same value, its texts and names with U+FFFD in the place of bytes that are not valid UTF-8. Without this
     * policy such a text rejects the document with {@code INVALID_UTF8}. However many texts it concerns, the value
     * counts once.
     *
     * @return a value with the policy {@link LossPolicy#REPLACE_INVALID}
     */
    public JsonValue replaceInvalid() {
        return new JsonValue(terms(), true, stripNul);
    }

    @Override
    String options() {
        return (replaceInvalid ? ".replaceInvalid" : "") + (stripNul ? ".stripNul" : "");
    }

    @Override
    JsonValue on(ValueTerms terms) {
        return new JsonValue(terms, replaceInvalid, stripNul);
    }
}
