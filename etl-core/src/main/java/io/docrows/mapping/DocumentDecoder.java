package io.docrows.mapping;

import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.docrows.error.RejectCode;
import io.docrows.error.RejectedValueException;
import io.docrows.internal.bson.BsonCursor;
import io.docrows.internal.bson.BsonTypes;
import io.docrows.internal.bson.MalformedBsonException;
import io.docrows.internal.bson.Mark;
import io.docrows.internal.column.ColumnType;
import io.docrows.internal.column.Violation;
import io.docrows.internal.decode.Decoder;
import io.docrows.internal.value.PolicyCounter;
import io.docrows.internal.value.Sources;
import io.docrows.internal.value.ValueReader;
import io.docrows.report.Drift;
import io.docrows.report.PolicyUse;
import io.docrows.text.ForeignText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bson.BsonType;
import org.jooq.TableRecord;
import org.jspecify.annotations.Nullable;

/**
 * Decodes documents of one collection in a single pass over their bytes, and counts the fields that the mapping does
 * not know. Not thread-safe; each thread has its own.
 *
 * @param <R> the generated record type of the mapped table
 */
final class DocumentDecoder<R extends TableRecord<R>> implements Decoder<Decoded<R>> {

    private final CollectionMapping<R> mapping;
    private final DecodePlan<R> plan;
    private final Slot[] slots;
    private final ValueReader<?>[] readers;
    private final ColumnType<?>[] types;
    private @Nullable Object[] values = {};
    private final Mark[] marks;
    /** The numbers of the slots that are read when all fields have been passed. */
    private final int[] composed;
    /** What each of them is read from, by slot. */
    private final @Nullable Sources[] sources;

    private final boolean[] seen;
    private final DriftCounter drift;
    private final PolicyCounter counter;
    private final BsonCursor cursor = new BsonCursor();

    DocumentDecoder(CollectionMapping<R> mapping, DecodePlan<R> plan) {
        this.mapping = mapping;
        this.plan = plan;
        this.slots = plan.slots().toArray(Slot[]::new);
        this.readers = new ValueReader<?>[slots.length];
        this.sources = new Sources[slots.length];
        this.marks = Stream.generate(Mark::new)
                .limit(plan.slots().stream().mapToInt(Slot::marks).sum())
                .toArray(Mark[]::new);
        this.composed = IntStream.range(0, slots.length)
                .filter(slot -> slots[slot].composed())
                .toArray();
        int mark = 0;
        for (int i = 0; i < slots.length; i++) {
            int next = mark + slots[i].marks();
            sources[i] = new Sources(plan.root(), Arrays.copyOfRange(marks, mark, next));
            readers[i] = slots[i].reader().confined(sources[i]);
            mark = next;
        }
        this.types = plan.slots().stream().map(Slot::type).toArray(ColumnType<?>[]::new);
        int nodes = plan.root().count();
        this.seen = new boolean[nodes];
        this.drift = new DriftCounter(nodes, slots.length);
        this.counter = new PolicyCounter(plan.policies().size());
    }

    /**
     * Decodes one document.
     *
     * @param bson one document, as raw BSON; kept by the result, not copied
     * @return the mapped document, or why it is rejected
     */
    @Override
    public Decoded<R> decode(byte[] bson) {
        // Not cleared, because the document decoded last keeps them.
        values = new Object[slots.length];
        Arrays.fill(seen, false);
        for (Mark mark : marks) {
            mark.clear();
        }
        counter.reset();
        try {
            cursor.reset(bson);
            RejectedDocument<R> rejected = whole(bson);
            if (rejected == null) {
                rejected = walk(plan.root(), bson);
            }
            if (rejected == null) {
                rejected = compose(bson);
            }
            if (rejected == null) {
                rejected = missing(bson);
            }
            return rejected == null ? mapped(bson) : rejected;
        } catch (MalformedBsonException e) {
            return reject(bson, e.code(), null, null, null, e.getMessage() + " at byte " + e.offset());
        }
    }

