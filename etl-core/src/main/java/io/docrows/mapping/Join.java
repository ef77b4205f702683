package io.docrows.mapping;

import java.util.Objects;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.TableField;

/**
 * A join table between the mapped table and a lookup table: how each element of an array becomes a row that links the
 * two. After a load the rows of a document equal its array exactly. Immutable and thread-safe.
 *
 * @param <T> the Java type by which the other side is looked up
 */
public final class Join<T> {

    private final Table<?> table;
    private final TableField<?, ?> owner;
    private final TableField<?, ?> other;
    private final TableField<?, T> lookup;
    private final boolean insertsMissing;
    private final MissingReference whenMissing;

    private Join(
            Table<?> table,
            TableField<?, ?> owner,
            TableField<?, ?> other,
            TableField<?, T> lookup,
            boolean insertsMissing,
            MissingReference whenMissing) {
        this.table = table;
        this.owner = owner;
        this.other = other;
        this.lookup = lookup;
        this.insertsMissing = insertsMissing;
        this.whenMissing = whenMissing;
    }

    /**
     * Begins to describe a join table. Both columns need a foreign key; where they lead is taken from it.
     *
     * @param table the join table, whose primary key is the two columns
     * @param owner its column that leads to the mapped table
     * @param other its column that leads to the table looked up
     * @param <J> the join table's record type
     * @return the next step
     */
    public static <J extends Record> LookupStep join(Table<J> table, TableField<J, ?> owner, TableField<J, ?> other) {
        return new LookupStep(
                Objects.requireNonNull(table, "table"),
                Objects.requireNonNull(owner, "owner"),
                Objects.requireNonNull(other, "other"));
    }

    /**
     * The same join, for which an element that the lookup table does not hold yet is inserted there. Without this the
     * document is rejected with {@code MISSING_REFERENCE}, unless {@link #whenMissing} says otherwise.
     *
     * @return a join that fills the lookup table
     */
    public Join<T> insertMissing() {
        return new Join<>(table, owner, other, lookup, true, whenMissing);
    }

    /**
     * The same join, which says what becomes of an element that the lookup table does not hold.
     *
     * @param missing {@link MissingReference#REJECT} the document, which is the default; {@link MissingReference#SKIP}
     *     the element; or leave it out until the other row arrives ({@link MissingReference#PENDING})
     * @return a join with that choice
     */
    public Join<T> whenMissing(MissingReference missing) {
        return new Join<>(table, owner, other, lookup, insertsMissing, Objects.requireNonNull(missing, "whenMissing"));
    }

    /**
     * What becomes of an element that the lookup table does not hold.
     *
     * @return {@link MissingReference#REJECT} unless something else was chosen
     */
    public MissingReference whenMissing() {
        return whenMissing;
    }

    /**
     * The join table.
     *
     * @return the table
     */
    public Table<?> table() {
        return table;
    }

    /**
     * The join table's column that leads to the mapped table.
     *
     * @return the column
     */
    public TableField<?, ?> owner() {
        return owner;
    }

    /**
     * The join table's column that leads to the table looked up.
     *
     * @return the column
     */
    public TableField<?, ?> other() {
        return other;
    }

    /**
     * The unique column by which the other side is looked up.
     *
     * @return the column
     */
    public TableField<?, T> lookup() {
        return lookup;
    }

    /**
     * Whether elements that the lookup table does not hold are inserted there.
     *
     * @return true after {@link #insertMissing()}
     */
    public boolean insertsMissing() {
        return insertsMissing;
    }

    /** A join table that still needs the column by which the other side is looked up. */
    public static final class LookupStep {

        private final Table<?> table;
        private final TableField<?, ?> owner;
        private final TableField<?, ?> other;

        private LookupStep(Table<?> table, TableField<?, ?> owner, TableField<?, ?> other) {
            this.table = table;
            this.owner = owner;
            this.other = other;
        }

        /**
         * Names the unique column by which an element finds its row.
         *
         * @param column a unique column of the table that the join leads to
         * @param <T> the column's Java type, and that of the array's elements
         * @return the join
         */
        public <T> Join<T> lookup(TableField<?, T> column) {
            return new Join<>(
                    table, owner, other, Objects.requireNonNull(column, "column"), false, MissingReference.REJECT);
        }
    }
}
