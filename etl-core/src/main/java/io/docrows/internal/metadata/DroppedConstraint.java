package io.docrows.internal.metadata;

import io.docrows.internal.column.QualifiedName;
import io.docrows.mapping.CollectionMapping;
import java.util.List;
import java.util.Optional;
import org.jooq.Named;

/**
 * A constraint or index that is missing from its table for the time being. Immutable.
 *
 * @param table its table as {@code schema.table}, quoted where need be
 * @param name its name
 * @param kind what it is
 * @param columns the names of its columns, of a foreign key those of the referring table
 * @param statements what rebuilds it, in this order: the first may come in a transaction of its own, before the others
 */
public record DroppedConstraint(String table, String name, Kind kind, List<String> columns, List<String> statements) {

    /** What is missing; in the order in which it is rebuilt. */
    public enum Kind {
        /** A unique constraint, or a unique index without one. */
        UNIQUE("unique"),
        /** An index that is not unique. */
        INDEX("index"),
        /** A primary key: mostly of a number that is quickly sorted, and so a good thing to end with. */
        PRIMARY_KEY("primary key"),
        /** A foreign key. */
        FOREIGN_KEY("foreign key");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        /**
         * The kind as it is stored.
         *
         * @return the words
         */
        public String text() {
            return text;
        }

        /**
         * The kind that a text stands for.
         *
         * @param text the words as they are stored
         * @return the kind
         * @throws IllegalArgumentException if there is none
         */
        public static Kind of(String text) {
            for (Kind kind : values()) {
                if (kind.text.equals(text)) {
                    return kind;
                }
            }
            throw new IllegalArgumentException("no kind of constraint: " + text);
        }
    }

    /** Copies the lists. */
    public DroppedConstraint {
        columns = List.copyOf(columns);
        statements = List.copyOf(statements);
    }

    /**
     * Whether the next thing to do is to build its index.
     *
     * @return true if so
     */
    public boolean beginsWithIndex() {
        return statements.get(0).startsWith("CREATE ");
    }

    /**
     * What is left when the first statement was executed.
     *
     * @return the constraint with the other statements
     */
    public DroppedConstraint afterFirst() {
        return new DroppedConstraint(table, name, kind, columns, statements.subList(1, statements.size()));
    }

    /**
     * Whether it keeps values from occurring twice.
     *
     * @return true for primary keys and unique constraints
     */
    public boolean isUnique() {
        return kind == Kind.PRIMARY_KEY || kind == Kind.UNIQUE;
    }

    /**
     * Whether this is a constraint of the table that a mapping's documents have a row in.
     *
     * @param mapping the mapping
     * @return false also for tables below it
     */
    public boolean isOf(CollectionMapping<?> mapping) {
        return table.equals(QualifiedName.of(mapping.table()).toString());
    }

    /**
     * Whether this is what keeps two rows of the mapped table from having one key.
     *
     * @param mapping the table's mapping
     * @return true if so
     */
    public boolean isUniqueKeyOf(CollectionMapping<?> mapping) {
        return isUnique()
                && isOf(mapping)
                && columns.equals(mapping.key().stream().map(Named::getName).toList());
    }

    /**
     * The columns that are unique by this constraint.
     *
     * @return as {@link #unique} writes them, or empty if this is not a unique constraint
     */
    public Optional<String> uniqueColumns() {
        return isUnique() ? Optional.of(unique(table, columns)) : Optional.empty();
    }

    /**
     * How columns are written that are unique together, whatever their order.
     *
     * @param table the qualified, quoted name of their table
     * @param columns their names
     * @return one text
     */
    public static String unique(String table, List<String> columns) {
        return table + columns.stream().sorted().toList();
    }

    @Override
    public String toString() {
        return kind.text + " " + name + " of " + table;
    }
}
