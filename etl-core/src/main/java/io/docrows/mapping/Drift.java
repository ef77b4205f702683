package io.docrows.mapping;

import io.docrows.internal.bson.BsonCursor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts the fields that a mapping neither maps nor ignores. Names are kept as bytes, so that a field seen before costs
 * a comparison and no allocation. Bounded: after {@value #MOST_NAMES} names at one place the rest is counted together.
 */
final class Drift {

    static final String OTHERS = "(others)";
    private static final int MOST_NAMES = 100;

    private final List<List<Field>> byNode = new ArrayList<>();
    private final String[] paths;

    Drift(int nodes) {
        paths = new String[nodes];
        for (int i = 0; i < nodes; i++) {
            byNode.add(new ArrayList<>(0));
        }
    }

    void count(FieldNode parent, BsonCursor cursor) {
        List<Field> fields = byNode.get(parent.number());
        for (Field field : fields) {
            if (cursor.nameIs(field.name)) {
                field.count++;
                return;
            }
        }
        paths[parent.number()] = parent.path();
        String name = fields.size() < MOST_NAMES ? cursor.name() : OTHERS;
        if (fields.size() > MOST_NAMES) {
            fields.get(MOST_NAMES).count++;
        } else {
            fields.add(new Field(name));
        }
    }

    Map<String, Long> counts() {
        Map<String, Long> counts = new TreeMap<>();
        for (int i = 0; i < byNode.size(); i++) {
            for (Field field : byNode.get(i)) {
                counts.put(
                        paths[i] == null || paths[i].isEmpty() ? field.text : paths[i] + "." + field.text, field.count);
            }
        }
        return counts;
    }

    private static final class Field {

        private final String text;
        private final byte[] name;
        private long count = 1;

        private Field(String text) {
            this.text = text;
            this.name = text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        }
    }
}
