package io.docrows.mapping;

import io.docrows.report.LossPolicy;
import java.util.List;
import org.jooq.ForeignKey;
import org.jooq.Table;
import org.jooq.TableField;
import org.jooq.TableRecord;

/**
 * How a part of a document becomes rows of a child table: each element of an array, each field of a sub-document whose
 * names are data, or one sub-document. The rows of a document equal that part exactly after a load. Immutable and
 * thread-safe.
 */
public final class ChildMapping implements TableMapping {

    /** What part of a document the rows are made of. */
    public enum Source {
        /** A sub-document: one row at most. */
        DOCUMENT,
        /** An array: one row for each element. */
        ARRAY,
        /** A sub-document whose field names are data: one row for each field. */
        ENTRIES
    }

    /**
     * A column that leads to the parent's row.
     *
     * @param column the child table's column
     * @param parent the parent table's column that it refers to
     */
    public record ParentColumn(TableField<?, ?> column, TableField<?, ?> parent) {}

    private final int number;
    private final Source source;
    private final List<String> path;
    private final String place;
    private final Table<?> table;
    private final List<ParentColumn> parentColumns;
    private final List<TableField<?, ?>> identity;
    private final List<ColumnMapping> columns;
    private final List<ReferenceMapping<?>> references;
    private final List<ChildMapping> children;
    private final boolean linked;
    private final boolean positioned;

    ChildMapping(
            int number,
            Source source,
            List<String> path,
            String place,
            Table<?> table,
            List<ParentColumn> parentColumns,
            List<TableField<?, ?>> identity,
            List<ColumnMapping> columns,
            List<ReferenceMapping<?>> references,
            List<ChildMapping> children,
            boolean linked,
            boolean positioned) {
        this.number = number;
        this.source = source;
        this.path = List.copyOf(path);
        this.place = place;
        this.table = table;
        this.parentColumns = List.copyOf(parentColumns);
        this.identity = List.copyOf(identity);
        this.columns = List.copyOf(columns);
        this.references = List.copyOf(references);
        this.children = List.copyOf(children);
        this.linked = linked;
        this.positioned = positioned;
    }

    /** This table's number among all child tables of the mapping, each after its parent, from 0. */
    int number() {
        return number;
    }

    /**
     * What the rows are made of.
     *
     * @return the kind of the part
     */
    public Source source() {
        return source;
    }

    /**
     * Where that part is.
     *
     * @return the names that lead to it from the parent's document or element; empty if it is the parent's element
     *     itself
     */
    public List<String> path() {
        return path;
    }

    /**
     * Where a row's part of a document is, for people.
     *
     * @return names from the top of the document, joined by dots, with {@code []} after each array and {@code *} for
     *     names that are data: {@code items[].discounts[]}
     */
    public String place() {
        return place;
    }

    @Override
    public Table<?> table() {
        return table;
    }

    /**
     * The columns that lead to the parent's row: those of one foreign key.
     *
     * @return at least one
     */
    public List<ParentColumn> parentColumns() {
        return parentColumns;
    }

    /**
     * The columns that tell the rows of one parent apart. With those that lead to the parent they are unique.
     *
     * @return columns among {@link #columns()} and {@link #references()}; empty for a parent that has one row at most
     */
    public List<TableField<?, ?>> identity() {
        return identity;
    }

    @Override
    public List<ColumnMapping> columns() {
        return columns;
    }

    @Override
    public List<ReferenceMapping<?>> references() {
        return references;
    }

    @Override
    public List<ChildMapping> children() {
        return children;
    }

    /**
     * Whether the rows are those of a join table: elements that lead to the same row of the other table make one.
     *
     * @return false where two elements of the same identity are a fault
     */
    public boolean isLinked() {
        return linked;
    }

    /**
     * Whether the rows of one parent are told apart by their position, so that a row may become that of another
     * element. Then a column that is NOT NULL and has a constant as its default gets that default where an element has
     * no value, and does not keep what it has.
     *
     * @return false where columns of the element tell them apart
     */
    public boolean isPositioned() {
        return positioned;
    }

    @Override
    public String toString() {
        return place + " -> " + table.getName();
    }

    /**
     * Collects how a part of a document becomes rows. Handed to the function that describes it; the mapping's own
     * {@code build()} checks all of it. Not thread-safe.
     *
     * @param <R> the generated record type of the child table
     */
    public static final class Builder<R extends TableRecord<R>> extends TableBuilder<R, Builder<R>> {

        private final ChildDraft<R> draft;

        Builder(ChildDraft<R> draft) {
            super(draft);
            this.draft = draft;
        }

        @Override
        Builder<R> self() {
            return this;
        }

        /**
         * Names the foreign key that leads to the parent's row. Needed only where the table has several that lead to
         * the parent's table.
         *
         * @param key a generated foreign key of the child table
         * @return this
         */
        public Builder<R> parent(ForeignKey<R, ?> key) {
            draft.parent(key);
            return this;
        }

