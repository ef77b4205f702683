package io.docrows.scaffold.internal.design;

import io.docrows.scaffold.choice.Choices;
import java.util.List;

/**
 * A project. Immutable.
 *
 * @param choices what it is made from
 * @param roots the documents' own tables, in the order of the collections
 * @param lookups tables of different values
 * @param foreignKeys references from table to table
 * @param names what the generated classes are called
 */
public record ProjectDesign(
        Choices choices, List<TableDesign> roots, List<Lookup> lookups, List<Link> foreignKeys, GeneratedNames names) {

    /**
     * A table that holds each different value once.
     *
     * @param table its name
     * @param type the type of the values
     */
    public record Lookup(String table, String type) {

        /** The column that others refer to. */
        public static final String KEY = "id";

        /** The column of the values. */
        public static final String VALUE = "name";
    }

    /**
     * A reference.
     *
     * @param table the table that refers
     * @param column its column
     * @param target the table that is referred to
     * @param targetColumn its column
     * @param unique whether that column needs a unique constraint, because it is no key yet
     */
    public record Link(String table, String column, String target, String targetColumn, boolean unique) {}

    /** Copies the lists. */
    public ProjectDesign {
        roots = List.copyOf(roots);
        lookups = List.copyOf(lookups);
        foreignKeys = List.copyOf(foreignKeys);
    }
}
