package io.docrows.inspect.internal.measure;

import io.docrows.inspect.fact.Kind;
import io.docrows.internal.bson.BsonCursor;
import io.docrows.internal.bson.MalformedBsonException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigDecimal;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.bson.BsonType;
import org.bson.types.Decimal128;

/** Measures documents: one pass over the bytes of each, without building it. Not thread-safe. */
public final class Walker {

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** No array around the value. */
    private static final long NO_ARRAY = -1;

    /** Beyond 2^53 doubles leave out whole numbers. */
    private static final double LARGEST_EXACT = 9_007_199_254_740_992.0;

    private final BsonCursor cursor = new BsonCursor();
    private final DocumentMark mark = new DocumentMark();
    private final TextScan text = new TextScan();
    private final PathTree tree;
    private long arrays;
    /** The few values that the documents in hand have, and which fields come with them is yet to be said. */
    private FewValues.Value[] labels = new FewValues.Value[16];

    private int labelled;

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
            fields(root, NO_ARRAY);
        } catch (MalformedBsonException e) {
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
        int length = cursor.valueLength();
        node.present(mark, length);
        switch (cursor.type()) {
            case STRING -> text(node, array);
            case INT32 -> {
                node.tally(Kind.INT32, mark);
                whole(node, array, cursor.int32(), 4);
            }
            case INT64 -> {
                node.tally(Kind.INT64, mark);
                whole(node, array, cursor.int64(), 8);
            }
            case DOUBLE -> float64(node, array);
            case BOOLEAN -> node.tally(cursor.bool() ? Kind.TRUE : Kind.FALSE, mark);
            case DATE_TIME -> date(node, array);
            case OBJECT_ID -> {
                node.tally(Kind.OBJECT_ID, mark);
                key(node, array, ValueHash.objectId(cursor.document(), cursor.valueOffset()));
            }
            case DOCUMENT -> object(node, array);
            case ARRAY -> array(node);
            case NULL -> node.tally(Kind.NULL, mark);
            case DECIMAL128 -> decimal(node, array);
            case BINARY -> binary(node, array);
            default -> node.tally(rare(cursor.type()), mark);
        }
    }

    private static Kind rare(BsonType type) {
        return switch (type) {
            case UNDEFINED -> Kind.UNDEFINED;
            case TIMESTAMP -> Kind.TIMESTAMP;
            case REGULAR_EXPRESSION -> Kind.REGEX;
            case JAVASCRIPT -> Kind.CODE;
            case JAVASCRIPT_WITH_SCOPE -> Kind.CODE_WITH_SCOPE;
            case SYMBOL -> Kind.SYMBOL;
            case DB_POINTER -> Kind.DB_POINTER;
            case MIN_KEY -> Kind.MIN_KEY;
            case MAX_KEY -> Kind.MAX_KEY;
            default -> throw new IllegalStateException("no kind for " + type);
        };
    }

    private void text(PathNode node, long array) {
        byte[] bytes = cursor.document();
        int from = cursor.valueOffset() + 4;
        int to = from + cursor.valueLength() - 5;
        text.scan(bytes, from, to);
        node.tally(text.kind, mark);
        TextMeasure texts = node.texts;
        if (texts == null) {
            texts = new TextMeasure();
            node.texts = texts;
        }
        texts.add(text, to - from);
        if (text.kind == Kind.TEXT_INTEGER || text.kind == Kind.TEXT_DECIMAL || text.kind == Kind.TEXT_PADDED) {
            NumberMeasure numbers = node.textNumbers;
            if (numbers == null) {
                numbers = new NumberMeasure();
                node.textNumbers = numbers;
            }
            numbers.text(text.integerDigits, text.scale);
        }
        label(node, array, text.hash, BsonType.STRING, from, to);
    }

    private static NumberMeasure numbers(PathNode node) {
        NumberMeasure numbers = node.numbers;
        if (numbers == null) {
            numbers = new NumberMeasure();
            node.numbers = numbers;
        }
        return numbers;
    }

    private void whole(PathNode node, long array, long value, int length) {
        numbers(node).whole(value);
        int from = cursor.valueOffset();
        label(node, array, ValueHash.number(value), cursor.type(), from, from + length);
    }

    private void float64(PathNode node, long array) {
        double value = cursor.float64();
        if (Double.isNaN(value)) {
            node.tally(Kind.DOUBLE_NAN, mark);
        } else if (Double.isInfinite(value)) {
            node.tally(Kind.DOUBLE_INFINITE, mark);
        } else if (Math.abs(value) <= LARGEST_EXACT && (long) value == value) {
            node.tally(Kind.DOUBLE_WHOLE, mark);
            numbers(node).whole((long) value);
            key(node, array, ValueHash.number((long) value));
        } else if (Math.rint(value) == value) {
            node.tally(Kind.DOUBLE_WHOLE, mark);
            numbers(node).fraction(value);
            numbers(node).beyondLong();
        } else {
            node.tally(Kind.DOUBLE, mark);
            numbers(node).fraction(value);
            inArray(node, array, ValueHash.fraction(value));
        }
    }

    private void decimal(PathNode node, long array) {
        byte[] bytes = cursor.document();
        int at = cursor.valueOffset();
        long low = (long) LONG.get(bytes, at);
        long high = (long) LONG.get(bytes, at + 8);
        boolean negative = high < 0;
        if ((high & 0x7C00000000000000L) == 0x7C00000000000000L) {
            node.tally(Kind.DECIMAL_NAN, mark);
            return;
        }
        if ((high & 0x7800000000000000L) == 0x7800000000000000L) {
            node.tally(Kind.DECIMAL_INFINITE, mark);
            return;
        }
        node.tally(Kind.DECIMAL, mark);
        NumberMeasure numbers = numbers(node);
        boolean small =
                (high & 0x6000000000000000L) != 0x6000000000000000L && (high & 0x1FFFFFFFFFFFFL) == 0 && low >= 0;
        if (small) {
            int exponent = (int) (high >>> 49 & 0x3FFF) - 6176;
            int digits = NumberMeasure.digits(low);
            int zeros = 0;
            long rest = low;
            while (rest != 0 && rest % 10 == 0) {
                rest /= 10;
                zeros++;
            }
            numbers.decimal(negative, low == 0, digits, zeros, exponent);
            if (low == 0 || exponent + zeros >= 0 && digits + exponent <= 18) {
                long whole = low == 0 ? 0 : rest;
                for (int i = 0; low != 0 && i < exponent + zeros; i++) {
                    whole *= 10;
                }
                key(node, array, ValueHash.number(negative ? -whole : whole));
            } else {
                inArray(node, array, ValueHash.other(19, bytes, at, at + 16));
            }
        } else {
            large(node, array, Decimal128.fromIEEE754BIDEncoding(high & Long.MAX_VALUE, low), negative, numbers);
        }
    }

    private void large(PathNode node, long array, Decimal128 size, boolean negative, NumberMeasure numbers) {
        BigDecimal number = size.bigDecimalValue();
        BigDecimal stripped = number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
        int zeros = number.signum() == 0 ? 0 : number.precision() - stripped.precision();
        numbers.decimal(negative, number.signum() == 0, number.precision(), zeros, -number.scale());
        if (number.signum() == 0) {
            key(node, array, ValueHash.number(0));
            return;
        }
        numbers.beyondLong();
        byte[] bytes = cursor.document();
        inArray(node, array, ValueHash.other(19, bytes, cursor.valueOffset(), cursor.valueOffset() + 16));
    }

    private void date(PathNode node, long array) {
        long millis = cursor.int64();
        boolean outside = millis < DateMeasure.FIRST || millis >= DateMeasure.LAST;
        node.tally(
                outside
                        ? Kind.DATE_OUT_OF_RANGE
                        : millis % DateMeasure.DAY == 0
                                ? Kind.DATE_MIDNIGHT
                                : millis >= 0 && millis < DateMeasure.DAY ? Kind.DATE_1970 : Kind.DATE,
                mark);
        DateMeasure dates = node.dates;
        if (dates == null) {
            dates = new DateMeasure();
            node.dates = dates;
        }
        dates.add(millis, mark);
        inArray(node, array, ValueHash.other(9, cursor.document(), cursor.valueOffset(), cursor.valueOffset() + 8));
    }

    private void binary(PathNode node, long array) {
        byte[] bytes = cursor.document();
        int start = cursor.valueOffset();
        int subtype = bytes[start + 4] & 0xFF;
        int from = start + (subtype == 2 ? 9 : 5);
        int to = start + cursor.valueLength();
        node.tally(
                switch (subtype) {
                    case 0, 2 -> Kind.BINARY;
                    case 3 -> Kind.UUID_LEGACY;
                    case 4 -> Kind.UUID;
                    default -> subtype >= 0x80 ? Kind.BINARY_USER : Kind.BINARY_OTHER;
                },
                mark);
        BinaryMeasure binaries = node.binaries;
        if (binaries == null) {
            binaries = new BinaryMeasure();
            node.binaries = binaries;
        }
        binaries.add(bytes, from, to - from, subtype);
        if (subtype == 4 && to - from == 16) {
            key(node, array, ValueHash.uuid(bytes, from));
        } else if (to - from <= 64) {
            key(node, array, ValueHash.other(5 + subtype, bytes, from, to));
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
                key(node, array, hash);
            }
        }
        cursor.enter();
        fields(node, array);
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
        while (cursor.next()) {
            count++;
            value(elements, number);
        }
        cursor.leave();
        labelled = firstLabel;
        lengths.add(count);
    }

    /** A value that may be one of few. */
    private void label(PathNode node, long array, long hash, BsonType type, int from, int to) {
        inArray(node, array, hash);
        FewValues few = node.few;
        if (few == null) {
            few = new FewValues();
            node.few = few;
        }
        if (!few.overflowed()) {
            byte code = (byte) type.getValue();
            FewValues.Value value = few.add(ValueHash.salted(hash, code), code, cursor.document(), from, to);
            if (value != null) {
                label(value);
                if (!value.isNew()) {
                    node.keys().giveUp();
                    return;
                }
            }
        }
        different(node, array, hash);
    }

    private void label(FewValues.Value value) {
        if (labelled == labels.length) {
            labels = Arrays.copyOf(labels, 2 * labelled);
        }
        labels[labelled++] = value;
    }

    private static void different(PathNode node, long array, long hash) {
        KeySketch distinct = distinct(node);
        KeyLog keys = node.keys();
        if (!keys.isOpen()) {
            distinct.update(hash);
        } else if (array != NO_ARRAY) {
            keys.giveUp();
            distinct.update(hash);
        } else {
            long key = KeySketch.key(hash);
            distinct.update(hash, key);
            keys.add(key, distinct);
        }
    }

    /** A value that may be a key, and is none of few. */
    private void key(PathNode node, long array, long hash) {
        inArray(node, array, hash);
        FewValues few = node.few;
        if (few == null) {
            few = new FewValues();
            node.few = few;
        }
        few.forget();
        different(node, array, hash);
    }

    private static KeySketch distinct(PathNode node) {
        KeySketch distinct = node.distinct;
        if (distinct == null) {
            distinct = new KeySketch();
            node.distinct = distinct;
        }
        return distinct;
    }

    private void inArray(PathNode node, long array, long hash) {
        if (array != NO_ARRAY) {
            WithinArray within = node.within;
            if (within == null) {
                within = new WithinArray();
                node.within = within;
            }
            within.add(array, hash);
        }
    }
}
