package io.docrows.mapping;

import java.util.List;
import org.jooq.TableField;

/**
 * One join table, filled from an array. Immutable.
 *
 * @param join the tables and columns
 * @param path the names that lead to the array
 * @param ownerId the mapped table's column that {@link Join#owner()} refers to
 * @param otherId the lookup table's column that {@link Join#other()} refers to
 */
public record JoinMapping(Join<?> join, List<String> path, TableField<?, ?> ownerId, TableField<?, ?> otherId) {}
