package io.docrows.inspect.internal.measure;

import io.docrows.inspect.fact.Kind;
import io.docrows.internal.bson.BsonCursor;
import io.docrows.internal.bson.FieldName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A path and all that was measured of its values. Below a document are its fields, or, once they have too many names,
 * one node for all of them; below an array is one node for its elements. Not thread-safe.
 */
public final class PathNode {

    /** Of how many fields it is known which values of others they come with. */
    public static final int MOST_TOLD_APART = 63;

    static final Kind[] KINDS = Kind.values();

    private static final int[] NOWHERE = {};

    private static final String ID_NAME = "_id";
    private static final FieldName ID = FieldName.of(ID_NAME);

    private final PathTree tree;
    private final @Nullable PathNode parent;
    private final FieldName key;
    private final String name;
    private final int depth;
    private int position;
    /** Whether one document may have many values here, so that none is its key. */
    private final boolean inMany;

    private final @Nullable Tally[] tallies = new Tally[KINDS.length];
    private long values;
    private long documents;
    private long lastDocument = -1;
    private long bytes;
    private long repeated;
    private long lastOwner = -1;
    private long cut;

    /** Documents among the values, and which of them is in hand. */
    private long objects;

    private @Nullable Children children;
    private @Nullable PathNode any;
    private @Nullable NameMeasure names;
    private @Nullable PathNode elements;

    @Nullable NumberMeasure numbers;

    @Nullable NumberMeasure textNumbers;

    @Nullable TextMeasure texts;

    @Nullable DateMeasure dates;

    @Nullable BinaryMeasure binaries;

    @Nullable SizeMeasure lengths;

    @Nullable SizeMeasure fields;

    @Nullable FewValues few;

    @Nullable KeySketch distinct;

    @Nullable KeySketch contents;

    private @Nullable KeyLog keys;

    @Nullable WithinArray within;

    private final Role role;

    /** What a field's name may mean to its document. */
    enum Role {
        NONE,
        ID,
        TYPE,
        COORDINATES,
        REFERENCE,
        REFERENCED_ID
    }

    PathNode(PathTree tree, @Nullable PathNode parent, String name, int position) {
        this.tree = tree;
        this.parent = parent;
        this.name = name;
        this.key = FieldName.of(name);
        this.depth = parent == null ? 0 : parent.depth + 1;
        this.position = position;
        this.inMany = parent != null && (parent.inMany || name.equals("{}") || name.equals("[]"));
        this.role = switch (name) {
            case ID_NAME -> parent != null && parent.parent == null ? Role.ID : Role.NONE;
            case "type" -> Role.TYPE;
            case "coordinates", "geometries" -> Role.COORDINATES;
            case "$ref" -> Role.REFERENCE;
            case "$id" -> Role.REFERENCED_ID;
            default -> Role.NONE;
        };
    }

    // ------------------------------------------------------------------ measuring

    FieldName key() {
        return key;
    }

    Role role() {
        return role;
    }

    /**
     * The field's place among its siblings, in the order in which they were met.
     *
     * @return from 0
     */
    public int position() {
        return position;
    }

    /** A bit for the field's position among its siblings; one for all that are beyond the first. */
    long bit() {
        return 1L << Math.min(position, MOST_TOLD_APART);
    }

    int depth() {
        return depth;
    }

    /** Counts a value, before its kind is known. */
    void present(DocumentMark mark, int length) {
        values++;
        bytes += length;
        if (lastDocument != mark.number) {
            lastDocument = mark.number;
            documents++;
        }
    }

    void tally(Kind kind, DocumentMark mark) {
        Tally tally = tallies[kind.ordinal()];
        if (tally == null) {
            tally = new Tally();
            tallies[kind.ordinal()] = tally;
        }
        tally.add(mark);
    }

    long beginObject() {
        return ++objects;
    }

    void cut() {
        cut++;
    }

    /** Counts names that one document has twice. */
    void ownedBy(long owner) {
        if (owner == lastOwner) {
            repeated++;
        } else {
            lastOwner = owner;
        }
    }

    PathNode child(BsonCursor cursor, int guess) {
        PathNode all = any;
        if (all != null) {
            if (parent == null && cursor.nameIs(ID)) {
                return id();
            }
            names().add(cursor.name(), 1);
            return all;
        }
        Children known = children;
        if (known == null) {
            known = new Children();
            children = known;
        }
        PathNode found = known.find(cursor, guess);
        return found != null ? found : newChild(known, cursor.name());
    }

