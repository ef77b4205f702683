package io.docrows.scaffold.internal.schema;

import java.util.List;
import java.util.Optional;

/**
 * A table that is there already. Immutable.
 *
 * @param name its name
 * @param columns its columns
 * @param keys the columns of its primary key and of its unique constraints
 * @param foreignKeys its foreign keys
 */
record ExistingTable(String name, List<ExistingColumn> columns, List<List<String>> keys, List<ForeignKey> foreignKeys) {

    /**
     * A foreign key.
     *
     * @param columns its columns
     * @param target the table that it leads to
     */
    record ForeignKey(List<String> columns, String target) {

        ForeignKey {
            columns = List.copyOf(columns);
        }
    }

    ExistingTable {
        columns = List.copyOf(columns);
        keys = List.copyOf(keys);
        foreignKeys = List.copyOf(foreignKeys);
    }

    Optional<ExistingColumn> column(String column) {
        return columns.stream().filter(one -> one.name().equals(column)).findFirst();
    }

    boolean isUnique(String column) {
        return keys.contains(List.of(column));
    }

    /** The foreign key of one column. */
    Optional<ForeignKey> foreignKey(String column) {
        return foreignKeys.stream()
                .filter(one -> one.columns().equals(List.of(column)))
                .findFirst();
    }
}
