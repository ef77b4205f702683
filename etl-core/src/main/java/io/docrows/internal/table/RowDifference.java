package io.docrows.internal.table;

import io.docrows.mapping.ColumnMapping;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.DSL;

/**
 * How the columns of a staged document {@code s} differ from those of its row {@code t}, but for the key and for
 * references. Columns are compared as a merge does it: every difference is seen. Immutable and thread-safe.
 */
public final class RowDifference {

    private final RowTable rows;
    private final RowImage image;

    /**
     * The differences of a mapping's rows.
     *
     * @param rows the documents' own table
     */
    public RowDifference(RowTable rows) {
        this.rows = rows;
        this.image = new RowImage(
                rows.mapping().columns(), List.of(), Set.copyOf(rows.mapping().key()), Map.of());
    }

    /**
     * The numbers of the columns that are compared.
     *
     * @return those of all columns but the key's
     */
    public List<Integer> columns() {
        return IntStream.range(
                        rows.mapping().key().size(), rows.mapping().columns().size())
                .boxed()
                .toList();
    }

    /**
     * Whether any column differs.
     *
     * @return a condition
     */
    public Condition any() {
        return Terms.differ(image.stored("t", "s"), image.wanted("t", "s", this::none));
    }

    private Field<?> none(Reference reference) {
        throw new IllegalStateException(reference + " is not compared here");
    }

    /**
     * Whether one column differs.
     *
     * @param column its number
     * @return a condition
     */
    public Condition differs(int column) {
        return Terms.differ(List.of(image.comparable(column, "t", "s")), List.of(expected(column)));
    }

    /**
     * What a column should hold: where the field is missing, a column with a default keeps what it has.
     *
     * @param column its number
     * @return an expression
     */
    public Field<?> expected(int column) {
        return image.expected(column, "t", "s");
    }

    /**
     * What a column would be written as, be the row new or not.
     *
     * @param column its number
     * @return an expression
     */
    public Field<?> written(int column) {
        ColumnMapping mapped = rows.mapping().columns().get(column);
        return mapped.keepsOldValue()
                ? DSL.coalesce(expected(column), rows.terms().defaultOf(mapped.column()))
                : expected(column);
    }

    /**
     * What a column holds.
     *
     * @param column its number
     * @return an expression
     */
    public Field<?> stored(int column) {
        return Terms.field("t", rows.mapping().columns().get(column).column());
    }
}