    private PathNode newChild(Children known, String text) {
        if (known.size() >= tree.limits().names(depth)) {
            collapse();
            if (isId(text)) {
                return id();
            }
            names().add(text, 1);
            return wildcard();
        }
        PathNode node = new PathNode(tree, this, text, known.size());
        tree.grow();
        known.add(node);
        return node;
    }

    KeyLog keys() {
        KeyLog log = keys;
        if (log == null) {
            log = new KeyLog(tree.memory(), role == Role.ID);
            if (inMany) {
                log.giveUp();
            }
            keys = log;
        }
        return log;
    }

    PathNode elements() {
        PathNode node = elements;
        if (node == null) {
            node = new PathNode(tree, this, "[]", 0);
            tree.grow();
            elements = node;
        }
        return node;
    }

    private boolean isId(String text) {
        return parent == null && text.equals(ID_NAME);
    }

    /** The {@code _id} of the documents, where all other names are data. */
    private PathNode id() {
        Children known = children;
        if (known == null) {
            known = new Children();
            children = known;
        }
        PathNode node = known.find(ID_NAME);
        if (node == null) {
            node = new PathNode(tree, this, ID_NAME, 0);
            tree.grow();
            known.add(node);
        }
        return node;
    }

    /**
     * Takes the names of the fields for data: what was measured of each is put together. Only the {@code _id} of a
     * document is never one of them.
     */
    public void collapse() {
        Children known = children;
        children = null;
        PathNode all = wildcard();
        if (known != null) {
            for (PathNode child : known.list()) {
                if (isId(child.name)) {
                    child.position = 0;
                    Children kept = new Children();
                    kept.add(child);
                    children = kept;
                    continue;
                }
                names().add(child.name, child.values);
                all.merge(child, NOWHERE);
                tree.shrink(child.size());
            }
        }
    }

    private int size() {
        int size = 1;
        for (PathNode child : children()) {
            size += child.size();
        }
        PathNode all = any;
        PathNode each = elements;
        return size + (all == null ? 0 : all.size()) + (each == null ? 0 : each.size());
    }

    private PathNode wildcard() {
        PathNode all = any;
        if (all == null) {
            all = new PathNode(tree, this, "{}", 0);
            tree.grow();
            any = all;
        }
        return all;
    }

    private NameMeasure names() {
        NameMeasure measure = names;
        if (measure == null) {
            measure = new NameMeasure();
            names = measure;
        }
        return measure;
    }

    void merge(PathNode other) {
        merge(other, NOWHERE);
    }

    /**
     * Adds what another thread has measured.
     *
     * @param positions for the position of each field of the document that it is in there, its position here
     */
    private void merge(PathNode other, int[] positions) {
        values += other.values;
        documents += other.documents;
        bytes += other.bytes;
        repeated += other.repeated;
        cut += other.cut;
        objects += other.objects;
        for (int i = 0; i < tallies.length; i++) {
            Tally theirs = other.tallies[i];
            if (theirs != null) {
                Tally mine = tallies[i];
                if (mine == null) {
                    tallies[i] = theirs;
                } else {
                    mine.merge(theirs);
                }
            }
        }
        mergeMeasures(other, positions);
        PathNode each = other.elements;
        if (each != null) {
            elements().merge(each);
        }
        mergeFields(other);
    }

    private void mergeFields(PathNode other) {
        PathNode theirs = other.any;
        if (theirs != null) {
            if (any == null) {
                collapse();
            }
            wildcard().merge(theirs, NOWHERE);
            NameMeasure measure = other.names;
            if (measure != null) {
                names().merge(measure);
            }
        }
        List<PathNode> sorted = other.inOrder();
        int[] positions = new int[sorted.size()];
        for (PathNode child : sorted) {
            if (any == null) {
                positions[child.position] = childToMerge(child.name);
            }
        }
        for (PathNode child : sorted) {
            PathNode mine = isId(child.name) && any != null
                    ? id()
                    : any == null && children != null ? children.find(child.name) : null;
            if (mine == null) {
                names().add(child.name, child.values);
                wildcard().merge(child, NOWHERE);
            } else {
                mine.merge(child, positions);
            }
        }
    }

    /** Makes the field if it is not there, or takes the names for data if there are too many. */
    private int childToMerge(String text) {
        Children known = children;
        if (known == null) {
            known = new Children();
            children = known;
        }
        PathNode mine = known.find(text);
        if (mine == null && known.size() >= tree.limits().names(depth)) {
            collapse();
            return 0;
        }
        return (mine == null ? newChild(known, text) : mine).position;
    }

