package io.docrows.mapping;

import java.util.List;
import org.jooq.TableField;

/**
 * One column and the path in the document that fills it. Immutable.
 *
 * @param column the generated column
 * @param path the names that lead to the field
 * @param required whether a document without the value is rejected
 */
public record ColumnMapping(TableField<?, ?> column, List<String> path, boolean required) {

    /**
     * Whether a document without the value leaves the column as it is: a new row gets the column's default.
     *
     * @return true for a column that is NOT NULL and not required
     */
    public boolean keepsOldValue() {
        return !required && !column.getDataType().nullable();
    }
}
