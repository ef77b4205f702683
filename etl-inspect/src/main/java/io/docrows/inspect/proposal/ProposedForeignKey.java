package io.docrows.inspect.proposal;

import java.util.List;

/**
 * A foreign key. Immutable.
 *
 * @param columns the columns that refer
 * @param table the table that is referred to
 * @param targetColumns the columns of its key
 * @param orphans how many values are not found there
 * @param orphanDocuments in how many documents
 */
public record ProposedForeignKey(
        List<String> columns, String table, List<String> targetColumns, long orphans, long orphanDocuments) {

    /** Copies the lists. */
    public ProposedForeignKey {
        columns = List.copyOf(columns);
        targetColumns = List.copyOf(targetColumns);
    }
}
