package io.docrows.mapping;

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
    private final R record;
    private final @Nullable Object[] references;
    private final List<?>[] links;

    MappedDocument(
            CollectionMapping<R> mapping, byte[] bson, R record, @Nullable Object[] references, List<?>[] links) {
        this.mapping = mapping;
        this.bson = bson;
        this.record = record;
        this.references = references;
        this.links = links;
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
        return record;
    }

    /**
     * The value by which the document is known in the target.
     *
     * @return the key column's value
     */
    public Object key() {
        Object key = record.get(mapping.key());
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
                return references[reference.index()];
            }
        }
        throw new IllegalArgumentException(column + " is not a mapped reference");
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
                return links[join.index()];
            }
        }
        throw new IllegalArgumentException(joinTable + " is not a mapped join table");
    }
}
