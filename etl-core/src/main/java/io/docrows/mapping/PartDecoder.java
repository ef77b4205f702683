package io.docrows.mapping;

import io.docrows.error.RejectCode;
import io.docrows.error.RejectedValueException;
import io.docrows.internal.bson.BsonCursor;
import io.docrows.internal.bson.BsonTypes;
import io.docrows.internal.bson.Mark;
import io.docrows.internal.decode.NestedRows;
import io.docrows.internal.value.ArraySize;
import io.docrows.internal.value.DigitKeys;
import io.docrows.internal.value.PolicyCounter;
import io.docrows.internal.value.Sameness;
import io.docrows.internal.value.UnwrappingReader;
import io.docrows.internal.value.ValueReader;
import io.docrows.report.Drift;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.bson.BsonType;
import org.jspecify.annotations.Nullable;

/** Decodes a part of documents into rows of one child table. Not thread-safe. */
final class PartDecoder {

    /** So many rows are compared each with each; for more, a set of their identities is made. */
    private static final int FEW = 8;

    private final NestedPlan plan;
    private final BsonCursor cursor;
    private final PolicyCounter counter;
    private final RowDecoder decoder;
    private final List<PartDecoder> below = new ArrayList<>();
    private final Mark place = new Mark();
    private NestedRows rows = NestedRows.NONE;

    PartDecoder(
            NestedPlan plan,
            UnaryOperator<FieldBinding> reading,
            BsonCursor cursor,
            PolicyCounter counter,
            Predicate<String> elsewhere) {
        this.plan = plan;
        this.cursor = cursor;
        this.counter = counter;
        this.decoder = new RowDecoder(plan.plan(), reading, cursor, counter, elsewhere);
        decoder.addTo(below);
    }

    NestedPlan plan() {
        return plan;
    }

    /** Lists itself, and after it those that decode rows below its own. */
    void addTo(List<PartDecoder> all) {
        all.add(this);
        all.addAll(below);
    }

    /** A document begins. */
    void begin() {
        rows = NestedRows.NONE;
    }

    /** The rows of the document. */
    NestedRows rows() {
        return rows;
    }

    /**
     * Decodes the part that the cursor stands at; it is not null.
     *
     * @param parent the number of the parent's row
     */
    @Nullable Problem decode(int parent) {
        NestedForms forms = plan.forms();
        BsonType type = cursor.type();
        if (NestedForms.isChosen(forms.emptyAsNull()) && UnwrappingReader.isEmpty(cursor)) {
            counter.add(forms.emptyAsNull());
            return null;
        }
        if (cursor.isAbove()) {
            return instead(type);
        }
        BsonType expected = plan.source() == ChildMapping.Source.ARRAY ? BsonType.ARRAY : BsonType.DOCUMENT;
        if (type != expected) {
            return otherForm(parent, expected, type);
        }
        return plan.source() == ChildMapping.Source.DOCUMENT ? row(parent, 0) : rows(parent, false);
    }

    /** Something else is in the place of the sub-document that the part would be in. */
    private @Nullable Problem instead(BsonType type) {
        int policy = plan.forms().mismatchAsEmpty();
        if (!NestedForms.isChosen(policy)) {
            return mismatch(BsonType.DOCUMENT, type);
        }
        counter.add(policy);
        return null;
    }

    /** Decodes what is stored in place of what rows are made of. */
    private @Nullable Problem otherForm(int parent, BsonType expected, BsonType type) {
        NestedForms forms = plan.forms();
        if (NestedForms.isChosen(forms.orDigitKeys()) && type == BsonType.DOCUMENT) {
            counter.add(forms.orDigitKeys());
            return rows(parent, true);
        }
        if (NestedForms.isChosen(forms.orSingle())) {
            counter.add(forms.orSingle());
            return row(parent, 0);
        }
        if (NestedForms.isChosen(forms.orArrayOfOne()) && type == BsonType.ARRAY && ArraySize.of(cursor) == 1) {
            return onlyElement(parent, expected);
        }
        if (NestedForms.isChosen(forms.mismatchAsEmpty())) {
            counter.add(forms.mismatchAsEmpty());
            return null;
        }
        return mismatch(expected, type);
    }

    private @Nullable Problem onlyElement(int parent, BsonType expected) {
        counter.add(plan.forms().orArrayOfOne());
        cursor.enter();
        cursor.next();
        BsonType type = cursor.type();
        boolean isNull = type == BsonType.NULL || type == BsonType.UNDEFINED;
        Problem problem = isNull ? null : type == expected ? row(parent, 0) : mismatch(expected, type);
        if (problem == null) {
            cursor.leave();
        }
        return problem;
    }

    /** Makes a row of each element or field of what the cursor stands at. */
    private @Nullable Problem rows(int parent, boolean digitKeys) {
        int first = rows.size();
        int name = -1;
        cursor.enter();
        for (int position = 0; cursor.next(); position++) {
            if (digitKeys) {
                try {
                    name = DigitKeys.next(cursor, name);
                } catch (RejectedValueException e) {
                    return new Problem(e.code(), plan.path(), BsonTypes.alias(BsonType.DOCUMENT), null, e.detail());
                }
            }
            Problem problem = row(parent, position);
            if (problem != null) {
                return problem.in(position);
            }
        }
        cursor.leave();
        return plan.identity().length == 0 ? null : duplicates(first);
    }

