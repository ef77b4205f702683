package io.docrows.inspect.internal.measure;

import io.docrows.inspect.fact.Kind;
import io.docrows.internal.bson.BsonCursor;
import io.docrows.internal.bson.MalformedBsonException;
import java.util.Arrays;
import org.bson.BsonType;

/** Measures documents: one pass over the bytes of each, without building it. Not thread-safe. */
public final class Walker {

    /** No array around the value. */
    private static final long NO_ARRAY = -1;

    private final BsonCursor cursor = new BsonCursor();
    private final DocumentMark mark = new DocumentMark();
    private final ValueScan values = new ValueScan();
    private final PathTree tree;
    private long arrays;
    /** The few values that the documents in hand have, and which fields come with them is yet to be said. */
    private FewValues.Value[] labels = new FewValues.Value[16];

    private int labelled;
    /** Whether the inside of a document in hand is damaged. */
    private boolean damaged;

    /**
     * Measures into a tree.
     *
     * @param tree takes what is measured
     */
    public Walker(PathTree tree) {
        this.tree = tree;
    }

    /**
     * Measures a document.
     *
     * @param document its bytes
     * @throws TooManyPathsException if the tree has more paths than it may hold
     */
    public void document(byte[] document) {
        tree.document(document.length);
        PathNode root = tree.root();
        try {
            cursor.reset(document);
            mark.read(cursor);
            cursor.reset(document);
            root.present(mark, document.length);
            labelled = 0;
            damaged = false;
            fields(root, NO_ARRAY);
        } catch (MalformedBsonException e) {
            damaged = true;
        }
        if (damaged) {
            tree.damaged().add(mark);
        }
    }

    private void fields(PathNode node, long array) {
        byte[] bytes = cursor.document();
        long owner = node.beginObject();
        int guess = 0;
        int count = 0;
        int roles = 0;
        int firstLabel = labelled;
        long there = 0;
        while (cursor.next()) {
            PathNode child = node.child(cursor, guess);
            guess = child.position() + 1;
            there |= child.bit();
            count++;
            PathNode.Role role = child.role();
            if (role != PathNode.Role.NONE) {
                roles |= role(role, bytes);
            }
            child.ownedBy(owner);
            value(child, array);
        }
        for (int i = firstLabel; i < labelled; i++) {
            labels[i].beside(there);
        }
        labelled = firstLabel;
        if (node.depth() > 0) {
            node.tally(kind(count, roles), mark);
        }
        SizeMeasure sizes = node.fields;
        if (sizes == null) {
            sizes = new SizeMeasure();
            node.fields = sizes;
        }
        sizes.add(count);
    }

    private int role(PathNode.Role role, byte[] bytes) {
        BsonType type = cursor.type();
        boolean fits = switch (role) {
            case COORDINATES -> type == BsonType.ARRAY;
            case TYPE ->
                type == BsonType.STRING
                        && GeoJson.isGeometry(bytes, cursor.valueOffset() + 4, cursor.valueLength() - 5);
            case REFERENCE -> type == BsonType.STRING;
            default -> true;
        };
        return fits ? 1 << role.ordinal() : 0;
    }

    private static Kind kind(int count, int roles) {
        if (count == 0) {
            return Kind.DOCUMENT_EMPTY;
        }
        int geometry = 1 << PathNode.Role.TYPE.ordinal() | 1 << PathNode.Role.COORDINATES.ordinal();
        int reference = 1 << PathNode.Role.REFERENCE.ordinal() | 1 << PathNode.Role.REFERENCED_ID.ordinal();
        return (roles & geometry) == geometry
                ? Kind.GEOJSON
                : (roles & reference) == reference ? Kind.DBREF : Kind.DOCUMENT;
    }

