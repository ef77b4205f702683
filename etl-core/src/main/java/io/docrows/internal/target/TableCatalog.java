package io.docrows.internal.target;

import java.util.Map;
import org.jooq.TableField;

/**
 * What the target's catalog says of a mapped table. Immutable.
 *
 * @param defaults the default expression, as SQL, of each column that has one, by column name
 */
public record TableCatalog(Map<String, String> defaults) {

    /** Copies the map. */
    public TableCatalog {
        defaults = Map.copyOf(defaults);
    }

    /**
     * A column's default.
     *
     * @param column a column of the table
     * @return an SQL expression, {@code NULL} if there is none
     */
    public String defaultOf(TableField<?, ?> column) {
        return defaults.getOrDefault(column.getName(), "NULL");
    }
}
