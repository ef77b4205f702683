package io.docrows.internal.table;

import org.jooq.Condition;
import org.jooq.Table;

/** Rows of the documents' own table that are going to be deleted, and everything below them first. */
public interface DoomedRows {

    /**
     * The table that they are named in, with an alias of its own.
     *
     * @return a table
     */
    Table<?> table();

    /**
     * Whether a row of the documents' table is among them.
     *
     * @param row the row's alias
     * @return a condition
     */
    Condition isRow(String row);
}
