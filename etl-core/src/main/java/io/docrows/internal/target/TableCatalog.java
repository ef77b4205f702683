package io.docrows.internal.target;

import io.docrows.internal.column.ColumnType;
import io.docrows.internal.column.QualifiedName;
import io.docrows.internal.postgres.StoredText;
import java.util.Map;
import java.util.Set;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.TableField;
import org.jspecify.annotations.Nullable;

/**
 * What the target's catalog says of the tables that a mapping fills, and of the columns that it uses in others.
 * Immutable.
 *
 * @param defaults the default expression, as SQL, of each column that has one, by {@code schema.table.column}
 * @param constants those defaults that are constants, as values of the column's very type
 * @param sequences the sequence, as a name for {@code nextval}, of each column that is filled from its own, by
 *     {@code schema.table.column}
 * @param types how values of each column are checked and sent that the mapping uses, by {@code schema.table.column}
 * @param equalities how values of each column are compared that the mapping uses, by {@code schema.table.column}
 * @param settling the join tables, as {@code schema.table}, that have an index by which conflicts between rows with the
 *     same ids are settled
 * @param claimed whether rows of the documents' table belong to documents by {@code docrows.key_claim}, of whichever
 *     collection
 * @param text how the target stores names and {@code _id}s
 */
public record TableCatalog(
        Map<String, String> defaults,
        Map<String, String> constants,
        Map<String, String> sequences,
        Map<String, ColumnType<?>> types,
        Map<String, ColumnEquality> equalities,
        Set<String> settling,
        boolean claimed,
        StoredText text) {

    /** Copies the collections. */
    public TableCatalog {
        defaults = Map.copyOf(defaults);
        constants = Map.copyOf(constants);
        sequences = Map.copyOf(sequences);
        types = Map.copyOf(types);
        equalities = Map.copyOf(equalities);
        settling = Set.copyOf(settling);
    }

    /**
     * How values of a column are checked, sent and staged.
     *
     * @param column a generated column
     * @return its type in the target, or what its class tells where the mapping does not use it
     */
    public ColumnType<?> type(Field<?> column) {
        ColumnType<?> type = column instanceof TableField<?, ?> field ? types.get(QualifiedName.text(field)) : null;
        return type != null
                ? type
                : ColumnType.of(column)
                        .orElseThrow(
                                () -> new IllegalStateException("a built mapping has only types that can be encoded"));
    }

    /**
     * A column's default.
     *
     * @param column a column of a table that the mapping fills
     * @return an SQL expression, {@code NULL} if there is none
     */
    public String defaultOf(TableField<?, ?> column) {
        return defaults.getOrDefault(QualifiedName.text(column), "NULL");
    }

    /**
     * A column's default, if it is the same each time.
     *
     * @param column a column of a table that the mapping fills
     * @return an SQL expression of the column's type, with its scale or length; null if there is no default, or one
     *     that has to be evaluated
     */
    public @Nullable String constantDefaultOf(TableField<?, ?> column) {
        return constants.get(QualifiedName.text(column));
    }

    /**
     * The sequence that a column is filled from.
     *
     * @param column a column of a table that the mapping fills
     * @return a name for {@code nextval}, or null if there is none
     */
    public @Nullable String sequenceOf(TableField<?, ?> column) {
        return sequences.get(QualifiedName.text(column));
    }

    /**
     * How values of a column are compared. Where two columns are, as a foreign key with what it refers to, the one
     * referred to says how.
     *
     * @param column a column that the mapping uses, of whichever table
     * @return equality as its type defines it
     * @throws IllegalStateException if the mapping does not use it
     */
    public ColumnEquality equality(TableField<?, ?> column) {
        ColumnEquality equality = equalities.get(QualifiedName.text(column));
        if (equality == null) {
            throw new IllegalStateException("the mapping does not use " + QualifiedName.text(column));
        }
        return equality;
    }

    /**
     * Whether conflicts between rows of a join table are settled by the two ids that they are of.
     *
     * @param join a join table that the mapping fills
     * @return false if the target has no index that can do so
     */
    public boolean settles(Table<?> join) {
        return settling.contains(QualifiedName.text(join));
    }
}
