package io.docrows.run;

/**
 * Whether the first load of empty tables drops their foreign keys, indexes, unique constraints and primary keys, and
 * rebuilds them when every document is in. That is several times faster, because an index is built in one go and a
 * foreign key is checked in one query; meanwhile other sessions see tables without them. What a foreign key of a table
 * that the run does not load refers to stays. What is missing is written down in {@code docrows.deferred_constraint} in
 * the same transaction that drops it, and a run that was cut off goes on with it.
 */
public enum BulkLoad {
    /** When the tables are empty, suitable, and about to get many documents. */
    AUTO,
    /** Whenever the tables are empty and suitable, however few the documents. */
    ALWAYS,
    /** Never: every batch is merged under all constraints. */
    NEVER
}
