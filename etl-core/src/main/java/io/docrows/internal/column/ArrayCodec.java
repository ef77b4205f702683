package io.docrows.internal.column;

import io.docrows.error.RejectCode;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Arrays of one and more dimensions: the number of dimensions, whether there are NULLs, the number of the elements'
 * type, four bytes each; for each dimension its length and where it begins, which is at 1; then the elements, each as
 * COPY carries it, rows one after the other ({@code array_recv} in PostgreSQL's {@code arrayfuncs.c}).
 *
 * <p>What they cannot hold, beside what an element cannot: rows of different lengths, and rows of no length.
 *
 * @param <T> the type of an array, or of a list for those of one dimension
 */
final class ArrayCodec<T> extends ColumnType<T> {

    private static final int HEADER_INTS = 3;

    private final ColumnType<?> elements;
    private final long number;
    private final int dimensions;
    private final @Nullable StagedForm form;

    private ArrayCodec(
            Class<T> javaType, ColumnType<?> elements, long number, int dimensions, @Nullable StagedForm form) {
        super(javaType, elements.limits());
        this.elements = elements;
        this.number = number;
        this.dimensions = dimensions;
        this.form = form;
    }

    /**
     * Java's arrays.
     *
     * @param elements the type of an element
     * @param dimensions how many dimensions the class has
     * @param target the array's type in the target, or null if it is not known yet
     */
    static <T> ArrayCodec<T> of(
            Class<T> javaType, ColumnType<?> elements, int dimensions, @Nullable TargetType target) {
        if (target == null || target.element() == null) {
            return new ArrayCodec<>(javaType, elements, 0, dimensions, null);
        }
        StagedForm form = elements.stagedForm();
        return form == null
                ? new ArrayCodec<>(javaType, elements, target.elementNumber(), dimensions, null)
                : new ArrayCodec<>(javaType, elements, form.number(), dimensions, StagedForm.texts(target));
    }

    /** Lists, as arrays of one dimension. */
    @SuppressWarnings({"unchecked", "rawtypes"}) // a class has no type arguments
    static <E> ArrayCodec<List<E>> ofLists(ColumnType<E> elements, long number) {
        return new ArrayCodec<>((Class) List.class, elements, number, 1, null);
    }

    @Override
    public ColumnType<?> elements() {
        return dimensions == 1 ? elements : new ArrayCodec<>(Object.class, elements, number, dimensions - 1, form);
    }

    @Override
    public @Nullable StagedForm stagedForm() {
        return form;
    }

    private static List<?> list(Object value) {
        return value instanceof List<?> list ? list : Arrays.asList((Object[]) value);
    }

    @Override
    @Nullable Violation violation(T value) {
        return violation(value, new int[dimensions], 0);
    }

    private @Nullable Violation violation(Object value, int[] lengths, int depth) {
        List<?> list = list(value);
        for (int i = 0; i < list.size(); i++) {
            Object element = list.get(i);
            Violation violation = depth + 1 < dimensions ? row(element, lengths, depth + 1) : element(element);
            if (violation != null) {
                return new Violation(violation.code(), "element " + i + ": " + violation.detail());
            }
        }
        return null;
    }

    private @Nullable Violation element(@Nullable Object element) {
        return element == null ? null : elements.check(element);
    }

    /** A row of an array of several dimensions. */
    private @Nullable Violation row(@Nullable Object row, int[] lengths, int depth) {
        int length = row == null ? 0 : list(row).size();
        if (row == null || length == 0) {
            return new Violation(RejectCode.INVALID_VALUE, "an array of PostgreSQL has no rows that are null or empty");
        }
        if (lengths[depth] != 0 && lengths[depth] != length) {
            return new Violation(
                    RejectCode.INVALID_VALUE,
                    "the row has another length than the first, which PostgreSQL cannot store");
        }
        lengths[depth] = length;
        return violation(row, lengths, depth);
    }

    @Override
    void write(DataOutputStream out, T value) throws IOException {
        List<?> flat = list(value);
        List<Integer> lengths = new ArrayList<>();
        if (!flat.isEmpty()) {
            lengths.add(flat.size());
        }
        for (int depth = 1; depth < dimensions && !flat.isEmpty(); depth++) {
            lengths.add(list(flat.get(0)).size());
            List<Object> next = new ArrayList<>();
            flat.forEach(row -> next.addAll(list(row)));
            flat = next;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        boolean nulls = writeElements(new DataOutputStream(bytes), flat);
        out.writeInt((HEADER_INTS + 2 * lengths.size()) * Integer.BYTES + bytes.size());
        out.writeInt(lengths.size());
        out.writeInt(nulls ? 1 : 0);
        out.writeInt((int) number);
        for (int length : lengths) {
            out.writeInt(length);
            out.writeInt(1);
        }
        bytes.writeTo(out);
    }

    private boolean writeElements(DataOutputStream out, List<?> flat) throws IOException {
        boolean nulls = false;
        for (Object element : flat) {
            if (element == null) {
                nulls = true;
                out.writeInt(-1);
            } else {
                writeElement(out, elements, element);
            }
        }
        return nulls;
    }

    @SuppressWarnings("unchecked") // the generated class tied the elements' type to the array's
    private static <E> void writeElement(DataOutputStream out, ColumnType<E> type, Object element) throws IOException {
        type.write(out, (E) element);
    }
}
