package io.docrows.internal.table;

import io.docrows.internal.target.TableCatalog;
import io.docrows.mapping.CollectionMapping;
import java.util.List;
import java.util.Map;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.SelectLimitStep;
import org.jooq.TableField;
import org.jooq.impl.DSL;

/**
 * Which rows of a table are a mapping's own, by the constants that it owns. A row in which such a column is NULL is
 * nobody's. Immutable.
 */
public final class OwnedRows {

    private final CollectionMapping<?> mapping;
    private final RowKey key;
    private final Terms terms;

    /**
     * The rows of a mapping.
     *
     * @param mapping the mapping
     * @param catalog what the target says of its table
     */
    public OwnedRows(CollectionMapping<?> mapping, TableCatalog catalog) {
        this.mapping = mapping;
        this.key = new RowKey(mapping, catalog);
        this.terms = new Terms(catalog);
    }

    /**
     * Whether a row is one of the mapping's.
     *
     * @param row the alias of a row of the table
     * @return a condition, none for a mapping that owns all rows
     */
    public Condition isOwn(String row) {
        Condition own = DSL.noCondition();
        for (var constant : mapping.owned().entrySet()) {
            own = own.and(terms.same(constant.getKey(), Terms.field(row, constant.getKey()), value(constant)));
        }
        return own;
    }

    /** Whether a row is not another mapping's: nobody's are taken over. */
    Condition mayBeOwn(String row) {
        Condition own = DSL.noCondition();
        for (var constant : mapping.owned().entrySet()) {
            Field<Object> value = Terms.field(row, constant.getKey());
            own = own.and(value.isNull().or(terms.same(constant.getKey(), value, value(constant))));
        }
        return own;
    }

    /**
     * Whether a row may have the key of a document and be another mapping's all the same.
     *
     * @return true if the mapping owns a constant that is not part of its key
     */
    public boolean canMeetOthers() {
        return !mapping.key().containsAll(mapping.owned().keySet());
    }

    /**
     * Finds documents whose key belongs to a row of another mapping.
     *
     * @param documents a staging table
     * @return a query for their {@code ord}
     */
    public SelectLimitStep<?> ofOthers(String documents) {
        List<Condition> foreign = mapping.owned().entrySet().stream()
                .map(constant -> terms.other(constant.getKey(), Terms.field("t", constant.getKey()), value(constant)))
                .toList();
        return DSL.select(Terms.staged("s", "ord"))
                .from(Stage.table(documents, "s"))
                .join(Terms.table(mapping.table(), "t"))
                .on(key.isRowOf("t", "s"))
                .where(DSL.or(foreign));
    }

    /** A constant as the column's type in the target holds it. */
    private Field<Object> value(Map.Entry<? extends TableField<?, ?>, Object> constant) {
        return terms.cast(constant.getKey(), DSL.inline(constant.getValue(), constant.getKey()));
    }
}