    private void mergeMeasures(PathNode other, int[] positions) {
        numbers = merged(numbers, other.numbers, NumberMeasure::merge);
        textNumbers = merged(textNumbers, other.textNumbers, NumberMeasure::merge);
        texts = merged(texts, other.texts, TextMeasure::merge);
        dates = merged(dates, other.dates, DateMeasure::merge);
        binaries = merged(binaries, other.binaries, BinaryMeasure::merge);
        lengths = merged(lengths, other.lengths, SizeMeasure::merge);
        fields = merged(fields, other.fields, SizeMeasure::merge);
        FewValues theirs = other.few;
        if (theirs != null) {
            // Also into an empty one: the fields have other positions here.
            FewValues mine = few == null ? new FewValues() : few;
            mine.merge(theirs, positions);
            few = mine;
        }
        distinct = merged(distinct, other.distinct, KeySketch::merge);
        contents = merged(contents, other.contents, KeySketch::merge);
        keys = merged(keys, other.keys, KeyLog::merge);
        KeyLog log = keys;
        if (inMany && log != null) {
            log.giveUp();
        }
        within = merged(within, other.within, WithinArray::merge);
    }

    private static <M> @Nullable M merged(
            @Nullable M mine, @Nullable M theirs, java.util.function.BiConsumer<M, M> merge) {
        if (mine == null || theirs == null) {
            return mine == null ? theirs : mine;
        }
        merge.accept(mine, theirs);
        return mine;
    }

    // ------------------------------------------------------------------ what was measured

    /**
     * The field's name.
     *
     * @return {@code []} for the elements of an array, {@code {}} for fields whose names are data
     */
    public String name() {
        return name;
    }

    /**
     * The fields, if their names are not data.
     *
     * @return in the order in which this thread met them
     */
    public List<PathNode> children() {
        Children known = children;
        return known == null ? List.of() : known.list();
    }

    /** By their names, so that merging does the same whoever met them first. */
    private List<PathNode> inOrder() {
        List<PathNode> sorted = new ArrayList<>(children());
        sorted.sort(Comparator.comparing(PathNode::name));
        return sorted;
    }

    /**
     * The fields as one, if their names are data.
     *
     * @return the node, or null
     */
    public @Nullable PathNode any() {
        return any;
    }

    /**
     * The names that are data.
     *
     * @return what was measured of them, or null
     */
    public @Nullable NameMeasure nameMeasure() {
        return names;
    }

    /**
     * The elements of the arrays.
     *
     * @return the node, or null
     */
    public @Nullable PathNode elementsOrNull() {
        return elements;
    }

    /**
     * The count of a kind.
     *
     * @param kind a kind
     * @return the count, or null for none
     */
    public @Nullable Tally tally(Kind kind) {
        return tallies[kind.ordinal()];
    }

    /**
     * How many values.
     *
     * @return the count, with nulls
     */
    public long values() {
        return values;
    }

    /**
     * In how many documents of the collection.
     *
     * @return the count; not to be used below a {@code {}}
     */
    public long documents() {
        return documents;
    }

    /**
     * How many bytes the values have.
     *
     * @return the sum
     */
    public long bytes() {
        return bytes;
    }

    /**
     * How often a document has the field a second time.
     *
     * @return the count
     */
    public long repeated() {
        return repeated;
    }

    /**
     * Documents that were too deep to be looked into.
     *
     * @return the count
     */
    public long cutOff() {
        return cut;
    }

    /**
     * How many of the values are documents.
     *
     * @return the count
     */
    public long objects() {
        return objects;
    }

    /** Whole numbers, doubles and decimals. */
    public @Nullable NumberMeasure numbers() {
        return numbers;
    }

    /** Texts that are numbers. */
    public @Nullable NumberMeasure textNumbers() {
        return textNumbers;
    }

    /** Texts. */
    public @Nullable TextMeasure texts() {
        return texts;
    }

    /** Dates. */
    public @Nullable DateMeasure dates() {
        return dates;
    }

    /** Binary data. */
    public @Nullable BinaryMeasure binaries() {
        return binaries;
    }

    /** Lengths of arrays. */
    public @Nullable SizeMeasure lengths() {
        return lengths;
    }

    /** How many fields documents have. */
    public @Nullable SizeMeasure fields() {
        return fields;
    }

    /** The values, if there are few different ones. */
    public @Nullable FewValues few() {
        return few;
    }

    /** Different values that may be keys. */
    public @Nullable KeySketch distinct() {
        return distinct;
    }

    /** All values that may be keys. */
    public @Nullable KeyLog keyLog() {
        return keys;
    }

    /** Different documents. */
    public @Nullable KeySketch contents() {
        return contents;
    }

    /** Whether values repeat within an array. */
    public @Nullable WithinArray within() {
        return within;
    }
}
