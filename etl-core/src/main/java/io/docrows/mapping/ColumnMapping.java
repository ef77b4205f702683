package io.docrows.mapping;

import java.util.List;
import org.jooq.TableField;

/**
 * One column and the fields of the document that fill it. Immutable.
 *
 * @param column the generated column
 * @param paths where those fields are; mostly one, none for a constant, and for the column of
 *     {@link CollectionMapping#deletedAt()}
 * @param required whether a document without the value is rejected
 */
public record ColumnMapping(TableField<?, ?> column, List<FieldPath> paths, boolean required) {

    /** Copies the list. */
    public ColumnMapping {
        paths = List.copyOf(paths);
    }

    /**
     * The names that lead to the field, or to the first of several.
     *
     * @return none if there is no field, or if it is the document itself
     */
    public List<String> path() {
        return paths.isEmpty() ? List.of() : paths.get(0).names();
    }

    /**
     * The fields as text.
     *
     * @return their paths, joined by commas; empty if there is none, or if it is the document itself
     */
    public String pathText() {
        return FieldPath.text(paths);
    }

    /**
     * Whether a document without the value leaves the column as it is: a new row gets the column's default.
     *
     * @return true for a column that is NOT NULL and not required
     */
    public boolean keepsOldValue() {
        return !required && !column.getDataType().nullable();
    }
}
