package io.docrows.internal.table;

import io.docrows.internal.postgres.Sql;
import io.docrows.internal.target.ColumnEquality;
import io.docrows.internal.target.TableCatalog;
import io.docrows.mapping.CollectionMapping;
import java.util.Map;
import java.util.stream.Collectors;
import org.jooq.TableField;
import org.jooq.impl.DSL;

/**
 * Which rows of a table are a mapping's own, by the constants that it owns. A row in which such a column is NULL is
 * nobody's. Immutable.
 */
public final class OwnedRows {

    private final CollectionMapping<?> mapping;
    private final TableCatalog catalog;

    /**
     * The rows of a mapping.
     *
     * @param mapping the mapping
     * @param catalog what the target says of its table
     */
    public OwnedRows(CollectionMapping<?> mapping, TableCatalog catalog) {
        this.mapping = mapping;
        this.catalog = catalog;
    }

    /**
     * Narrows a condition to rows of the mapping.
     *
     * @param row the alias of a row of the table
     * @return SQL that begins with AND, or nothing for a mapping that owns all rows
     */
    public String andIsOwn(String row) {
        return mapping.owned().entrySet().stream()
                .map(constant -> " AND " + equality(constant).equal(column(row, constant), value(constant)))
                .collect(Collectors.joining());
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
    public String ofOthers(String documents) {
        String foreign = mapping.owned().entrySet().stream()
                .map(constant -> equality(constant).differ(column("t", constant), value(constant)))
                .collect(Collectors.joining(" OR "));
        return "SELECT s.ord FROM " + documents + " s JOIN " + Sql.table(mapping.table()) + " t ON "
                + new RowKey(mapping, catalog).isRowOf("t", "s") + " WHERE " + foreign;
    }

    private ColumnEquality equality(Map.Entry<? extends TableField<?, ?>, Object> constant) {
        return catalog.equality(constant.getKey());
    }

    private static String column(String row, Map.Entry<? extends TableField<?, ?>, Object> constant) {
        return row + "." + Sql.column(constant.getKey());
    }

    private String value(Map.Entry<? extends TableField<?, ?>, Object> constant) {
        return equality(constant).cast(Sql.text(DSL.inline(constant.getValue(), constant.getKey())));
    }
}
