package io.docrows.mapping;

import io.docrows.internal.value.JsonReader;
import io.docrows.internal.value.RestReader;
import io.docrows.internal.value.ValueReader;
import io.docrows.report.LossPolicy;
import org.jooq.JSONB;

/**
 * Any value as JSON, and what may be done with texts in it that {@code jsonb} cannot hold. Immutable and thread-safe.
 */
public final class JsonValue extends LossyValue<JSONB, JsonValue> {

    private final Form form;

    /** How a value is written. */
    private record Form(boolean rest, boolean plain, boolean replaceInvalid, boolean stripNul, boolean textAsJson) {

        ValueReader<JSONB> bind(Binding binding) {
            int replace = replaceInvalid ? binding.policy(LossPolicy.REPLACE_INVALID) : ValueReader.NO_POLICY;
            int strip = stripNul ? binding.policy(LossPolicy.STRIP_NUL) : ValueReader.NO_POLICY;
            int parse = textAsJson ? binding.policy(LossPolicy.TEXT_AS_JSON) : ValueReader.NO_POLICY;
            return rest ? new RestReader(plain, replace, strip) : new JsonReader(plain, null, replace, strip, parse);
        }
    }

    private JsonValue(ValueTerms terms, Form form) {
        super(terms, form::bind);
        this.form = form;
    }

    JsonValue(ValueTerms terms) {
        this(terms, new Form(false, false, false, false, false));
    }

    /** What a mapping does not carry of the document. */
    static JsonValue rest() {
        return new JsonValue(ValueTerms.at("rest").withPartial(), new Form(true, false, false, false, false));
    }

    /**
     * The same value as plain JSON, for those who query the column: dates as ISO 8601 text in UTC, numbers of all types
     * as numbers, ObjectIds as 24 hexadecimal digits, UUIDs of subtype 4 as such, other binary data in Base64, regular
     * expressions as {@code /pattern/options}. JSON has no NaN and no infinities; those are texts, as are minKey and
     * maxKey. Undefined is null. Types that have nothing alike in JSON (timestamp, code with scope, DBPointer) are
     * written as in Extended JSON. Which type a value had cannot be told any more.
     *
     * @return the value without type wrappers
     */
    public JsonValue plain() {
        return new JsonValue(
                terms(), new Form(form.rest(), true, form.replaceInvalid(), form.stripNul(), form.textAsJson()));
    }

    /**
     * The same value, its texts without U+0000. Without this policy such a text rejects the document with
     * {@code NUL_CHARACTER}. However many texts it concerns, the value counts once.
     *
     * @return a value with the policy {@link LossPolicy#STRIP_NUL}
     */
    public JsonValue stripNul() {
        return new JsonValue(
                terms(), new Form(form.rest(), form.plain(), form.replaceInvalid(), true, form.textAsJson()));
    }

    /**
     * The same value, its texts and names with U+FFFD in the place of bytes that are not valid UTF-8. Without this
     * policy such a text rejects the document with {@code INVALID_UTF8}. However many texts it concerns, the value
     * counts once.
     *
     * @return a value with the policy {@link LossPolicy#REPLACE_INVALID}
     */
    public JsonValue replaceInvalid() {
        return new JsonValue(terms(), new Form(form.rest(), form.plain(), true, form.stripNul(), form.textAsJson()));
    }

    /**
     * The same value, but where it is a text, the JSON that is written in it. A text that is not JSON rejects the
     * document with {@code INVALID_VALUE}. Texts inside of documents and arrays stay texts.
     *
     * @return a value with the policy {@link LossPolicy#TEXT_AS_JSON}
     */
    public JsonValue textAsJson() {
        return new JsonValue(
                terms(), new Form(form.rest(), form.plain(), form.replaceInvalid(), form.stripNul(), true));
    }

    @Override
    String options() {
        return (form.plain() ? ".plain" : "")
                + (form.replaceInvalid() ? ".replaceInvalid" : "")
                + (form.stripNul() ? ".stripNul" : "")
                + (form.textAsJson() ? ".textAsJson" : "");
    }

    @Override
    JsonValue on(ValueTerms terms) {
        return new JsonValue(terms, form);
    }
}