    private Problem mismatch(BsonType expected, BsonType type) {
        return new Problem(
                RejectCode.TYPE_MISMATCH,
                plan.field(),
                BsonTypes.alias(type),
                null,
                (expected == BsonType.ARRAY ? "an array" : "a sub-document") + " is expected, " + BsonTypes.alias(type)
                        + " was found");
    }

    /** Makes a row of the element, field or sub-document that the cursor stands at. */
    private @Nullable Problem row(int parent, int position) {
        if (rows == NestedRows.NONE) {
            rows = new NestedRows();
        }
        int number = rows.size();
        int depth = cursor.depth();
        int[] sizes = plan.skipInvalid() == ValueReader.NO_POLICY ? null : sizes();
        decoder.begin(number);
        if (plan.position() >= 0) {
            Object value = NestedPlan.position(
                    plan.plan().bindings().get(plan.position()).column().getType(), plan.first() + position);
            if (value == null) {
                return new Problem(
                        RejectCode.OUT_OF_RANGE,
                        plan.path(),
                        null,
                        plan.plan().bindings().get(plan.position()).columnText(),
                        "the position is larger than the column can hold");
            }
            decoder.set(plan.position(), value);
        }
        cursor.mark(place);
        Problem problem = decoder.element();
        if (problem == null) {
            if (!isLinkToNothing()) {
                rows.add(decoder.values(), parent);
            }
        } else if (sizes == null || problem.code() == RejectCode.INVALID_DOCUMENT) {
            return problem;
        } else {
            while (cursor.depth() > depth) {
                cursor.leave();
            }
            for (int i = 0; i < sizes.length; i++) {
                below.get(i).rows.truncate(sizes[i]);
            }
            counter.add(plan.skipInvalid());
        }
        // What is made of several fields was read where those are.
        cursor.standAt(place);
        return null;
    }

    private boolean isLinkToNothing() {
        return plan.duplicates() == NestedPlan.Duplicates.LINKED && decoder.values()[plan.identity()[0]] == null;
    }

    private int[] sizes() {
        int[] sizes = new int[below.size()];
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] = below.get(i).rows.size();
        }
        return sizes;
    }

    /** Finds rows of one parent, from a row on, with the same identity. */
    private @Nullable Problem duplicates(int first) {
        int count = rows.size() - first;
        boolean[] gone = new boolean[rows.size()];
        boolean any = false;
        Set<Object> known = count > FEW ? new HashSet<>(2 * count) : Set.of();
        for (int i = 0; i < count; i++) {
            // From the row that stays on.
            int row = plan.duplicates() == NestedPlan.Duplicates.LAST_WINS ? rows.size() - 1 - i : first + i;
            boolean duplicate = count > FEW ? !known.add(identity(row)) : isKnown(row, first, gone);
            if (duplicate) {
                if (plan.duplicates() == NestedPlan.Duplicates.REJECT) {
                    return duplicate(row - first);
                }
                gone[row] = true;
                any = true;
                if (plan.duplicatePolicy() != ValueReader.NO_POLICY) {
                    counter.add(plan.duplicatePolicy());
                }
            }
        }
        if (any) {
            remove(gone);
        }
        return null;
    }

    private Problem duplicate(int element) {
        FieldBinding binding = plan.plan().bindings().get(plan.identity()[0]);
        return new Problem(
                        RejectCode.DUPLICATE_ELEMENT,
                        binding.pathText(),
                        null,
                        binding.columnText(),
                        "another element of the document has the same identity")
                .in(element);
    }

    private boolean isKnown(int row, int first, boolean[] gone) {
        boolean backwards = plan.duplicates() == NestedPlan.Duplicates.LAST_WINS;
        int from = backwards ? row + 1 : first;
        int to = backwards ? rows.size() : row;
        for (int other = from; other < to; other++) {
            if (!gone[other] && isSame(row, other)) {
                return true;
            }
        }
        return false;
    }

    private boolean isSame(int one, int other) {
        for (int binding : plan.identity()) {
            Object value = rows.values(one)[binding];
            Object otherValue = rows.values(other)[binding];
            if (value == null || otherValue == null || !Sameness.of(value).equals(Sameness.of(otherValue))) {
                return false;
            }
        }
        return true;
    }

    private Object identity(int row) {
        int[] bindings = plan.identity();
        List<Object> all = new ArrayList<>(bindings.length);
        for (int binding : bindings) {
            Object value = rows.values(row)[binding];
            all.add(value == null ? List.of() : Sameness.of(value));
        }
        return all;
    }

    /** Takes rows out, and those below them. */
    private void remove(boolean[] gone) {
        int[] numbers = numbers(gone);
        rows.remove(gone, null);
        decoder.removeBelow(gone, numbers);
    }

    /** Takes the rows out whose parent went, and those below them. */
    void removeChildren(boolean[] goneParents, int[] parentNumbers) {
        boolean[] gone = new boolean[rows.size()];
        for (int row = 0; row < gone.length; row++) {
            gone[row] = goneParents[rows.parent(row)];
        }
        int[] numbers = numbers(gone);
        rows.remove(gone, parentNumbers);
        decoder.removeBelow(gone, numbers);
    }

    private static int[] numbers(boolean[] gone) {
        int[] numbers = new int[gone.length];
        int next = 0;
        for (int row = 0; row < gone.length; row++) {
            numbers[row] = gone[row] ? -1 : next++;
        }
        return numbers;
    }

    Drift drift() {
        return decoder.drift();
    }
}
