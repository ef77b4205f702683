package io.docrows.mapping;

import io.docrows.report.PolicyUse;
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
    private final List<PolicyUse> policyUses;
    private @Nullable R record;

    /** Of the values, those of columns come first, those of references follow, then those of joins, which are lists. */
    MappedDocument(CollectionMapping<R> mapping, byte[] bson, @Nullable Object[] values, List<PolicyUse> policyUses) {
        this.mapping = mapping;
        this.bson = bson;
        this.values = values;
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
     * @return the key column's value
     */
    public Object key() {
        Object key = values[0];
        if (key == null) {
            throw new IllegalStateException("a mapped document always has a key");
        }
        return key;
    }

    /**
     * The natural key of the row that a reference column leads to.
     *
     * @param column a column mapped with {@link CollectionMapping.Builder#reference}
     * @return the key, or null when the document names none
     * @throws IllegalArgumentException if the column is not a mapped reference
     */
    public @Nullable Object reference(TableField<R, ?> column) {
        for (ReferenceMapping<R> reference : mapping.references()) {
            if (reference.column().equals(column)) {
                return reference(reference.index());
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
        for (JoinMapping join : mapping.joins()) {
            if (join.join().table().equals(joinTable)) {
                return links(join.index());
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
