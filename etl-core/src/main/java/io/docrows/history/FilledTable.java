package io.docrows.history;

/**
 * A table that a pipeline has loaded a collection into. Immutable.
 *
 * @param table the table, as {@code schema.table}
 * @param pipeline the pipeline's name
 * @param collection the collection's name
 */
public record FilledTable(String table, String pipeline, String collection) {}
