package io.docrows.internal.write;

import io.docrows.internal.postgres.Statements;
import io.docrows.internal.postgres.WritableColumns;
import io.docrows.internal.table.ChildDisplacement;
import io.docrows.internal.table.ChildTable;
import io.docrows.internal.table.TableTree;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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
     * Replaces the rows of one table, and those below it.
     *
     * @param tally counts the rows that become others
     * @return the documents of those
     */
    BitSet replace(ChildTable table, RowTally tally) throws SQLException {
        Map<ChildTable, List<String>> columns = new HashMap<>();
        for (ChildTable child : tree.childrenFromBelow()) {
            if (child.isWithin(table)) {
                List<String> kept =
                        WritableColumns.of(connection, child.mapping().table());
                columns.put(child, kept);
                // When those below are gone, for a foreign key or a trigger may change this table's rows then.
                Statements.execute(connection, child.displacement().keep(documents, kept));
                if (child != table) {
                    Statements.execute(connection, child.displacement().delete(documents));
                }
            }
        }
        BitSet changed = new BitSet();
        for (ChildTable child : tree.children()) {
            List<String> kept = columns.get(child);
            if (kept != null) {
                ChildDisplacement rows = child.displacement();
                Statements.execute(connection, child == table ? rows.replace(documents, kept) : rows.restore(kept));
                tally.updated(child.mapping().table(), DocumentNumbers.add(connection, rows.differing(), changed));
                Statements.execute(connection, rows.forget());
            }
        }
        return changed;
    }
}
