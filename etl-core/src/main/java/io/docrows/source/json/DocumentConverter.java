package io.docrows.source.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bson.BsonType;
import org.bson.types.Decimal128;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Writes what a parser reads as BSON, in one pass and without recursion: fields in their order, also those whose name
 * occurs twice, which the decoder rejects. Every object is written as a document first; one that spells a value of BSON
 * is replaced by that value when it ends.
 *
 * <p>A whole number becomes an int32 or an int64, by its size; any other number becomes a double, if it is one. A
 * number that is none becomes a decimal128, if that holds it exactly, and otherwise a document <code>
 * {"$numberDecimal": "…"}</code> with its digits, which no mapping takes for a number. Not thread-safe.
 */
final class DocumentConverter {

    /** The place of a type that stands nowhere: that of the document itself. */
    private static final int NOWHERE = -1;

    private static final int USUAL_DEPTH = 32;

    private final BsonBuffer out = new BsonBuffer();
    private final TextOutput text = new TextOutput(out);
    private final Wrappers wrappers = new Wrappers(out);
    private final Names names = new Names();
    private final IdFields id;
    private final Set<String> needed;

    /** For every document or array that is open: where it begins, and where its type stands. */
    private int[] starts = new int[USUAL_DEPTH];

    private int[] typesAt = new int[USUAL_DEPTH];

    /** How many elements were begun. */
    private int[] counts = new int[USUAL_DEPTH];

    /** What the first name says; null for an array. */
    private @Nullable WrapperKey[] keys = new WrapperKey[USUAL_DEPTH];

    private int depth;

    /**
     * A converter.
     *
     * @param id of what to make the {@code _id}, if of anything
     * @param fields the top-level fields that are needed beside the {@code _id}; empty for all
     */
    DocumentConverter(IdFields id, List<String> fields) {
        this.id = id;
        this.needed = new HashSet<>(fields);
        if (!needed.isEmpty()) {
            needed.add("_id");
            needed.addAll(id.names());
        }
    }

    /**
     * Converts a document.
     *
     * @param parser stands at the beginning of the document's object, and is left at its end
     * @param number the {@code _id} of a document that has none; null for documents that bring their own, or do without
     * @return its bytes
     * @throws UnreadableJsonException if BSON cannot hold it, or it has an {@code _id} beside the number
     */
    byte[] convert(JsonParser parser, @Nullable Long number) {
        out.reset();
        depth = 0;
        open(NOWHERE, WrapperKey.NONE);
        if (number != null) {
            element(BsonType.INT64, names.of("_id").cstring());
            out.int64(number);
        }
        boolean makesId = number != null || !id.areNone();
        while (depth > 0) {
            JsonToken token = parser.nextToken();
            if (token == JsonToken.PROPERTY_NAME) {
                Name name = names.of(parser.currentName());
                if (depth == 1 && makesId && parser.currentName().equals("_id")) {
                    throw new UnreadableJsonException(
                            "expected a document without _id, since it is to get another one");
                }
                if (depth == 1 && !needed.isEmpty() && !needed.contains(parser.currentName())) {
                    // Parsed, so that damage is found whatever is needed, but not kept.
                    parser.nextToken();
                    parser.skipChildren();
                    continue;
                }
                if (counts[depth - 1]++ == 0) {
                    keys[depth - 1] = name.key();
                }
                value(parser, parser.nextToken(), name.cstring());
            } else if (token == JsonToken.END_OBJECT || token == JsonToken.END_ARRAY) {
                close();
            } else {
                value(parser, token, names.index(counts[depth - 1]++));
            }
        }
        return out.document();
    }

