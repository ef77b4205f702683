package io.docrows.mapping;

import io.docrows.internal.bson.FieldName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One field that a mapping knows, with the slots its value fills and the fields below it. Immutable. */
final class FieldNode {

    private static final int[] NO_SLOTS = {};

    private final FieldName name;
    private final String path;
    private final int number;
    private final int[] slots;
    private final boolean readsNull;
    private final FieldNode[] children;

    private FieldNode(String name, String path, int number, int[] slots, boolean readsNull, FieldNode[] children) {
        this.name = FieldName.of(name);
        this.path = path;
        this.number = number;
        this.slots = slots;
        this.readsNull = readsNull;
        this.children = children;
    }

    /** The tree of all mapped and ignored fields; its root is the document. */
    static FieldNode tree(List<Slot> slots, Set<String> ignored) {
        Draft root = new Draft("", "");
        for (int i = 0; i < slots.size(); i++) {
            Draft node = root;
            for (String name : slots.get(i).path()) {
                node = node.child(name);
            }
            node.slots.add(i);
            node.readsNull |= slots.get(i).readsNull();
        }
        ignored.forEach(root::child);
        return root.build(new int[] {0});
    }

    FieldName name() {
        return name;
    }

    String path() {
        return path;
    }

    /** This node's number among all nodes of the tree, from 0. */
    int number() {
        return number;
    }

    int[] slots() {
        return slots;
    }

    /** Whether any of the slots takes a null for a value. */
    boolean readsNull() {
        return readsNull;
    }

    FieldNode[] children() {
        return children;
    }

    int count() {
        int count = 1;
        for (FieldNode child : children) {
            count += child.count();
        }
        return count;
    }

    private static final class Draft {

        private final String name;
        private final String path;
        private final List<Integer> slots = new ArrayList<>();
        private boolean readsNull;
        private final Map<String, Draft> children = new LinkedHashMap<>();

        private Draft(String name, String path) {
            this.name = name;
            this.path = path;
        }

        private Draft child(String childName) {
            @Nullable Draft known = children.get(childName);
            if (known != null) {
                return known;
            }
            Draft child = new Draft(childName, path.isEmpty() ? childName : path + "." + childName);
            children.put(childName, child);
            return child;
        }

        private FieldNode build(int[] counter) {
            int number = counter[0]++;
            FieldNode[] built = new FieldNode[children.size()];
            int i = 0;
            for (Draft child : children.values()) {
                built[i++] = child.build(counter);
            }
            int[] slotArray = slots.isEmpty()
                    ? NO_SLOTS
                    : slots.stream().mapToInt(Integer::intValue).toArray();
            return new FieldNode(name, path, number, slotArray, readsNull, built);
        }
    }
}
