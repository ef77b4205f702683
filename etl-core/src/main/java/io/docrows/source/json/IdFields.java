package io.docrows.source.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.List;
import org.bson.BsonType;

/**
 * Makes the {@code _id} of a document of some of its fields: the value of the only one, or a document of all of them. A
 * document that lacks one of them gets none. Not thread-safe.
 */
final class IdFields {

    private static final byte[] ID = cstring("_id");

    private final List<String> names;

    IdFields(List<String> names) {
        this.names = names;
    }

    List<String> names() {
        return names;
    }

    boolean areNone() {
        return names.isEmpty();
    }

    /**
     * Appends the {@code _id} to a document that is whole but for its end.
     *
     * @param start where the document begins
     */
    void append(BsonBuffer out, int start) {
        byte[][] values = new byte[names.size()][];
        int[] types = new int[names.size()];
        int end = out.size();
        for (int at = start + 4; at < end; ) {
            int type = out.bytes()[at];
            int value = at + 1;
            while (out.bytes()[value] != 0) {
                value++;
            }
            value++;
            int after = value + WrittenValue.length(out, type, value);
            int field = names.indexOf(new String(out.bytes(), at + 1, value - at - 2, UTF_8));
            if (field >= 0 && values[field] == null) {
                values[field] = Arrays.copyOfRange(out.bytes(), value, after);
                types[field] = type;
            }
            at = after;
        }
        if (Arrays.asList(values).contains(null)) {
            return;
        }
        if (names.size() == 1) {
            element(out, types[0], ID, values[0]);
            return;
        }
        element(out, BsonType.DOCUMENT.getValue(), ID, new byte[0]);
        int document = out.size();
        out.int32(0);
        for (int field = 0; field < values.length; field++) {
            element(out, types[field], cstring(names.get(field)), values[field]);
        }
        out.octet(0);
        out.setInt32(document, out.size() - document);
    }

    private static void element(BsonBuffer out, int type, byte[] name, byte[] value) {
        out.octet(type);
        out.bytes(name);
        out.bytes(value);
    }

    private static byte[] cstring(String name) {
        return (name + '\0').getBytes(UTF_8);
    }
}