    private void value(JsonParser parser, JsonToken token, byte[] name) {
        switch (token) {
            case VALUE_STRING -> string(parser, name);
            case VALUE_NUMBER_INT -> whole(parser, name);
            case VALUE_NUMBER_FLOAT -> real(parser, name);
            case VALUE_TRUE, VALUE_FALSE -> {
                element(BsonType.BOOLEAN, name);
                out.octet(token == JsonToken.VALUE_TRUE ? 1 : 0);
            }
            case VALUE_NULL -> element(BsonType.NULL, name);
            case START_OBJECT -> {
                int typeAt = out.size();
                element(BsonType.DOCUMENT, name);
                open(typeAt, WrapperKey.NONE);
            }
            case START_ARRAY -> {
                int typeAt = out.size();
                element(BsonType.ARRAY, name);
                open(typeAt, null);
            }
            default -> throw new UnreadableJsonException("expected a value");
        }
    }

    private void element(BsonType type, byte[] name) {
        int length = name.length;
        byte[] bytes = out.room(1 + length);
        int at = out.size();
        bytes[at] = (byte) type.getValue();
        System.arraycopy(name, 0, bytes, at + 1, length);
        out.wrote(1 + length);
    }

    private void open(int typeAt, @Nullable WrapperKey key) {
        if (depth == starts.length) {
            int more = 2 * depth;
            starts = Arrays.copyOf(starts, more);
            typesAt = Arrays.copyOf(typesAt, more);
            counts = Arrays.copyOf(counts, more);
            keys = Arrays.copyOf(keys, more);
        }
        starts[depth] = out.size();
        typesAt[depth] = typeAt;
        counts[depth] = 0;
        keys[depth] = key;
        depth++;
        out.int32(0);
    }

    private void close() {
        depth--;
        int start = starts[depth];
        if (depth == 0 && !id.areNone()) {
            id.append(out, start);
        }
        out.octet(0);
        out.setInt32(start, out.size() - start);
        WrapperKey key = keys[depth];
        if (key != null && key != WrapperKey.NONE && typesAt[depth] != NOWHERE) {
            wrappers.collapse(key, counts[depth], typesAt[depth], start);
        }
    }

    private void string(JsonParser parser, byte[] name) {
        element(BsonType.STRING, name);
        int start = out.size();
        out.int32(0);
        parser.getString(text);
        text.finish();
        out.octet(0);
        out.setInt32(start, out.size() - start - 4);
    }

    private void whole(JsonParser parser, byte[] name) {
        switch (parser.getNumberType()) {
            case INT -> {
                int number = parser.getIntValue();
                if (number == 0 && parser.getStringCharacters()[parser.getStringOffset()] == '-') {
                    // No integer has this sign; the text is how some writers spell a double.
                    real(name, -0.0);
                    return;
                }
                element(BsonType.INT32, name);
                out.int32(number);
            }
            case LONG -> {
                element(BsonType.INT64, name);
                out.int64(parser.getLongValue());
            }
            default -> real(parser, name);
        }
    }

    private void real(JsonParser parser, byte[] name) {
        char[] characters = parser.getStringCharacters();
        int from = parser.getStringOffset();
        int count = parser.getStringLength();
        double number = parser.getDoubleValue();
        char last = characters[from + count - 1];
        boolean named = last != '.' && (last < '0' || last > '9');
        if (named || NumberText.spells(characters, from, count, number)) {
            real(name, number);
        } else {
            decimal(new String(characters, from, count), name);
        }
    }

    private void real(byte[] name, double number) {
        element(BsonType.DOUBLE, name);
        out.int64(Double.doubleToRawLongBits(number));
    }

    private void decimal(String number, byte[] name) {
        Decimal128 decimal;
        try {
            decimal = new Decimal128(new BigDecimal(number));
        } catch (NumberFormatException notExactly) {
            spelled(number, name);
            return;
        }
        element(BsonType.DECIMAL128, name);
        out.int64(decimal.getLow());
        out.int64(decimal.getHigh());
    }

    private void spelled(String number, byte[] name) {
        element(BsonType.DOCUMENT, name);
        int start = out.size();
        out.int32(0);
        element(BsonType.STRING, names.of(WrapperKey.NUMBER_DECIMAL.text()).cstring());
        out.int32(number.length() + 1);
        out.bytes(number.getBytes(ISO_8859_1));
        out.octet(0);
        out.octet(0);
        out.setInt32(start, out.size() - start);
    }
}