    /**
     * How the documents so far differ from what the mapping expects.
     *
     * @return counts by path, names joined by dots
     */
    @Override
    public Drift drift() {
        return drift.drift(plan.root(), slots);
    }

    /** Reads what is made of the document itself. */
    private @Nullable RejectedDocument<R> whole(byte[] bson) {
        FieldNode root = plan.root();
        if (root.slots().length == 0 && root.marks().length == 0) {
            return null;
        }
        cursor.standAtDocument();
        RejectedDocument<R> rejected = visit(root, false, bson);
        cursor.reset(bson);
        return rejected;
    }

    /** Reads what is made of several fields, or of none, now that all of them have been passed. */
    private @Nullable RejectedDocument<R> compose(byte[] bson) {
        for (int slot : composed) {
            RejectedDocument<R> rejected = read(slot, bson);
            if (rejected != null) {
                return rejected;
            }
        }
        return null;
    }

    private @Nullable RejectedDocument<R> walk(FieldNode parent, byte[] bson) {
        FieldNode[] children = parent.children();
        int expected = 0;
        while (cursor.next()) {
            int found = find(children, expected);
            if (found < 0) {
                RejectedDocument<R> rejected = unknown(parent, bson);
                if (rejected != null) {
                    return rejected;
                }
                continue;
            }
            expected = found + 1;
            FieldNode node = children[found];
            if (seen[node.number()]) {
                return reject(
                        bson,
                        RejectCode.DUPLICATE_FIELD,
                        node.path(),
                        BsonTypes.alias(cursor.type()),
                        null,
                        "the field occurs more than once");
            }
            seen[node.number()] = true;
            BsonType type = cursor.type();
            drift.type(node, type);
            boolean isNull = type == BsonType.NULL || type == BsonType.UNDEFINED;
            if (isNull && !node.readsNull()) {
                continue;
            }
            RejectedDocument<R> rejected = visit(node, isNull, bson);
            if (rejected != null) {
                return rejected;
            }
            if (node.children().length > 0 && !isNull) {
                rejected = node.carriesBelow() || type == BsonType.DOCUMENT
                        ? descend(node, type, bson)
                        : unknown(parent, bson);
                if (rejected != null) {
                    return rejected;
                }
            }
        }
        return null;
    }

    /** The cursor stands at what the node is. */
    private @Nullable RejectedDocument<R> visit(FieldNode node, boolean isNull, byte[] bson) {
        for (int slot : node.slots()) {
            if (isNull && !slots[slot].readsNull()) {
                continue;
            }
            RejectedDocument<R> rejected = read(slot, bson);
            if (rejected != null) {
                return rejected;
            }
        }
        for (int mark : node.marks()) {
            cursor.mark(marks[mark]);
        }
        return null;
    }

    private @Nullable RejectedDocument<R> unknown(FieldNode parent, byte[] bson) {
        if (plan.strict()) {
            String name = ForeignText.bounded(cursor.name());
            String path = parent.path().isEmpty() ? name : parent.path() + "." + name;
            return reject(
                    bson,
                    RejectCode.UNMAPPED_FIELD,
                    path,
                    BsonTypes.alias(cursor.type()),
                    null,
                    "the field is neither mapped nor ignored");
        }
        if (!plan.keepsRest()) {
            drift.count(parent, cursor);
        }
        return null;
    }

    private @Nullable RejectedDocument<R> descend(FieldNode node, BsonType type, byte[] bson) {
        if (type != BsonType.DOCUMENT) {
            return reject(
                    bson,
                    RejectCode.TYPE_MISMATCH,
                    node.path(),
                    BsonTypes.alias(type),
                    null,
                    "a sub-document is expected, " + BsonTypes.alias(type) + " was found");
        }
        cursor.enter();
        RejectedDocument<R> rejected = walk(node, bson);
        cursor.leave();
        return rejected;
    }

