package io.docrows.mapping;

import java.util.List;
import org.jooq.TableField;
import org.jooq.TableRecord;

/**
 * One foreign-key column that is found through the natural key of the row it leads to. Immutable.
 *
 * @param column the foreign-key column
 * @param paths where the fields with the other document's key are; mostly one
 * @param parentKey the unique column, in the other table, that holds that key
 * @param parentId the column, in the other table, that the foreign key refers to
 * @param whenMissing what to do when the other row is not there
 * @param insertMissing whether a row that is not there is inserted, with the key alone
 * @param <R> the generated record type of the mapped table
 */
public record ReferenceMapping<R extends TableRecord<R>>(
        TableField<R, ?> column,
        List<FieldPath> paths,
        TableField<?, ?> parentKey,
        TableField<?, ?> parentId,
        MissingReference whenMissing,
        boolean insertMissing) {

    /** Copies the list. */
    public ReferenceMapping {
        paths = List.copyOf(paths);
    }

    /**
     * The names that lead to the field, or to the first of several.
     *
     * @return none if there is no field, or if it is the document itself
     */
    public List<String> path() {
        return paths.isEmpty() ? List.of() : paths.get(0).names();
    }

    /**
     * The fields as text.
     *
     * @return their paths, joined by commas
     */
    public String pathText() {
        return FieldPath.text(paths);
    }
}