        /**
         * Identifies a row by its position in the array, counted from 0: the element that is first has 0. In a
         * sub-document whose names are data, by the position of the field.
         *
         * @param column a column of whole numbers
         * @return this
         */
        public Builder<R> position(TableField<R, ? extends Number> column) {
            return position(column, 0);
        }

        /**
         * Identifies a row by its position in the array.
         *
         * @param column a column of whole numbers
         * @param first the position of the first element, commonly 0 or 1
         * @return this
         */
        public Builder<R> position(TableField<R, ? extends Number> column, int first) {
            draft.position(column, first);
            return this;
        }

        /**
         * Maps a column by which a row is told from the others of its parent. Call it again for an identity of several
         * columns. Two elements of a document with the same identity reject it with {@code DUPLICATE_ELEMENT}, unless
         * {@link #firstWins()} or {@link #lastWins()} is chosen.
         *
         * @param column the column
         * @param value its value; required
         * @param <T> the column's Java type
         * @return this
         */
        public <T> Builder<R> identity(TableField<R, T> column, Value<? extends T> value) {
            draft.identity(column, value);
            return this;
        }

        /**
         * Maps a foreign-key column by which a row is told from the others of its parent, through the natural key of
         * the row it leads to. A document with an element whose row is not there is rejected.
         *
         * @param column the foreign-key column
         * @param value the natural key of the other row; required
         * @param parentKey the unique column of the other table that holds that key
         * @param <T> the natural key's Java type
         * @return this
         */
        public <T> Builder<R> identityReference(
                TableField<R, ?> column, Value<? extends T> value, TableField<?, T> parentKey) {
            return identityReference(column, value, parentKey, MissingReference.REJECT);
        }

        /**
         * Maps a foreign-key column by which a row is told from the others of its parent.
         *
         * @param column the foreign-key column
         * @param value the natural key of the other row; required
         * @param parentKey the unique column of the other table that holds that key
         * @param whenMissing what to do when the other row is not there: {@link MissingReference#REJECT} the document,
         *     {@link MissingReference#SKIP} the element, or leave the element out until the other row arrives
         *     ({@link MissingReference#PENDING})
         * @param <T> the natural key's Java type
         * @return this
         */
        public <T> Builder<R> identityReference(
                TableField<R, ?> column,
                Value<? extends T> value,
                TableField<?, T> parentKey,
                MissingReference whenMissing) {
            draft.identityReference(column, value, parentKey, whenMissing);
            return this;
        }

        /**
         * Leaves an element out that would reject its document, instead of rejecting it: one of another type than the
         * mapping says, without a value that is required, or with one that a column cannot hold. Each is counted. What
         * PostgreSQL itself refuses still rejects the document.
         *
         * @return this
         */
        public Builder<R> skipInvalid() {
            draft.skipInvalid();
            return this;
        }

        /**
         * Takes an empty document, an empty array and an empty text for nothing, as if the field were missing. PHP, for
         * one, stores an empty map as an empty array.
         *
         * @return this
         */
        public Builder<R> emptyAsNull() {
            draft.form(LossPolicy.EMPTY_AS_NULL, Source.values());
            return this;
        }

        /**
         * Takes whatever these rows cannot be made of for nothing, as if the field were missing. Without this policy it
         * rejects the document with {@code TYPE_MISMATCH}.
         *
         * @return this
         */
        public Builder<R> mismatchAsEmpty() {
            draft.form(LossPolicy.MISMATCH_AS_EMPTY, Source.values());
            return this;
        }

        /**
         * Takes a value that is no array for the only element of one. For arrays only.
         *
         * @return this
         */
        public Builder<R> orSingle() {
            draft.form(LossPolicy.OR_SINGLE, Source.ARRAY);
            return this;
        }

        /**
         * Takes a document whose names are numbers that count up from 0 for an array, as PHP stores one from which
         * elements were taken: <code>{"0": …, "2": …}</code>. Positions are those of the elements that are there. For
         * arrays only.
         *
         * @return this
         */
        public Builder<R> orDigitKeys() {
            draft.form(LossPolicy.OR_DIGIT_KEYS, Source.ARRAY);
            return this;
        }

        /**
         * Takes the only element of an array for the sub-document itself. For one sub-document only.
         *
         * @return this
         */
        public Builder<R> orArrayOfOne() {
            draft.form(LossPolicy.OR_ARRAY_OF_ONE, Source.DOCUMENT);
            return this;
        }

        /**
         * Keeps the first of the elements with the same identity, and counts the others.
         *
         * @return this
         */
        public Builder<R> firstWins() {
            draft.duplicates(NestedPlan.Duplicates.FIRST_WINS);
            return this;
        }

        /**
         * Keeps the last of the elements with the same identity, and counts the others.
         *
         * @return this
         */
        public Builder<R> lastWins() {
            draft.duplicates(NestedPlan.Duplicates.LAST_WINS);
            return this;
        }
    }
}
