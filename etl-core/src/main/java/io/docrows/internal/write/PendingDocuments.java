package io.docrows.internal.write;

import io.docrows.internal.metadata.PendingDocumentStatements;
import io.docrows.internal.postgres.Sql;
import io.docrows.internal.postgres.Statements;
import io.docrows.internal.table.ChildTable;
import io.docrows.internal.table.Reference;
import io.docrows.internal.table.Stage;
import io.docrows.internal.table.TableTree;
import io.docrows.internal.target.TableCatalog;
import io.docrows.mapping.MappedDocument;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.BitSet;
import java.util.List;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.impl.DSL;

/**
 * Staged documents whose elements refer to rows that have not arrived: the elements' rows are left out, or lead
 * nowhere, until they do. Meanwhile the documents are kept, to be loaded once more. Not thread-safe.
 */
final class PendingDocuments {

    private final Connection connection;
    private final TableTree tree;
    private final PendingDocumentStatements statements;
    private final Table<?> documents;
    private final Table<?> waiting;
    private final Field<String> rowKey;

    PendingDocuments(Connection connection, TableTree tree, TableCatalog catalog) {
        this.connection = connection;
        this.tree = tree;
        this.statements = new PendingDocumentStatements(
                tree.documents().mapping().table(),
                catalog.text().stored(tree.documents().mapping().collection()));
        this.documents = Stage.table(tree.stage().documents());
        this.waiting = Stage.table(tree.stage().waiting());
        this.rowKey = tree.documents().key().stagedText("d");
    }

    /**
     * Leaves out the staged rows that are nothing without a row which is not there, or lead where another one leads,
     * and notes what documents wait for.
     *
     * @return the documents that wait
     */
    BitSet setAside() throws SQLException {
        BitSet ords = new BitSet();
        for (ChildTable child : tree.children()) {
            if (child.mapping().isLinked()) {
                Statements.execute(connection, child.checks().linkOnce());
            }
            for (Reference reference : child.references()) {
                if (reference.waits()) {
                    DocumentNumbers.add(connection, child.checks().setAside(reference, waiting), ords);
                } else if (child.leavesOut(reference)) {
                    DocumentNumbers.of(connection, child.checks().skipMissing(reference));
                }
            }
        }
        return ords;
    }

    /** Forgets staged documents that wait for nothing any more. */
    void settle() throws SQLException {
        if (any()) {
            Statements.execute(connection, statements.settle(documents, rowKey, waiting));
        }
    }

    /** Whether any document of the table waits. */
    boolean any() throws SQLException {
        return tree.hasPendingElements()
                && !Statements.rows(connection, statements.any(), row -> row.getInt(1))
                        .isEmpty();
    }

    /** Keeps the staged documents that wait for something. */
    void remember(List<? extends MappedDocument<?>> batch, long run) throws SQLException {
        if (!tree.hasPendingElements()) {
            return;
        }
        BitSet ords = DocumentNumbers.of(
                connection,
                Sql.text(DSL.selectDistinct(DSL.field(DSL.name("ord"))).from(waiting)));
        if (ords.isEmpty()) {
            return;
        }
        try (PreparedStatement keep = connection.prepareStatement(statements.keep(documents, rowKey, run))) {
            for (int ord = ords.nextSetBit(0); ord >= 0; ord = ords.nextSetBit(ord + 1)) {
                keep.setBytes(1, batch.get(ord).bson());
                keep.setInt(2, ord);
                keep.addBatch();
            }
            keep.executeBatch();
        }
        Statements.execute(connection, statements.settleElements(documents, rowKey, waiting));
        Statements.execute(connection, statements.keepElements(documents, rowKey, waiting));
    }
}
