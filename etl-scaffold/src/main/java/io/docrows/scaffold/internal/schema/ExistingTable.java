package io.docrows.scaffold.internal.schema;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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

    /**
     * What tells the rows of one parent apart.
     *
     * @param parent the columns that lead to the parent
     * @param position the column that holds the position
     */
    record Identity(List<String> parent, String position) {

        Identity {
            parent = List.copyOf(parent);
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

    /** The foreign keys that lead to a table. */
    List<ForeignKey> foreignKeys(ExistingTable parent) {
        return foreignKeys.stream()
                .filter(one -> one.target().equals(parent.name()))
                .toList();
    }

    /** The foreign key that leads to a parent, of whose rows a column tells those of this table apart. */
    Optional<ForeignKey> parentKey(ExistingTable parent, Optional<String> by) {
        return foreignKeys(parent).stream()
                .filter(one -> {
                    Set<String> whole = new HashSet<>(one.columns());
                    by.ifPresent(whole::add);
                    return keys.stream().anyMatch(key -> whole.size() == key.size() && whole.containsAll(key));
                })
                .findFirst();
    }

    /** A unique key of one of these foreign keys and a whole number. */
    Optional<Identity> identity(List<ForeignKey> parents) {
        for (ForeignKey parent : parents) {
            for (List<String> key : keys) {
                List<String> others = key.stream()
                        .filter(name -> !parent.columns().contains(name))
                        .toList();
                if (key.size() == parent.columns().size() + 1 && others.size() == 1 && isPosition(others.get(0))) {
                    return Optional.of(new Identity(parent.columns(), others.get(0)));
                }
            }
        }
        return Optional.empty();
    }

    private boolean isPosition(String column) {
        return column(column)
                .filter(one -> List.of("smallint", "integer", "bigint").contains(one.type()))
                .isPresent();
    }

    /** The foreign key of one column. */
    Optional<ForeignKey> foreignKey(String column) {
        return foreignKeys.stream()
                .filter(one -> one.columns().equals(List.of(column)))
                .findFirst();
    }
}
