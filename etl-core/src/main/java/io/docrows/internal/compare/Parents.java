package io.docrows.internal.compare;

import io.docrows.internal.column.QualifiedName;
import io.docrows.internal.postgres.Sql;
import io.docrows.mapping.CollectionMapping;
import io.docrows.mapping.ColumnMapping;
import java.util.List;
import java.util.Optional;
import org.jooq.TableField;

/**
 * The rows that documents refer to, as they would be when a run comes to those documents: what the target holds, and
 * what was staged before. Immutable.
 *
 * @param staged the staged collections whose documents count as rows, the referring one included
 */
record Parents(List<StagedCollection<?>> staged) {

    Parents {
        staged = List.copyOf(staged);
    }

    /** The target's rows, as {@code v}, the column referred to, and {@code id}. */
    String stored(TableField<?, ?> column, TableField<?, ?> id) {
        String rows = "SELECT p." + Sql.column(column) + " AS v, p." + Sql.column(id) + " AS id FROM "
                + Sql.tableOf(column) + " p";
        Optional<StagedCollection<?>> parent = of(column);
        if (parent.isEmpty() || column.equals(parent.get().mapping().key().get(0))) {
            return "(" + rows + ")";
        }
        // A column that is no key may change: the row will hold what its document says.
        return "(" + rows + " LEFT JOIN " + parent.get().tables().documents() + " n ON "
                + equal(parent.get(), parent.get().mapping().key().get(0), "n.c0") + " WHERE n.ord IS NULL OR "
                + equal(parent.get(), column, "n." + number(parent.get(), column)) + ")";
    }

    /** Whether a column of the row {@code p} is equal to something else. */
    private static String equal(StagedCollection<?> parent, TableField<?, ?> column, String other) {
        return parent.catalog().equality(column).equal(other, "p." + Sql.column(column));
    }

    /** Documents that will be rows, as {@code v} and {@code batch}; no rows if their collection is not staged. */
    String arriving(TableField<?, ?> column) {
        return of(column)
                .map(parent -> "(SELECT n." + number(parent, column) + " AS v, n.batch FROM "
                        + parent.tables().documents() + " n)")
                .orElse("(SELECT p." + Sql.column(column) + " AS v, 0 AS batch FROM " + Sql.tableOf(column)
                        + " p WHERE false)");
    }

    /** Whether the collection that fills a column's table was staged, and so will be loaded. */
    boolean isStaged(TableField<?, ?> column) {
        return of(column).isPresent();
    }

    private Optional<StagedCollection<?>> of(TableField<?, ?> column) {
        for (StagedCollection<?> collection : staged) {
            if (collection.mapping().table().equals(QualifiedName.tableOf(column))
                    && columns(collection.mapping()).contains(column)) {
                return Optional.of(collection);
            }
        }
        return Optional.empty();
    }

    private static String number(StagedCollection<?> parent, TableField<?, ?> column) {
        return "c" + columns(parent.mapping()).indexOf(column);
    }

    private static List<? extends TableField<?, ?>> columns(CollectionMapping<?> mapping) {
        return mapping.columns().stream().map(ColumnMapping::column).toList();
    }
}
