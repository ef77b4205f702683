package io.docrows.mapping;

import io.docrows.internal.decode.NestedRows;
import io.docrows.report.PolicyUse;
import java.util.ArrayList;
import java.util.List;
import org.jooq.Table;
import org.jooq.TableField;
import org.jooq.TableRecord;
import org.jspecify.annotations.Nullable;

/**
 * A document decoded into the generated record of its table, with what leads to other tables still by natural key:
 * references as the other document's key, links as the lookup values. Belongs to one thread at a time.
 *
 * @param <R> the generated record type of the mapped table
 */
public final class MappedDocument<R extends TableRecord<R>> implements Decoded<R> {

    private final CollectionMapping<R> mapping;
    private final byte[] bson;
    private final @Nullable Object[] values;
    private final NestedRows[] rows;
    private final List<PolicyUse> policyUses;
    private @Nullable R record;

    /** Of the values, those of columns come first, those of references follow, then those of joins, which are lists. */
    MappedDocument(
            CollectionMapping<R> mapping,
            byte[] bson,
            @Nullable Object[] values,
            NestedRows[] rows,
            List<PolicyUse> policyUses) {
        this.mapping = mapping;
        this.bson = bson;
        this.values = values;
        this.rows = rows;
        this.policyUses = policyUses;
    }

    @Override
    public byte[] bson() {
        return bson;
    }

    /**
     * The row, but for its references, which are resolved in the target.
     *
     * @return the generated record
     */
    public R record() {
        R made = record;
        if (made == null) {
            made = mapping.table().newRecord();
            List<ColumnMapping> columns = mapping.columns();
            for (int i = 0; i < columns.size(); i++) {
                set(made, columns.get(i).column(), values[i]);
            }
            record = made;
        }
        return made;
    }

    @SuppressWarnings("unchecked") // Builder.map ties the value's type to the column's.
    private static <T> void set(TableRecord<?> record, TableField<?, T> column, @Nullable Object value) {
        record.set(column, (T) value);
    }

    /**
     * The value of one column, as it is in {@link #record()}, but without making the record.
     *
     * @param column the column's number among {@link CollectionMapping#columns()}
     * @return the value, or null
     */
    @Nullable Object value(int column) {
        return values[column];
    }

    /**
     * The value by which the document is known in the target.
     *
     * @return the key column's value; of a key of several columns the list of their values
     */
    public Object key() {
        if (mapping.key().size() == 1) {
            return part(0);
        }
        List<Object> parts = new ArrayList<>(mapping.key().size());
        for (int i = 0; i < mapping.key().size(); i++) {
            parts.add(part(i));
        }
        return List.copyOf(parts);
    }

    private Object part(int number) {
        Object part = values[number];
        if (part == null) {
            throw new IllegalStateException("a mapped document always has a key");
        }
        return part;
    }

    /**
     * The rows of a child table, in the order of the document, but for the columns that lead to their parents and for
     * references: both are resolved in the target.
     *
     * @param table a table mapped with {@code child}, {@code children} or {@code entries}, at any depth
     * @param <C> the table's record type
     * @return generated records
     * @throws IllegalArgumentException if the table is not a mapped child table
     */
    public <C extends TableRecord<C>> List<C> children(Table<C> table) {
        ChildMapping child = find(mapping.children(), table);
        if (child == null) {
            throw new IllegalArgumentException(table + " is not a mapped child table");
        }
        NestedRows nested = rows(child);
        List<C> records = new ArrayList<>(nested.size());
        for (int row = 0; row < nested.size(); row++) {
            C made = table.newRecord();
            for (int i = 0; i < child.columns().size(); i++) {
                set(made, child.columns().get(i).column(), nested.values(row)[i]);
            }
            records.add(made);
        }
        return records;
    }

    private static @Nullable ChildMapping find(List<ChildMapping> children, Table<?> table) {
        for (ChildMapping child : children) {
            ChildMapping found = child.table().equals(table) ? child : find(child.children(), table);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    /** The rows of a child table. */
    NestedRows rows(ChildMapping child) {
        return rows[child.number()];
    }

    /** How many rows it has in its own table and in those below. */
    int rowCount() {
        int count = 1;
        for (NestedRows nested : rows) {
            count += nested.size();
        }
        return count;
    }

    /**
     * The natural key of the row that a reference column leads to.
     *
     * @param column a column mapped with {@link CollectionMapping.Builder#reference}
     * @return the key, or null when the document names none
     * @throws IllegalArgumentException if the column is not a mapped reference
     */
    public @Nullable Object reference(TableField<R, ?> column) {
        for (int i = 0; i < mapping.references().size(); i++) {
            if (mapping.references().get(i).column().equals(column)) {
                return reference(i);
            }
        }
        throw new IllegalArgumentException(column + " is not a mapped reference");
    }

    /**
     * The natural key of the row that a reference leads to.
     *
     * @param index the reference's number among {@link CollectionMapping#references()}
     * @return the key, or null when the document names none
     */
    @Nullable Object reference(int index) {
        return values[mapping.columns().size() + index];
    }

    /**
     * The lookup values that this document's rows in a join table lead to, in the document's order.
     *
     * @param joinTable a table mapped with {@link CollectionMapping.Builder#manyToMany}
     * @return the values, distinct
     * @throws IllegalArgumentException if the table is not a mapped join table
     */
    public List<?> links(Table<?> joinTable) {
        for (int i = 0; i < mapping.joins().size(); i++) {
            if (mapping.joins().get(i).join().table().equals(joinTable)) {
                return links(i);
            }
        }
        throw new IllegalArgumentException(joinTable + " is not a mapped join table");
    }

    /**
     * The lookup values that this document's rows in a join table lead to, in the document's order.
     *
     * @param index the join's number among {@link CollectionMapping#joins()}
     * @return the values, distinct
     */
    List<?> links(int index) {
        Object elements = values[mapping.columns().size() + mapping.references().size() + index];
        return elements == null ? List.of() : (List<?>) elements;
    }

    /**
     * What the policies of the mapping did to values that the columns could not hold as they were.
     *
     * @return empty for a document that needed none
     */
    public List<PolicyUse> policyUses() {
        return policyUses;
    }
}
