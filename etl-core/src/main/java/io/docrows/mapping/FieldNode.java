package io.docrows.mapping;

import io.docrows.internal.bson.BsonCursor;
import io.docrows.internal.bson.FieldName;
import io.docrows.internal.value.KnownFields;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One field that a mapping knows, with the bindings its value fills, the marks it gets for values that are composed,
 * and the fields below it. Immutable.
 */
final class FieldNode implements KnownFields {

    private static final int[] NONE = {};
    private static final NestedPlan[] NO_ROWS = {};

    private final FieldName name;
    private final String path;
    private final int number;
    private final int[] bindings;
    private final int[] marks;
    private final boolean readsNull;
    private final boolean whole;
    private final boolean mixed;
    private final boolean carriesBelow;
    private final NestedPlan[] nested;
    private final FieldNode[] children;

    private FieldNode(Draft draft, int number, FieldNode[] children) {
        this.name = FieldName.of(draft.name);
        this.path = draft.path;
        this.number = number;
        this.bindings = array(draft.bindings);
        this.marks = array(draft.marks);
        this.readsNull = draft.readsNull;
        this.whole = draft.whole;
        this.mixed = draft.mixed;
        this.nested = draft.nested.isEmpty() ? NO_ROWS : draft.nested.toArray(NestedPlan[]::new);
        this.children = children;
        boolean below = false;
        for (FieldNode child : children) {
            below |= child.isMapped();
        }
        this.carriesBelow = below;
    }

    /**
     * The tree of all mapped and ignored fields. Its root is the document, or whatever else the decoder begins with.
     *
     * @param place where the root is, for people
     * @param bindings what is read
     * @param nested parts of which rows of child tables are made
     * @param paths where each of those parts is
     * @param ignored the paths of fields that are left out on purpose
     * @param noticed those of fields that are not carried, but are not unknown either
     * @param mixed those of fields that are known to have values of several types
     */
    static FieldNode tree(
            String place,
            List<FieldBinding> bindings,
            List<NestedPlan> nested,
            List<List<String>> paths,
            Collection<List<String>> ignored,
            Collection<List<String>> noticed,
            Collection<List<String>> mixed) {
        Draft root = new Draft("", place);
        int mark = 0;
        for (int i = 0; i < bindings.size(); i++) {
            FieldBinding binding = bindings.get(i);
            for (Source source : binding.sources()) {
                Draft node = root.at(source.path().names());
                node.readsNull |= source.readsNull();
                node.whole |= !source.partial();
                if (binding.composed()) {
                    node.marks.add(mark++);
                } else {
                    node.bindings.add(i);
                }
            }
        }
        for (int i = 0; i < nested.size(); i++) {
            Draft node = root.at(paths.get(i));
            node.nested.add(nested.get(i));
            // Of one sub-document, what its row does not take is left for the rest of the parent's.
            node.whole |= nested.get(i).source() != ChildMapping.Source.DOCUMENT
                    || nested.get(i).plan().keepsRest();
        }
        ignored.forEach(field -> root.at(field).whole = true);
        noticed.forEach(root::at);
        mixed.forEach(field -> root.at(field).mixed = true);
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

    /** The bindings that are filled as soon as the field is met. */
    int[] bindings() {
        return bindings;
    }

    /** The marks that are put at the field, numbered over all bindings of the plan. */
    int[] marks() {
        return marks;
    }

    /** Whether any of the bindings takes a null for a value. */
    boolean readsNull() {
        return readsNull;
    }

    /** The parts that rows of child tables are made of: this field is one of each. */
    NestedPlan[] nested() {
        return nested;
    }

    FieldNode[] children() {
        return children;
    }

    /** Whether anything is read from the field or from those below it. */
    boolean isMapped() {
        return bindings.length > 0 || marks.length > 0 || nested.length > 0 || carriesBelow;
    }

    /** Whether it is known that its values are of several types. */
    boolean isMixed() {
        return mixed;
    }

    /** Whether anything is read from the fields below, so that the field has to be a document. */
    boolean carriesBelow() {
        return carriesBelow;
    }

    @Override
    public boolean isWhole() {
        return whole;
    }

    @Override
    public @Nullable KnownFields find(BsonCursor cursor) {
        for (FieldNode child : children) {
            if (cursor.nameIs(child.name)) {
                return child;
            }
        }
        for (NestedPlan part : nested) {
            KnownFields known = part.plan().root().find(cursor);
            if (known != null) {
                return known;
            }
        }
        return null;
    }

    /** Whether a field is mapped or left out on purpose here or below, by its path as drift tells it. */
    boolean knows(String field) {
        for (FieldNode child : children) {
            boolean within = field.startsWith(child.path + ".") || field.startsWith(child.path + "[");
            boolean taken = child.whole && child.nested.length == 0;
            if (field.equals(child.path) || (within && taken) || child.knows(field)) {
                return true;
            }
        }
        for (NestedPlan part : nested) {
            if ((part.plan().knowsAll() && field.startsWith(part.path()))
                    || part.plan().root().knows(field)) {
                return true;
            }
        }
        return false;
    }

    int count() {
        int count = 1;
        for (FieldNode child : children) {
            count += child.count();
        }
        return count;
    }

    private static int[] array(List<Integer> numbers) {
        return numbers.isEmpty()
                ? NONE
                : numbers.stream().mapToInt(Integer::intValue).toArray();
    }

    private static final class Draft {

        private final String name;
        private final String path;
        private final List<Integer> bindings = new ArrayList<>();
        private final List<Integer> marks = new ArrayList<>();
        private final List<NestedPlan> nested = new ArrayList<>(0);
        private boolean readsNull;
        private boolean whole;
        private boolean mixed;
        private final Map<String, Draft> children = new LinkedHashMap<>();

        private Draft(String name, String path) {
            this.name = name;
            this.path = path;
        }

        private Draft at(List<String> names) {
            Draft node = this;
            for (String child : names) {
                node = node.child(child);
            }
            return node;
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
            return new FieldNode(this, number, built);
        }
    }
}
