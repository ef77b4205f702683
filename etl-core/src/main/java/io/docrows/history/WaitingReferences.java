package io.docrows.history;

/**
 * References of one column whose documents have not arrived. Immutable.
 *
 * @param table the table with the reference, with its schema
 * @param column the foreign-key column, which is null until the document arrives
 * @param references how many rows wait
 */
public record WaitingReferences(String table, String column, long references) {}
