package io.docrows.internal.target;

import java.util.Map;
import org.jooq.TableField;

/**
 * What the target's catalog says of a mapped table. Immutable.
 *
 * @param defaults the default expression, as SQL, of each column that has one, by column name
 * @param sequences the sequence, as a name for {@code nextval}, of each column that is filled from its own, by column
 *     name
 */
public record TableCatalog(Map<String, String> defaults, Map<String, String> sequences) {

    /** Copies the maps. */
    public TableCatalog {
        defaults = Map.copyOf(defaults);
        sequences = Map.copyOf(sequences);
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
