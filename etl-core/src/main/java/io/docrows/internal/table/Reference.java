package io.docrows.internal.table;

import io.docrows.mapping.MissingReference;
import io.docrows.mapping.ReferenceMapping;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.TableField;

/**
 * A foreign-key column of a table in the tree, which is found through the natural key of the row it leads to.
 *
 * @param number its number among those of its table, from 0
 * @param mapping what the mapping says of it
 */
public record Reference(int number, ReferenceMapping<?> mapping) {

    /**
     * The staged natural key of the other row.
     *
     * @return the name of a staging table's column
     */
    public String key() {
        return "r" + number;
    }

    /**
     * The staged id of the other row.
     *
     * @return the name of a staging table's column
     */
    public String id() {
        return "p" + number;
    }

    /**
     * The foreign-key column.
     *
     * @return the generated column
     */
    public TableField<?, ?> column() {
        return mapping.column();
    }

    /**
     * Whether a missing row rejects the document.
     *
     * @return false where it makes the column NULL, or leaves the row out, or is inserted
     */
    public boolean rejects() {
        return mapping.whenMissing() == MissingReference.REJECT && !mapping.insertMissing();
    }

    /**
     * Whether a missing row is waited for.
     *
     * @return true if what refers to it is completed when it arrives
     */
    public boolean waits() {
        return mapping.whenMissing() == MissingReference.PENDING && !mapping.insertMissing();
    }

    /** Whether a row of the other table is the one that a staged row leads to. */
    Condition leadsTo(Terms terms, String parent, String staged) {
        return terms.same(mapping.parentKey(), Terms.field(parent, mapping.parentKey()), Terms.staged(staged, key()));
    }

    /** The id of a row of the other table. */
    Field<Object> idOf(String parent) {
        return Terms.field(parent, mapping.parentId());
    }
}
