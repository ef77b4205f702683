package io.docrows.scaffold.internal.schema;

/**
 * A column that is there already. Immutable.
 *
 * @param name its name
 * @param type its type, as {@code format_type} writes it
 * @param notNull whether it refuses NULL
 * @param filled whether PostgreSQL fills it: it has a default, counts up or is computed
 * @param computed whether nothing can be written to it
 * @param absent whether the project's own tables lack it, because they cannot have its type
 */
record ExistingColumn(String name, String type, boolean notNull, boolean filled, boolean computed, boolean absent) {}
