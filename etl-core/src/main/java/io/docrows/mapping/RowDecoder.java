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
import io.docrows.internal.value.PolicyCounter;
import io.docrows.internal.value.Sources;
import io.docrows.internal.value.ValueReader;
import io.docrows.report.Drift;
import io.docrows.text.ForeignText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bson.BsonType;
import org.jspecify.annotations.Nullable;

/**
 * Decodes what one row is made of, a document or a part of one, and the rows below it. One object decodes all rows of
 * its table, one after the other. Not thread-safe.
 */
final class RowDecoder {

    private final DecodePlan plan;
    private final BsonCursor cursor;
    private final PolicyCounter counter;
    private final FieldBinding[] bindings;
    private final ValueReader<?>[] readers;
    private final ColumnType<?>[] types;
    private final Mark[] marks;
    /** The numbers of the bindings that are read when all fields have been passed. */
    private final int[] composed;
    /** What each of them is read from, by binding. */
    private final Sources[] sources;

    private final boolean[] seen;
    private final DriftCounter drift;
    private final Predicate<String> elsewhere;
    private final List<PartDecoder> parts = new ArrayList<>();
    private @Nullable Object[] values = {};
    private int row;

    /**
     * A decoder.
     *
     * @param elsewhere whether another mapping that takes the document knows a field, by its path
     */
    RowDecoder(
            DecodePlan plan,
            UnaryOperator<FieldBinding> reading,
            BsonCursor cursor,
            PolicyCounter counter,
            Predicate<String> elsewhere) {
        this.plan = plan;
        this.cursor = cursor;
        this.counter = counter;
        this.elsewhere = elsewhere;
        this.bindings = plan.bindings().stream().map(reading).toArray(FieldBinding[]::new);
        this.readers = new ValueReader<?>[bindings.length];
        this.sources = new Sources[bindings.length];
        this.marks = Stream.generate(Mark::new)
                .limit(Stream.of(bindings).mapToInt(FieldBinding::marks).sum())
                .toArray(Mark[]::new);
        this.composed = IntStream.range(0, bindings.length)
                .filter(binding -> bindings[binding].composed() && bindings[binding].reader() != RowDraft.NO_VALUE)
                .toArray();
        int mark = 0;
        for (int i = 0; i < bindings.length; i++) {
            int next = mark + bindings[i].marks();
            sources[i] = new Sources(plan.root(), Arrays.copyOfRange(marks, mark, next));
            readers[i] = bindings[i].reader().perThread(sources[i]);
            mark = next;
        }
        this.types = Stream.of(bindings).map(FieldBinding::type).toArray(ColumnType<?>[]::new);
        int nodes = plan.root().count();
        this.seen = new boolean[nodes];
        this.drift = new DriftCounter(nodes, bindings.length);
        addParts(plan.root(), reading);
    }

    private void addParts(FieldNode node, UnaryOperator<FieldBinding> reading) {
        for (NestedPlan nested : node.nested()) {
            parts.add(new PartDecoder(nested, reading, cursor, counter, elsewhere));
        }
        for (FieldNode child : node.children()) {
            addParts(child, reading);
        }
    }

    /** Lists those that decode rows below, each after its parent. */
    void addTo(List<PartDecoder> all) {
        parts.forEach(part -> part.addTo(all));
    }

    /**
     * Begins a row.
     *
     * @param number the row's number among those of its document and table
     */
    void begin(int number) {
        // Not cleared, because the row decoded last keeps them.
        values = new Object[bindings.length];
        row = number;
        Arrays.fill(seen, false);
        for (Mark mark : marks) {
            mark.clear();
        }
    }

    /** Sets a value that is not read. */
    void set(int binding, @Nullable Object value) {
        values[binding] = value;
    }

    /** What was read of the row. */
    @Nullable Object[] values() {
        return values;
    }

    /** Reads a whole document. */
    @Nullable Problem document(byte[] bson) {
        FieldNode root = plan.root();
        cursor.reset(bson);
        Problem problem = null;
        if (root.bindings().length > 0 || root.marks().length > 0) {
            cursor.standAtDocument();
            problem = visit(root, false);
            cursor.reset(bson);
        }
        problem = problem == null ? walk(root) : problem;
        return problem == null ? end() : problem;
    }

    /** Reads the element that the cursor stands at. */
    @Nullable Problem element() {
        FieldNode root = plan.root();
        BsonType type = cursor.type();
        boolean isNull = type == BsonType.NULL || type == BsonType.UNDEFINED;
        Problem problem = isNull && !root.readsNull() ? null : visit(root, isNull);
        if (problem == null && root.children().length > 0 && !isNull) {
            problem = type == BsonType.DOCUMENT ? descend(root) : root.carriesBelow() ? noDocument(root, type) : null;
        }
        return problem == null ? end() : problem;
    }

    /** Reads what is made of several fields, or of none, now that all of them have been passed. */
    private @Nullable Problem end() {
        for (int binding : composed) {
            Problem problem = read(binding);
            if (problem != null) {
                return problem;
            }
        }
        return missing();
    }

