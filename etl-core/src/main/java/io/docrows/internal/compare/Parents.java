package io.docrows.internal.compare;

import io.docrows.internal.column.QualifiedName;
import io.docrows.internal.postgres.Sql;
import io.docrows.internal.table.ChildTable;
import io.docrows.mapping.ColumnMapping;
import io.docrows.mapping.TableMapping;
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
        if (parent.isEmpty() || parent.get().mapping().key().equals(List.of(column))) {
            return "(" + rows + ")";
        }
        // A column that is no key may change: the row will hold what its document says.
        StageTables tables = parent.get().tables();
        return "(" + rows + " LEFT JOIN " + tables.documents() + " n ON "
                + tables.key().isRowOf("p", "n")
                + " WHERE n.ord IS NULL OR "
                + equal(parent.get(), column, "n." + number(parent.get().mapping(), column))
                + ")";
    }

    /** Whether a column of the row {@code p} is equal to something else. */
    private static String equal(StagedCollection<?> parent, TableField<?, ?> column, String other) {
        return parent.catalog().equality(column).equal(other, "p." + Sql.column(column));
    }

    /** Documents, or parts of them, that will be rows, as {@code v} and {@code batch}; none if none is staged. */
    String arriving(TableField<?, ?> column) {
        for (StagedCollection<?> collection : staged) {
            StageTables tables = collection.tables();
            if (fills(collection.mapping(), column)) {
                return "(SELECT n." + number(collection.mapping(), column) + " AS v, n.batch FROM " + tables.documents()
                        + " n)";
            }
            for (ChildTable child : tables.tree().children()) {
                if (fills(child.mapping(), column)) {
                    return "(SELECT n." + number(child.mapping(), column) + " AS v, d.batch FROM " + child.staged()
                            + " n JOIN " + tables.documents() + " d ON d.ord = n.ord)";
                }
            }
        }
        return "(SELECT p." + Sql.column(column) + " AS v, 0 AS batch FROM " + Sql.tableOf(column) + " p WHERE false)";
    }

    /** Whether the collection that fills a column's table was staged, and so will be loaded. */
    boolean isStaged(TableField<?, ?> column) {
        return staged.stream()
                .anyMatch(collection -> fills(collection.mapping(), column)
                        || collection.tables().tree().children().stream()
                                .anyMatch(child -> fills(child.mapping(), column)));
    }

    private Optional<StagedCollection<?>> of(TableField<?, ?> column) {
        for (StagedCollection<?> collection : staged) {
            if (fills(collection.mapping(), column)) {
                return Optional.of(collection);
            }
        }
        return Optional.empty();
    }

    private static boolean fills(TableMapping mapping, TableField<?, ?> column) {
        return mapping.table().equals(QualifiedName.tableOf(column))
                && mapping.columns().stream().anyMatch(mapped -> mapped.column().equals(column));
    }

    private static String number(TableMapping mapping, TableField<?, ?> column) {
        return "c"
                + mapping.columns().stream().map(ColumnMapping::column).toList().indexOf(column);
    }
}
