package io.docrows.history;

import java.time.Instant;

/**
 * A constraint or index that was dropped for a first load and is not rebuilt yet. Immutable.
 *
 * @param pipeline the pipeline's name
 * @param run the run that dropped it
 * @param table its table, as {@code schema.table}
 * @param kind {@code primary key}, {@code unique}, {@code index} or {@code foreign key}
 * @param name its name
 * @param since when it was dropped
 */
public record MissingConstraint(String pipeline, long run, String table, String kind, String name, Instant since) {}
