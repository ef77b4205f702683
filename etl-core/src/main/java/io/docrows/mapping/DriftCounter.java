package io.docrows.mapping;

import io.docrows.internal.bson.BsonCursor;
import io.docrows.internal.bson.BsonTypes;
import io.docrows.internal.bson.FieldName;
import io.docrows.report.Drift;
import io.docrows.text.ForeignText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bson.BsonType;

/**
 * Counts what a decoder meets and its mapping does not expect: fields that it neither maps nor ignores, the BSON types
 * of those that it maps, and values that an enumeration does not have. Names are kept as they are stored, so that a
 * field seen before costs a comparison and no allocation; a mapped one costs an addition. Bounded: a name of more than
 * {@value ForeignText#LONGEST_NAME} bytes is cut and hashed, and after {@value #MOST_NAMES} names at one place the rest
 * is counted together. Not thread-safe.
 */
final class DriftCounter {

    static final String OTHERS = "(others)";
    private static final int MOST_NAMES = 100;

    /** As many as there are BSON types, up to a power of two. */
    private static final int TYPES = 32;

    private static final BsonType[] BY_ORDINAL = BsonType.values();

    private final List<List<Field>> byNode = new ArrayList<>();
    private final String[] paths;
    private final long[] types;
    private final long[] newValues;

    DriftCounter(int nodes, int bindings) {
        paths = new String[nodes];
        types = new long[nodes * TYPES];
        newValues = new long[bindings];
        for (int i = 0; i < nodes; i++) {
            byNode.add(new ArrayList<>(0));
        }
    }

    void count(FieldNode parent, BsonCursor cursor) {
        List<Field> fields = byNode.get(parent.number());
        String cut = cursor.nameLength() > ForeignText.LONGEST_NAME ? ForeignText.bounded(cursor.name()) : null;
        for (Field field : fields) {
            if (cut == null ? cursor.nameIs(field.name) : cut.equals(field.text)) {
                field.count++;
                return;
            }
        }
        paths[parent.number()] = parent.path();
        String name = fields.size() >= MOST_NAMES ? OTHERS : cut == null ? cursor.name() : cut;
        if (fields.size() > MOST_NAMES) {
            fields.get(MOST_NAMES).count++;
        } else {
            fields.add(new Field(name));
        }
    }

    void type(FieldNode node, BsonType type) {
        types[node.number() * TYPES + type.ordinal()]++;
    }

    void newValue(int binding) {
        newValues[binding]++;
    }

    Drift drift(FieldNode root, FieldBinding[] bindings) {
        Map<String, Map<String, Long>> byPath = new TreeMap<>();
        addTypes(root, byPath);
        Map<String, Long> unknown = new TreeMap<>();
        for (int i = 0; i < newValues.length; i++) {
            if (newValues[i] > 0) {
                unknown.merge(bindings[i].pathText(), newValues[i], Long::sum);
            }
        }
        return new Drift(unmappedFields(), byPath, unknown);
    }

    private void addTypes(FieldNode parent, Map<String, Map<String, Long>> byPath) {
        for (FieldNode node : parent.children()) {
            Map<String, Long> counts = new TreeMap<>();
            for (BsonType type : BY_ORDINAL) {
                long count = types[node.number() * TYPES + type.ordinal()];
                if (count > 0 && type != BsonType.NULL && type != BsonType.UNDEFINED) {
                    counts.put(BsonTypes.alias(type), count);
                }
            }
            // Of a field that is ignored, the types are, too.
            if (!counts.isEmpty() && node.isMapped() && !node.isMixed()) {
                byPath.put(node.path(), counts);
            }
            addTypes(node, byPath);
        }
    }

    private Map<String, Long> unmappedFields() {
        Map<String, Long> counts = new TreeMap<>();
        for (int i = 0; i < byNode.size(); i++) {
            for (Field field : byNode.get(i)) {
                counts.merge(
                        paths[i] == null || paths[i].isEmpty() ? field.text : paths[i] + "." + field.text,
                        field.count,
                        Long::sum);
            }
        }
        return counts;
    }

    private static final class Field {

        private final String text;
        private final FieldName name;
        private long count = 1;

        private Field(String text) {
            this.text = text;
            this.name = FieldName.of(text);
        }
    }
}
