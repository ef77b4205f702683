package io.docrows.report;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One document and row that are not equal. Immutable.
 *
 * @param kind what is wrong
 * @param key the key in the target; for a document that could not be decoded, its {@code _id} as in
 *     {@link io.docrows.mapping.DocumentId}
 * @param columns the columns and join tables that differ, for {@link Kind#DIFFERENT}
 */
public record Difference(Kind kind, String key, List<Column> columns) {

    /** What is wrong. */
    public enum Kind {
        /** The document has no row, and does not stand in the reject table as it is now. */
        MISSING,
        /** The row, or rows in join tables, are not what the document says. */
        DIFFERENT,
        /** The row has no document any more. */
        EXTRA
    }

    /** Copies the list. */
    public Difference {
        columns = List.copyOf(columns);
    }

    /**
     * A column, a join table, a child table or a column of one that differs. Immutable.
     *
     * @param name the name of the column or the join table; {@code table.column} for a column of a child table, and the
     *     child table's own name for rows that are missing or too many in it
     * @param source what the document says, as PostgreSQL writes it; null for SQL NULL, and always unless values were
     *     asked for. For a foreign key it is the key of the row it should lead to, for a join table the elements that
     *     are missing in it. Of a child table the first rows are shown, each as what tells it from the others of its
     *     document and what it says
     * @param target what the row says; for a join table the elements it has too many, for a child table the rows
     */
    public record Column(
            String name, @Nullable String source, @Nullable String target) {}
}