    private @Nullable Problem walk(FieldNode parent) {
        FieldNode[] children = parent.children();
        int expected = 0;
        while (cursor.next()) {
            int found = find(children, expected);
            if (found < 0) {
                Problem problem = unknown(parent);
                if (problem != null) {
                    return problem;
                }
                continue;
            }
            expected = found + 1;
            FieldNode node = children[found];
            if (seen[node.number()] && node.isMapped()) {
                return new Problem(
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
            Problem problem = visit(node, isNull);
            if (problem == null && node.children().length > 0 && !isNull) {
                problem = below(parent, node, type);
            }
            if (problem != null) {
                return problem;
            }
        }
        return null;
    }

    /** Reads all that is wanted of what the cursor stands at, but for the fields in it. */
    private @Nullable Problem visit(FieldNode node, boolean isNull) {
        for (int binding : node.bindings()) {
            if (isNull && !bindings[binding].readsNull()) {
                continue;
            }
            Problem problem = read(binding);
            if (problem != null) {
                return problem;
            }
        }
        for (int mark : node.marks()) {
            cursor.mark(marks[mark]);
        }
        if (!isNull) {
            for (NestedPlan nested : node.nested()) {
                Problem problem = part(nested).decode(row);
                if (problem != null) {
                    return problem;
                }
            }
        }
        return null;
    }

    private @Nullable Problem unknown(FieldNode parent) {
        if (plan.strict()) {
            String path = FieldBinding.within(parent.path(), ForeignText.bounded(cursor.name()));
            if (!elsewhere.test(path)) {
                return new Problem(
                        RejectCode.UNMAPPED_FIELD,
                        path,
                        BsonTypes.alias(cursor.type()),
                        null,
                        "the field is neither mapped nor ignored");
            }
        }
        if (!plan.knowsAll()) {
            drift.count(parent, cursor);
        }
        return null;
    }

    private PartDecoder part(NestedPlan nested) {
        for (PartDecoder part : parts) {
            if (part.plan() == nested) {
                return part;
            }
        }
        throw new IllegalStateException("every part of the tree has a decoder");
    }

    /** Reads the fields below one. */
    private @Nullable Problem below(FieldNode parent, FieldNode node, BsonType type) {
        if (type == BsonType.DOCUMENT) {
            return descend(node);
        }
        if (!node.carriesBelow()) {
            return unknown(parent);
        }
        cursor.standAbove(true);
        Problem problem = withoutDocument(node) ? null : noDocument(node, type);
        cursor.standAbove(false);
        return problem;
    }

    /** Whether all that is wanted of the fields below one takes something else in the place of a sub-document. */
    private boolean withoutDocument(FieldNode parent) {
        for (FieldNode node : parent.children()) {
            for (int binding : node.bindings()) {
                if (read(binding) != null) {
                    return false;
                }
            }
            for (int mark : node.marks()) {
                cursor.mark(marks[mark]);
            }
            for (NestedPlan nested : node.nested()) {
                if (part(nested).decode(row) != null) {
                    return false;
                }
            }
            if (!withoutDocument(node)) {
                return false;
            }
        }
        return true;
    }

    private static Problem noDocument(FieldNode node, BsonType type) {
        return new Problem(
                RejectCode.TYPE_MISMATCH,
                node.path(),
                BsonTypes.alias(type),
                null,
                "a sub-document is expected, " + BsonTypes.alias(type) + " was found");
    }

    private @Nullable Problem descend(FieldNode node) {
        cursor.enter();
        Problem problem = walk(node);
        if (problem == null) {
            cursor.leave();
        }
        return problem;
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

    private @Nullable Problem read(int binding) {
        RejectCode code;
        String detail;
        try {
            Object value = value(binding);
            Violation violation = value == null ? null : check(types[binding], value);
            if (violation == null) {
                values[binding] = value;
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
                    e.getClass().getName() + " was thrown when " + bindings[binding].pathText() + " was read for "
                            + bindings[binding].columnText()
                            + ". Fix the conversion that the mapping names there, or report this if it names none.",
                    e);
        }
        int part = bindings[binding].composed() ? sources[binding].current() : 0;
        boolean one = part != Sources.NONE;
        return new Problem(
                code,
                one ? bindings[binding].pathText(part) : bindings[binding].pathText(),
                one && code != RejectCode.MISSING_VALUE ? BsonTypes.alias(cursor.type()) : null,
                bindings[binding].columnText(),
                detail);
    }

    private @Nullable Object value(int binding) {
        try {
            return readers[binding].read(cursor, counter);
        } finally {
            // Whether the document is rejected, or the value becomes NULL by a policy.
            if (counter.takeNewValue()) {
                drift.newValue(binding);
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

    private @Nullable Problem missing() {
        for (int i = 0; i < bindings.length; i++) {
            if (values[i] == null && bindings[i].required()) {
                return new Problem(
                        RejectCode.MISSING_VALUE,
                        bindings[i].pathText(),
                        null,
                        bindings[i].columnText(),
                        "a value is required, but the field is missing, null or blank");
            }
        }
        return null;
    }

    /** Takes out the rows below rows that went. */
    void removeBelow(boolean[] gone, int[] numbers) {
        parts.forEach(part -> part.removeChildren(gone, numbers));
    }

    /** How the documents so far differ from what the mapping expects, here and below. */
    Drift drift() {
        Drift sum = drift.drift(plan.root(), bindings);
        for (PartDecoder part : parts) {
            sum = sum.plus(part.drift());
        }
        return sum;
    }
}
