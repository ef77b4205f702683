package io.docrows.source.json;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The names met so far, ready to be written. Not thread-safe. */
final class Names {

    /** In documents whose names are data there is no end to them. */
    private static final int KEPT = 10_000;

    private static final int INDEXES = 1_000;

    private final Map<String, Name> names = new HashMap<>();
    private final byte[][] indexes = new byte[INDEXES][];

    /** The name asked for last: documents mostly have their fields in one order. */
    private @Nullable Name last;

    /**
     * A field's name.
     *
     * @throws UnreadableJsonException if it holds U+0000, for which BSON has no form
     */
    Name of(String text) {
        Name before = last;
        Name guess = before == null ? null : before.next;
        Name name = guess != null && guess.is(text) ? guess : lookUp(text);
        if (before != null) {
            before.next = name;
        }
        last = name;
        return name;
    }

    private Name lookUp(String text) {
        Name known = names.get(text);
        if (known != null) {
            return known;
        }
        if (text.indexOf('\0') >= 0) {
            throw new UnreadableJsonException("expected a field's name without the character U+0000");
        }
        if (names.size() >= KEPT) {
            names.clear();
        }
        Name name = new Name(text, cstring(text), WrapperKey.of(text));
        names.put(text, name);
        return name;
    }

    /** The name of an array's element. */
    byte[] index(int index) {
        if (index >= INDEXES) {
            return cstring(Integer.toString(index));
        }
        byte[] known = indexes[index];
        if (known == null) {
            known = cstring(Integer.toString(index));
            indexes[index] = known;
        }
        return known;
    }

    private static byte[] cstring(String text) {
        BsonBuffer bytes = new BsonBuffer(3 * text.length() + 4);
        TextOutput utf8 = new TextOutput(bytes);
        utf8.write(text.toCharArray(), 0, text.length());
        utf8.finish();
        bytes.octet(0);
        return bytes.copy();
    }
}
