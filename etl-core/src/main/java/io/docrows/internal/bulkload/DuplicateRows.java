package io.docrows.internal.bulkload;

import io.docrows.internal.metadata.DroppedConstraint;
import io.docrows.internal.metadata.PendingDocumentStatements;
import io.docrows.internal.metadata.PendingReferenceStatements;
import io.docrows.internal.table.ChildTable;
import io.docrows.internal.table.DoomedRows;
import io.docrows.internal.table.LinkTable;
import io.docrows.internal.table.Stage;
import io.docrows.internal.table.TableTree;
import io.docrows.internal.table.Terms;
import io.docrows.internal.target.TargetCheck;
import io.docrows.mapping.CollectionMapping;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Name;
import org.jooq.Table;
import org.jooq.impl.DSL;

/**
 * The rows that a unique constraint refuses to be rebuilt over. Of those with the same value the first stays; of those
 * with the same key none does, as only their documents can tell which of them is to win.
 */
public final class DuplicateRows {

    private static final String FOUND = "pg_temp.docrows_duplicates";

    private static final DoomedRows FOUND_ROWS = new DoomedRows() {

        @Override
        public Table<?> table() {
            return Stage.table(FOUND, "d");
        }

        @Override
        public Condition isRow(String row) {
            return DSL.condition("{0} = {1}", DSL.field(DSL.name(row, "ctid")), DSL.field(DSL.name("d", "place")));
        }
    };

    private DuplicateRows() {}

    /**
     * Takes such rows out of the mapped table, with their join rows and pending references.
     *
     * @param connection without auto-commit; the caller commits
     * @param mapping what was loaded
     * @param constraint the unique constraint of the mapped table
     * @return the keys of the rows, one for each row
     * @throws SQLException if it fails; the caller rolls back
     */
    public static List<String> remove(Connection connection, CollectionMapping<?> mapping, DroppedConstraint constraint)
            throws SQLException {
        String table = constraint.table();
        String key = quoted(mapping.key().get(0).getName());
        String values = constraint.columns().stream().map(DuplicateRows::quoted).collect(Collectors.joining(", "));
        boolean byKey = constraint.isUniqueKeyOf(mapping);
        TableTree tree = TableTree.of(mapping, TargetCheck.catalog(connection, mapping), Stage.ofBatch());
        List<String> keys = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TEMP TABLE " + FOUND.substring("pg_temp.".length())
                    + " ON COMMIT DROP AS SELECT t.ctid AS place, t." + key
                    + " AS key FROM " + table
                    + " t JOIN (SELECT ctid, count(*) OVER same AS number, row_number() OVER (same ORDER BY ctid) AS rank FROM "
                    + table + " WHERE (" + values + ") IS NOT NULL WINDOW same AS (PARTITION BY " + values
                    + ")) ranked ON ranked.ctid = t.ctid WHERE " + (byKey ? "ranked.number > 1" : "ranked.rank > 1"));
            for (LinkTable link : tree.links()) {
                statement.execute(link.deleteOf(FOUND_ROWS));
            }
            for (ChildTable child : tree.childrenFromBelow()) {
                statement.execute(child.deleteOf(FOUND_ROWS));
            }
            statement.execute("DELETE FROM " + table + " t USING " + FOUND + " d WHERE t.ctid = d.place");
            try (ResultSet rows = statement.executeQuery("SELECT key FROM " + FOUND)) {
                while (rows.next()) {
                    keys.add(rows.getString(1));
                }
            }
            Field<String> rowKey = Terms.text(Terms.staged("d", "key"));
            Table<?> found = FOUND_ROWS.table();
            statement.execute(PendingReferenceStatements.forget(mapping.table(), found, rowKey, DSL.trueCondition()));
            statement.execute(PendingDocumentStatements.forget(mapping.table(), found, rowKey, DSL.trueCondition()));
            statement.execute("DROP TABLE " + FOUND);
        }
        return keys;
    }

    private static String quoted(String name) {
        Name quoted = DSL.name(name);
        return quoted.toString();
    }
}
