package io.docrows.inspect.internal.narrow;

import io.docrows.internal.bson.BsonCursor;
import io.docrows.internal.bson.FieldName;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A path that is wanted, or leads to one that is. Not thread-safe. */
public final class NarrowNode {

    private final String name;
    private final FieldName key;
    private final List<NarrowTask> tasks = new ArrayList<>();
    private NarrowNode[] fields = {};
    private @Nullable NarrowNode any;
    private @Nullable NarrowNode elements;

    private NarrowNode(String name) {
        this.name = name;
        this.key = FieldName.of(name);
    }

    /**
     * The documents themselves.
     *
     * @return a node with nothing below it
     */
    public static NarrowNode root() {
        return new NarrowNode("");
    }

    /**
     * The node of a path, made if it is not there.
     *
     * @param names from the outside in, with {@code []} and <code>{}</code>
     * @return the node
     */
    public NarrowNode at(List<String> names) {
        NarrowNode node = this;
        for (String name : names) {
            node = node.below(name);
        }
        return node;
    }

    private NarrowNode below(String name) {
        if (name.equals("[]")) {
            NarrowNode each = elements;
            if (each == null) {
                each = new NarrowNode(name);
                elements = each;
            }
            return each;
        }
        if (name.equals("{}")) {
            NarrowNode all = any;
            if (all == null) {
                all = new NarrowNode(name);
                any = all;
            }
            return all;
        }
        for (NarrowNode field : fields) {
            if (field.name.equals(name)) {
                return field;
            }
        }
        NarrowNode added = new NarrowNode(name);
        fields = java.util.Arrays.copyOf(fields, fields.length + 1);
        fields[fields.length - 1] = added;
        return added;
    }

    /**
     * Adds a task.
     *
     * @param task is told of each value
     */
    public void add(NarrowTask task) {
        tasks.add(task);
    }

    List<NarrowTask> tasks() {
        return tasks;
    }

    boolean leadsOn() {
        return fields.length > 0 || any != null;
    }

    @Nullable NarrowNode elements() {
        return elements;
    }

    /** The wanted field the cursor stands at, if it is one. */
    @Nullable NarrowNode field(BsonCursor cursor, int guess) {
        NarrowNode[] all = fields;
        long word = cursor.nameWord();
        if (guess < all.length && all[guess].key.firstWord() == word && cursor.nameIs(all[guess].key)) {
            return all[guess];
        }
        for (NarrowNode field : all) {
            if (field.key.firstWord() == word && cursor.nameIs(field.key)) {
                return field;
            }
        }
        return any;
    }
}
