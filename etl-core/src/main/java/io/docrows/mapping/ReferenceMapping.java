package io.docrows.mapping;

import java.util.List;
import org.jooq.TableField;
import org.jooq.TableRecord;

/**
 * One foreign-key column that is found through the natural key of the row it leads to. Immutable.
 *
 * @param index this reference's number among those of its mapping, from 0
 * @param column the foreign-key column
 * @param path the names that lead to the field with the other document's key
 * @param parentKey the unique column, in the other table, that holds that key
 * @param parentId the column, in the other table, that the foreign key refers to
 * @param whenMissing what to do when the other row is not there
 * @param <R> the generated record type of the mapped table
 */
public record ReferenceMapping<R extends TableRecord<R>>(
        int index,
        TableField<R, ?> column,
        List<String> path,
        TableField<?, ?> parentKey,
        TableField<?, ?> parentId,
        MissingReference whenMissing) {}
