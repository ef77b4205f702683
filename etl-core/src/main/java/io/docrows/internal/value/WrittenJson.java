package io.docrows.internal.value;

import io.docrows.error.RejectCode;
import io.docrows.error.RejectedValueException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;

/**
 * JSON (RFC 8259) that is written in a text, made compact. Numbers stay as they are written. What {@code jsonb} cannot
 * hold, or would drop without a word, is refused, as in {@link ExtendedJson}.
 */
final class WrittenJson {

    private static final int DEEPEST = 200;
    private static final int LONGEST = 24 << 20;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(TokenStreamFactory.Feature.INTERN_PROPERTY_NAMES)
            .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxStringLength(LONGEST)
                    .maxNameLength(LONGEST)
                    .maxNumberLength(LONGEST)
                    .build())
            .build();

    private final StringBuilder out = new StringBuilder();
    private final boolean stripsNul;
    private final boolean replacesInvalid;
    private final Deque<Set<String>> names = new ArrayDeque<>();

    private WrittenJson(boolean stripsNul, boolean replacesInvalid) {
        this.stripsNul = stripsNul;
        this.replacesInvalid = replacesInvalid;
    }

    /**
     * The JSON in a text.
     *
     * @param stripsNul whether every U+0000 is taken out of its texts
     * @param replacesInvalid whether there is U+FFFD in the place of half a surrogate pair
     * @throws RejectedValueException if it is none, or {@code jsonb} cannot hold it
     */
    static String compact(String text, boolean stripsNul, boolean replacesInvalid) {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            WrittenJson json = new WrittenJson(stripsNul, replacesInvalid);
            json.copy(parser);
            return json.out.toString();
        } catch (JacksonException e) {
            // Its message may hold the text.
            throw unreadable();
        }
    }

    private static RejectedValueException unreadable() {
        return new RejectedValueException(
                RejectCode.INVALID_VALUE,
                "expected JSON written as text, in which no name occurs twice in an object and nothing is nested"
                        + " deeper than " + DEEPEST + " levels, found a string that is not");
    }

    private void copy(JsonParser parser) {
        int depth = 0;
        boolean after = false;
        boolean whole = false;
        for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
            if (whole) {
                throw new RejectedValueException(
                        RejectCode.INVALID_VALUE, "expected JSON written as text, found more than one value");
            }
            if (after && !token.isStructEnd()) {
                out.append(',');
            }
            after = !token.isStructStart() && token != JsonToken.PROPERTY_NAME;
            depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
            write(token, parser);
            whole = depth == 0;
        }
        if (!whole) {
            throw new RejectedValueException(
                    RejectCode.INVALID_VALUE, "expected JSON written as text, found a text without any");
        }
    }

    private void write(JsonToken token, JsonParser parser) {
        switch (token) {
            case PROPERTY_NAME -> {
                name(held(parser.currentName()));
                out.append(':');
            }
            case VALUE_STRING -> JsonText.quote(held(parser.getString()), out);
            case START_OBJECT -> {
                names.push(new HashSet<>());
                out.append('{');
            }
            case END_OBJECT -> {
                names.pop();
                out.append('}');
            }
            default -> out.append(parser.getString());
        }
    }

    /** Names that are told apart only by what is taken out of them would be one. */
    private void name(String name) {
        if ((stripsNul || replacesInvalid) && !names.element().add(name)) {
            throw unreadable();
        }
        JsonText.quote(name, out);
    }

    private String held(String text) {
        String held = text;
        if (held.indexOf('\0') >= 0) {
            if (!stripsNul) {
                throw new RejectedValueException(
                        RejectCode.NUL_CHARACTER, "expected text that jsonb can hold, found a U+0000 in it");
            }
            held = held.replace("\0", "");
        }
        if (!Surrogates.arePaired(held)) {
            if (!replacesInvalid) {
                throw new RejectedValueException(
                        RejectCode.INVALID_UTF8,
                        "expected text that jsonb can hold, found half a surrogate pair in it");
            }
            held = Surrogates.replaced(held);
        }
        return held;
    }
}
