package io.docrows.internal.table;

import io.docrows.mapping.CollectionMapping;
import io.docrows.mapping.ColumnMapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jooq.Index;
import org.jooq.OrderField;
import org.jooq.SortField;
import org.jooq.Table;
import org.jooq.TableField;
import org.jooq.UniqueKey;

/**
 * A unique constraint other than the key's, all of whose columns are filled from the document: documents that would
 * break it are found by one query instead of by failing.
 *
 * @param name the constraint's name
 * @param columns the numbers of its columns among {@link CollectionMapping#columns()}
 * @param nullable the number of a column of it that may be NULL and is not part of the key, or -1
 */
public record UniqueConstraint(String name, List<Integer> columns, int nullable) {

    /** Copies the list. */
    public UniqueConstraint {
        columns = List.copyOf(columns);
    }

    /**
     * All that is unique in a table: constraints, and indexes of whole columns.
     *
     * @param table the table
     * @return the columns of each
     */
    static List<List<TableField<?, ?>>> columns(Table<?> table) {
        List<List<TableField<?, ?>>> all = new ArrayList<>();
        table.getKeys().forEach(key -> all.add(List.copyOf(key.getFields())));
        for (Index index : table.getIndexes()) {
            if (index.getUnique() && index.getWhere() == null) {
                List<TableField<?, ?>> fields = new ArrayList<>();
                for (OrderField<?> field : index.getFields()) {
                    if (field instanceof TableField<?, ?> column) {
                        fields.add(column);
                    } else if (field instanceof SortField<?> sorted
                            && sorted.$field() instanceof TableField<?, ?> column) {
                        fields.add(column);
                    }
                }
                if (fields.size() == index.getFields().size()) {
                    all.add(fields);
                }
            }
        }
        return all;
    }

    /**
     * The constraints of a mapping's table.
     *
     * @param mapping the mapping
     * @return those that the mapping fills whole, but for the key's
     */
    public static List<UniqueConstraint> of(CollectionMapping<?> mapping) {
        List<TableField<?, ?>> mapped = new ArrayList<>();
        for (ColumnMapping column : mapping.columns()) {
            mapped.add(column.column());
        }
        List<UniqueConstraint> constraints = new ArrayList<>();
        for (UniqueKey<?> unique : mapping.table().getKeys()) {
            if (Set.copyOf(unique.getFields()).equals(Set.copyOf(mapping.key()))
                    || !mapped.containsAll(unique.getFields())) {
                continue;
            }
            List<Integer> columns = new ArrayList<>();
            int nullable = -1;
            for (TableField<?, ?> field : unique.getFields()) {
                int column = mapped.indexOf(field);
                columns.add(column);
                // A row must be found by its key all the time.
                nullable = field.getDataType().nullable() && !mapping.key().contains(field) ? column : nullable;
            }
            constraints.add(new UniqueConstraint(unique.getName(), List.copyOf(columns), nullable));
        }
        return constraints;
    }
}
