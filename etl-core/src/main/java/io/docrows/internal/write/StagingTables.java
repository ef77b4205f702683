package io.docrows.internal.write;

import io.docrows.internal.metadata.PendingDocumentStatements;
import io.docrows.internal.postgres.NullableColumns;
import io.docrows.internal.postgres.Statements;
import io.docrows.internal.table.ChildTable;
import io.docrows.internal.table.Reference;
import io.docrows.internal.table.Stage;
import io.docrows.internal.table.TableTree;
import io.docrows.internal.table.Terms;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jooq.Field;
import org.jooq.TableRecord;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/**
 * The temporary tables that a batch is merged from. Beside what is staged of the documents they hold their number as
 * {@code ord}, the hash of their {@code _id} as {@code d} where rows have owners, the ids that references lead to as
 * {@code p0…}, and those that join rows lead to, in one array each, as {@code l0…}.
 */
final class StagingTables {

    private StagingTables() {}

    /** Makes the tables, anew if they are there. */
    static <R extends TableRecord<R>> void create(
            Connection connection, TableTree tree, StagedRow<R> row, boolean identified) throws SQLException {
        Stage stage = tree.stage();
        List<String> statements = new ArrayList<>(drop(tree));
        statements.add(stage.create(stage.documents(), row.asSelect(leading(tree, identified))));
        tree.links().forEach(link -> statements.add(link.createElements()));
        tree.children().forEach(child -> statements.add(child.staging().create()));
        if (tree.hasPendingElements()) {
            statements.add(stage.create(stage.waiting(), PendingDocumentStatements.waiting()));
        }
        Statements.execute(connection, statements);
        NullableColumns.of(connection, stage.documents(), row.nullable());
        for (ChildTable child : tree.children()) {
            NullableColumns.of(connection, child.staged(), child.staging().nullable());
        }
    }

    /** What stands before the columns: the document's number and hash, and the ids that it leads to. */
    private static List<Field<?>> leading(TableTree tree, boolean identified) {
        List<Field<?>> columns = new ArrayList<>(List.of(tree.stage().ord()));
        if (identified) {
            columns.add(Terms.column(SQLDataType.BLOB, "d"));
        }
        for (Reference reference : tree.documents().references()) {
            columns.add(DSL.field(DSL.select(Terms.field("x", reference.column()))
                            .from(tree.documents().rows("x"))
                            .limit(DSL.inline(1)))
                    .as(reference.id()));
        }
        tree.links().forEach(link -> columns.add(link.linkedIdsColumn()));
        return columns;
    }

    /** Drops the tables, if they are there. */
    static List<String> drop(TableTree tree) {
        List<String> statements = new ArrayList<>();
        statements.add(Stage.drop(tree.stage().documents()));
        tree.links().forEach(link -> statements.add(Stage.drop(link.elements())));
        tree.children().forEach(child -> statements.add(Stage.drop(child.staged())));
        statements.add(Stage.drop(tree.stage().waiting()));
        return statements;
    }
}