    private void value(PathNode node, long array) {
        node.present(mark, cursor.valueLength());
        BsonType type = cursor.type();
        if (type == BsonType.DOCUMENT) {
            object(node, array);
        } else if (type == BsonType.ARRAY) {
            array(node);
        } else {
            node.tally(values.scan(cursor, node, mark), mark);
            hashed(node, array, values.hash, values.use);
        }
    }

    private void object(PathNode node, long array) {
        if (node.depth() >= tree.limits().depth()) {
            node.tally(Kind.DOCUMENT, mark);
            node.cut();
            return;
        }
        int from = cursor.valueOffset();
        int length = cursor.valueLength();
        if (length > 5) {
            long hash = ValueHash.other(3, cursor.document(), from, from + length);
            KeySketch contents = node.contents;
            if (contents == null) {
                contents = new KeySketch();
                node.contents = contents;
            }
            contents.update(hash);
            if (node.role() == PathNode.Role.ID) {
                hashed(node, array, hash, ValueScan.Use.KEY);
            }
        }
        int firstLabel = labelled;
        cursor.enter();
        try {
            fields(node, array);
        } catch (MalformedBsonException e) {
            // What comes after it in the outer document can be read nevertheless.
            node.tally(Kind.DOCUMENT, mark);
            labelled = firstLabel;
            damaged = true;
        }
        cursor.leave();
    }

    private void array(PathNode node) {
        int length = cursor.valueLength();
        SizeMeasure lengths = node.lengths;
        if (lengths == null) {
            lengths = new SizeMeasure();
            node.lengths = lengths;
        }
        if (length == 5) {
            node.tally(Kind.ARRAY_EMPTY, mark);
            lengths.add(0);
            return;
        }
        node.tally(NumberArray.kind(cursor.document(), cursor.valueOffset(), length), mark);
        if (node.depth() >= tree.limits().depth()) {
            node.cut();
            return;
        }
        long number = ++arrays;
        int count = 0;
        PathNode elements = node.elements();
        int firstLabel = labelled;
        cursor.enter();
        try {
            while (cursor.next()) {
                count++;
                value(elements, number);
            }
        } catch (MalformedBsonException e) {
            damaged = true;
        }
        cursor.leave();
        labelled = firstLabel;
        lengths.add(count);
    }

    /** Takes the hash of a value for what it is good for. */
    private void hashed(PathNode node, long array, long hash, ValueScan.Use use) {
        if (use == ValueScan.Use.NONE) {
            return;
        }
        if (array != NO_ARRAY) {
            WithinArray within = node.within;
            if (within == null) {
                within = new WithinArray();
                node.within = within;
            }
            within.add(array, hash);
        }
        if (use == ValueScan.Use.ELEMENT) {
            return;
        }
        FewValues few = node.few;
        if (few == null) {
            few = new FewValues();
            node.few = few;
        }
        if (!few.overflowed()) {
            if (use == ValueScan.Use.KEY) {
                few.forget();
            } else if (isKnown(few, hash)) {
                node.keys().giveUp();
                return;
            }
        }
        different(node, array, hash);
    }

    /** Whether a value is one of few that was met before. */
    private boolean isKnown(FewValues few, long hash) {
        byte type = (byte) cursor.type().getValue();
        FewValues.Value value = few.add(ValueHash.salted(hash, type), type, cursor.document(), values.from, values.to);
        if (value == null) {
            return false;
        }
        if (labelled == labels.length) {
            labels = Arrays.copyOf(labels, 2 * labelled);
        }
        labels[labelled++] = value;
        return !value.isNew();
    }

    private static void different(PathNode node, long array, long hash) {
        KeySketch distinct = node.distinct;
        if (distinct == null) {
            distinct = new KeySketch();
            node.distinct = distinct;
        }
        KeyLog keys = node.keys();
        if (keys.isOpen() && array != NO_ARRAY) {
            keys.giveUp();
        }
        long key = KeySketch.key(hash);
        distinct.update(hash, key);
        if (keys.isOpen()) {
            keys.add(key, distinct);
        }
    }
}
