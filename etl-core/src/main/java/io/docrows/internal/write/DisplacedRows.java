package io.docrows.internal.write;

import io.docrows.internal.postgres.Statements;
import io.docrows.internal.postgres.WritableColumns;
import io.docrows.internal.table.ChildDisplacement;
import io.docrows.internal.table.ChildTable;
import io.docrows.internal.table.TableTree;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.BitSet;
import java.util.List;

/**
 * Replaces the rows that some documents have in a child table and below it: all are deleted, and inserted as their
 * documents want them, with the ids and the other values that they had. Not thread-safe.
 */
final class DisplacedRows {

    private final Connection connection;
    private final TableTree tree;
    private final List<Integer> documents;

    DisplacedRows(Connection connection, TableTree tree, BitSet documents) {
        this.connection = connection;
        this.tree = tree;
        this.documents = documents.stream().boxed().toList();
    }

    /**
     * Replaces the rows of one table, and those below them.
     *
     * @param tally counts the rows that become others
     */
    void replace(ChildTable table, RowTally tally) throws SQLException {
        for (ChildTable child : tree.children()) {
            if (child.isWithin(table)) {
                List<String> columns =
                        WritableColumns.of(connection, child.mapping().table());
                Statements.execute(connection, child.displacement().keep(documents, columns));
            }
        }
        for (ChildTable child : tree.childrenFromBelow()) {
            if (child.isWithin(table) && child != table) {
                Statements.execute(connection, child.displacement().delete(documents));
            }
        }
        for (ChildTable child : tree.children()) {
            if (child.isWithin(table)) {
                ChildDisplacement rows = child.displacement();
                List<String> columns =
                        WritableColumns.of(connection, child.mapping().table());
                Statements.execute(
                        connection, child == table ? rows.replace(documents, columns) : rows.restore(columns));
                tally.updated(child.mapping().table(), DocumentNumbers.add(connection, rows.differing(), new BitSet()));
                Statements.execute(connection, rows.forget());
            }
        }
    }
}
