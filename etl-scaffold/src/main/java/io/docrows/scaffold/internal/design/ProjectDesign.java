package io.docrows.scaffold.internal.design;

import io.docrows.scaffold.choice.Choices;
import java.util.List;

/**
 * A project. Immutable.
 *
 * @param choices what it is made from
 * @param roots the documents' own tables, in the order of the collections
 * @param foreignKeys references from table to table
 */
public record ProjectDesign(Choices choices, List<TableDesign> roots, List<Link> foreignKeys) {

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
        foreignKeys = List.copyOf(foreignKeys);
    }
}
