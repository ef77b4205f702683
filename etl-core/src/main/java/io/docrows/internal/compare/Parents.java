package io.docrows.internal.compare;

import static org.jooq.impl.DSL.falseCondition;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.select;

import io.docrows.internal.column.QualifiedName;
import io.docrows.internal.table.ChildTable;
import io.docrows.internal.table.RowTable;
import io.docrows.internal.table.Stage;
import io.docrows.internal.table.Terms;
import io.docrows.mapping.ColumnMapping;
import io.docrows.mapping.TableMapping;
import java.util.ArrayList;
import java.util.List;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record2;
import org.jooq.Select;
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
        Condition unchanged = noCondition();
        int number = 0;
        for (StagedCollection<?> parent : fillers(column)) {
            if (!parent.mapping().key().equals(List.of(column))) {
                // A column that is no key may change: the row will hold what its document says.
                String document = "n" + number++;
                RowTable documents = parent.tables().tree().documents();
                Field<Object> wanted = Terms.staged(document, number(documents.mapping(), column));
                rows = rows.leftJoin(documents.documents(document)).on(documents.isRowOf("p", document));
                unchanged = unchanged.and(Terms.staged(document, "ord")
                        .isNull()
                        .or(documents.terms().same(column, wanted, Terms.field("p", column))));
            }
        }
        return rows.where(unchanged).asTable(alias);
    }

    /** Documents, or parts of them, that will be rows, under an alias, as {@code v} and {@code batch}; maybe none. */
    Table<?> arriving(TableField<?, ?> column, String alias) {
        List<Select<? extends Record2<?, ?>>> all = new ArrayList<>();
        for (StagedCollection<?> collection : staged) {
            StageTables tables = collection.tables();
            if (fills(collection.mapping(), column)) {
                all.add(select(
                                Terms.staged("n", number(collection.mapping(), column))
                                        .as("v"),
                                batch(collection, "n"))
                        .from(tables.documents("n")));
            }
            for (ChildTable child : tables.tree().children()) {
                if (fills(child.mapping(), column)) {
                    all.add(select(
                                    Terms.staged("n", number(child.mapping(), column))
                                            .as("v"),
                                    batch(collection, "d"))
                            .from(Stage.table(child.staged(), "n"))
                            .join(tables.documents("d"))
                            .on(Terms.staged("d", "ord").eq(Terms.staged("n", "ord"))));
                }
            }
        }
        Select<? extends Record2<?, ?>> none = select(
                        Terms.field("p", column).as("v"), inline(0).as("batch"))
                .from(Terms.tableOf(column, "p"))
                .where(falseCondition());
        return all.stream().reduce(Parents::together).orElse(none).asTable(alias);
    }

    /** The number of a document's batch; that of a collection that is loaded before is less than all others. */
    private Field<?> batch(StagedCollection<?> collection, String document) {
        String referring = staged.get(staged.size() - 1).mapping().collection();
        return collection.mapping().collection().equals(referring)
                ? Terms.staged(document, "batch")
                : inline(0).as("batch");
    }

    @SuppressWarnings("unchecked") // columns of the same types, whatever those are
    private static Select<? extends Record2<?, ?>> together(
            Select<? extends Record2<?, ?>> one, Select<? extends Record2<?, ?>> other) {
        return ((Select<Record2<?, ?>>) one).unionAll((Select<Record2<?, ?>>) other);
    }

    /** Whether the collection that fills a column's table was staged, and so will be loaded. */
    boolean isStaged(TableField<?, ?> column) {
        return staged.stream()
                .anyMatch(collection -> fills(collection.mapping(), column)
                        || collection.tables().tree().children().stream()
                                .anyMatch(child -> fills(child.mapping(), column)));
    }

    private List<StagedCollection<?>> fillers(TableField<?, ?> column) {
        return staged.stream()
                .filter(collection -> fills(collection.mapping(), column))
                .toList();
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
