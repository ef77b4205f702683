package io.docrows.inspect.internal.measure;

import io.docrows.internal.bson.BsonCursor;
import io.docrows.internal.bson.FieldName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a document, in the order in which they were first met. Documents of a collection usually have theirs in
 * the same order, so the next one is guessed before it is looked for. Not thread-safe.
 */
final class Children {

    private static final int SLOTS = 16;

    private final List<PathNode> list = new ArrayList<>();
    private final Map<String, PathNode> byName = new HashMap<>();
    private PathNode[] nodes = new PathNode[SLOTS];
    private @Nullable PathNode[] table = new PathNode[2 * SLOTS];

    @Nullable PathNode find(BsonCursor cursor, int guess) {
        if (guess < list.size()) {
            PathNode expected = nodes[guess];
            if (cursor.nameIs(expected.key())) {
                return expected;
            }
        }
        int mask = table.length - 1;
        int slot = slot(cursor.nameWord(), cursor.nameLength()) & mask;
        while (true) {
            PathNode node = table[slot];
            if (node == null || cursor.nameIs(node.key())) {
                return node;
            }
            slot = slot + 1 & mask;
        }
    }

    @Nullable PathNode find(String name) {
        return byName.get(name);
    }

    private static int slot(long word, int length) {
        long mixed = (word ^ length) * 0x9E3779B97F4A7C15L;
        return (int) (mixed >>> 40);
    }

    void add(PathNode node) {
        if (list.size() == nodes.length) {
            nodes = java.util.Arrays.copyOf(nodes, 2 * nodes.length);
        }
        nodes[list.size()] = node;
        list.add(node);
        byName.put(node.name(), node);
        if (2 * list.size() > table.length) {
            table = new PathNode[2 * table.length];
            list.forEach(this::put);
        } else {
            put(node);
        }
    }

    private void put(PathNode node) {
        FieldName key = node.key();
        int mask = table.length - 1;
        int slot = slot(key.firstWord(), key.byteLength()) & mask;
        while (table[slot] != null) {
            slot = slot + 1 & mask;
        }
        table[slot] = node;
    }

    int size() {
        return list.size();
    }

    List<PathNode> list() {
        return list;
    }
}
