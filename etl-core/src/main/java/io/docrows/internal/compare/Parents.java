package io.docrows.internal.compare;

import static org.jooq.impl.DSL.falseCondition;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.select;

import io.docrows.internal.column.QualifiedName;
import io.docrows.internal.table.ChildTable;
import io.docrows.internal.table.RowTable;
import io.docrows.internal.table.Stage;
import io.docrows.internal.table.Terms;
import io.docrows.mapping.ColumnMapping;
import io.docrows.mapping.TableMapping;
import java.util.List;
import java.util.Optional;
import org.jooq.Field;
import org.jooq.SelectJoinStep;
import org.jooq.Table;
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

    /** The target's rows, under an alias, as {@code v}, the column referred to, and {@code id}. */
    Table<?> stored(TableField<?, ?> column, TableField<?, ?> id, String alias) {
        SelectJoinStep<?> rows = select(
                        Terms.field("p", column).as("v"), Terms.field("p", id).as("id"))
                .from(Terms.tableOf(column, "p"));
        Optional<StagedCollection<?>> parent = of(column);
        if (parent.isEmpty() || parent.get().mapping().key().equals(List.of(column))) {
            return rows.asTable(alias);
        }
        // A column that is no key may change: the row will hold what its document says.
        RowTable documents = parent.get().tables().tree().documents();
        Field<Object> wanted = Terms.staged("n", number(documents.mapping(), column));
        return rows.leftJoin(documents.documents("n"))
                .on(documents.isRowOf("p", "n"))
                .where(Terms.staged("n", "ord").isNull())
                .or(documents.terms().same(column, wanted, Terms.field("p", column)))
                .asTable(alias);
    }

    /** Documents, or parts of them, that will be rows, under an alias, as {@code v} and {@code batch}; maybe none. */
    Table<?> arriving(TableField<?, ?> column, String alias) {
        for (StagedCollection<?> collection : staged) {
            StageTables tables = collection.tables();
            if (fills(collection.mapping(), column)) {
                return select(
                                Terms.staged("n", number(collection.mapping(), column))
                                        .as("v"),
                                Terms.staged("n", "batch"))
                        .from(tables.documents("n"))
                        .asTable(alias);
            }
            for (ChildTable child : tables.tree().children()) {
                if (fills(child.mapping(), column)) {
                    return select(
                                    Terms.staged("n", number(child.mapping(), column))
                                            .as("v"),
                                    Terms.staged("d", "batch"))
                            .from(Stage.table(child.staged(), "n"))
                            .join(tables.documents("d"))
                            .on(Terms.staged("d", "ord").eq(Terms.staged("n", "ord")))
                            .asTable(alias);
                }
            }
        }
        return select(Terms.field("p", column).as("v"), inline(0).as("batch"))
                .from(Terms.tableOf(column, "p"))
                .where(falseCondition())
                .asTable(alias);
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