    /** Fields mostly come in the order of the mapping, so the next one is tried first. */
    private int find(FieldNode[] children, int expected) {
        if (expected < children.length && cursor.nameIs(children[expected].name())) {
            return expected;
        }
        for (int i = 0; i < children.length; i++) {
            if (i != expected && cursor.nameIs(children[i].name())) {
                return i;
            }
        }
        return -1;
    }

    private @Nullable RejectedDocument<R> read(int slot, byte[] bson) {
        RejectCode code;
        String detail;
        try {
            Object value = value(slot);
            Violation violation = value == null ? null : check(types[slot], value);
            if (violation == null) {
                values[slot] = value;
                return null;
            }
            code = violation.code();
            detail = violation.detail();
        } catch (RejectedValueException e) {
            code = e.code();
            detail = e.detail();
        } catch (MalformedBsonException e) {
            code = e.code();
            detail = e.getMessage() + " at byte " + e.offset();
        } catch (RuntimeException e) {
            // Whatever it is, it concerns this document only; its message may hold values.
            code = RejectCode.INVALID_VALUE;
            detail = "the reading failed with " + e.getClass().getName();
        } catch (OutOfMemoryError e) {
            throw e;
        } catch (Error e) {
            // No document is at fault when code that converts it does not link, or calls itself without end.
            throw new DocrowsException(
                    ErrorCode.INTERNAL,
                    e.getClass().getName() + " was thrown when " + slots[slot].pathText() + " was read for "
                            + slots[slot].columnText()
                            + "; fix the conversion that the mapping names there, or report this if it names none",
                    e);
        }
        int part = slots[slot].composed() ? sources[slot].current() : 0;
        boolean one = part != Sources.NONE;
        return reject(
                bson,
                code,
                one ? slots[slot].sources().get(part).path().toString() : slots[slot].pathText(),
                one && code != RejectCode.MISSING_VALUE ? BsonTypes.alias(cursor.type()) : null,
                slots[slot].columnText(),
                detail);
    }

    private @Nullable Object value(int slot) {
        try {
            return readers[slot].read(cursor, counter);
        } finally {
            // Whether the document is rejected, or the value becomes NULL by a policy.
            if (counter.takeNewValue()) {
                drift.newValue(slot);
            }
        }
    }

    private static @Nullable Violation check(ColumnType<?> type, Object value) {
        if (value instanceof List<?> elements) {
            for (Object element : elements) {
                Violation violation = type.check(element);
                if (violation != null) {
                    return violation;
                }
            }
            return null;
        }
        return type.check(value);
    }

    private @Nullable RejectedDocument<R> missing(byte[] bson) {
        for (int i = 0; i < slots.length; i++) {
            if (values[i] == null && slots[i].required()) {
                return reject(
                        bson,
                        RejectCode.MISSING_VALUE,
                        slots[i].pathText(),
                        null,
                        slots[i].columnText(),
                        "a value is required, but the field is missing, null or blank");
            }
        }
        return null;
    }

    private MappedDocument<R> mapped(byte[] bson) {
        return new MappedDocument<>(mapping, bson, values, counter.isUsed() ? policyUses() : List.of());
    }

    private List<PolicyUse> policyUses() {
        List<PolicyUse> uses = new ArrayList<>();
        for (int i = 0; i < plan.policies().size(); i++) {
            if (counter.count(i) > 0) {
                uses.add(plan.policies().get(i).used(counter.count(i)));
            }
        }
        return List.copyOf(uses);
    }

    private RejectedDocument<R> reject(
            byte[] bson,
            RejectCode code,
            @Nullable String path,
            @Nullable String bsonType,
            @Nullable String column,
            String detail) {
        String place = path == null || path.isEmpty() ? null : path;
        return new RejectedDocument<>(bson, code, place, bsonType, column, null, detail);
    }
}
