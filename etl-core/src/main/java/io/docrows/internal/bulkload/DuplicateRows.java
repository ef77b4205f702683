package io.docrows.internal.bulkload;

import io.docrows.internal.column.QualifiedName;
import io.docrows.internal.mapping.CompiledMapping;
import io.docrows.internal.metadata.DroppedConstraint;
import io.docrows.internal.metadata.PendingDocumentStatements;
import io.docrows.internal.metadata.PendingReferenceStatements;
import io.docrows.internal.table.ChildTable;
import io.docrows.internal.table.DoomedRows;
import io.docrows.internal.table.LinkTable;
import io.docrows.internal.table.Stage;
import io.docrows.internal.table.TableTree;
import io.docrows.internal.table.Terms;
import io.docrows.internal.target.TableCatalog;
import io.docrows.internal.target.TargetCheck;
import io.docrows.mapping.CollectionMapping;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
    private static final String KEYS = "pg_temp.docrows_duplicate_keys";

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
     * Takes the documents of such rows out of all tables that a collection fills, with their join rows and pending
     * references: a document that is rejected has no row in any of them.
     *
     * @param connection without auto-commit; the caller commits
     * @param mappings every mapping of the collection that was loaded
     * @param constraint the unique constraint of the table of one of them
     * @return the keys of the documents, one for each document
     * @throws SQLException if it fails; the caller rolls back
     */
    public static List<String> remove(
            Connection connection, List<CollectionMapping<?>> mappings, DroppedConstraint constraint)
            throws SQLException {
        CollectionMapping<?> mapping = mappings.stream()
                .filter(constraint::isOf)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(constraint + " is not of a table of documents"));
        List<String> keys;
        try (Statement statement = connection.createStatement()) {
            find(statement, mapping, constraint);
            keys = takeOut(statement, mapping, TargetCheck.catalog(connection, mapping));
            for (CollectionMapping<?> other : mappings) {
                // Rows of others are not found by the key; they were never copied.
                if (other != mapping && CompiledMapping.keyedById(other) && !constraint.isOf(other)) {
                    findAgain(statement, other);
                    keys = together(keys, takeOut(statement, other, TargetCheck.catalog(connection, other)));
                }
            }
            statement.execute("DROP TABLE IF EXISTS " + FOUND + ", " + KEYS);
        }
        return keys;
    }

    /** Finds the rows that a constraint refuses. */
    private static void find(Statement statement, CollectionMapping<?> mapping, DroppedConstraint constraint)
            throws SQLException {
        String table = constraint.table();
        String values = constraint.columns().stream().map(DuplicateRows::quoted).collect(Collectors.joining(", "));
        boolean byKey = constraint.isUniqueKeyOf(mapping);
        String ranked =
                " JOIN (SELECT ctid, count(*) OVER same AS number, row_number() OVER (same ORDER BY ctid) AS rank FROM "
                        + table + " WHERE (" + values + ") IS NOT NULL WINDOW same AS (PARTITION BY " + values
                        + ")) ranked ON ranked.ctid = t.ctid";
        String key = "t." + key(mapping);
        String found = "SELECT t.ctid AS place, " + key + " AS key FROM " + table + " t";
        // All documents with the _id are read again: what another one with it has in the table goes, too.
        statement.execute(create(FOUND)
                + found
                + (byKey
                        ? ranked + " WHERE ranked.number > 1"
                        : " WHERE " + key + "::text IN (SELECT " + key + "::text FROM " + table + " t" + ranked
                                + " WHERE ranked.rank > 1)"));
    }

    /** Finds the rows that the same documents have in the table of another mapping. */
    private static void findAgain(Statement statement, CollectionMapping<?> other) throws SQLException {
        try (ResultSet kept = statement.executeQuery("SELECT to_regclass('" + KEYS + "') IS NOT NULL")) {
            kept.next();
            if (!kept.getBoolean(1)) {
                statement.execute(create(KEYS) + "SELECT DISTINCT key::text AS key FROM " + FOUND);
            }
        }
        statement.execute("DROP TABLE " + FOUND);
        statement.execute(create(FOUND) + "SELECT t.ctid AS place, t." + key(other) + " AS key FROM "
                + QualifiedName.of(other.table()) + " t JOIN " + KEYS + " k ON k.key = t." + key(other) + "::text");
    }

    private static String create(String temporary) {
        return "CREATE TEMP TABLE " + temporary.substring("pg_temp.".length()) + " ON COMMIT DROP AS ";
    }

    /** Takes out the rows that were found; returns the key of each. */
    private static List<String> takeOut(Statement statement, CollectionMapping<?> mapping, TableCatalog catalog)
            throws SQLException {
        TableTree tree = TableTree.of(mapping, catalog, Stage.ofBatch());
        for (LinkTable link : tree.links()) {
            statement.execute(link.deleteOf(FOUND_ROWS));
        }
        for (ChildTable child : tree.childrenFromBelow()) {
            statement.execute(child.deleteOf(FOUND_ROWS));
        }
        statement.execute(
                "DELETE FROM " + QualifiedName.of(mapping.table()) + " t USING " + FOUND + " d WHERE t.ctid = d.place");
        List<String> keys = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery("SELECT key FROM " + FOUND)) {
            while (rows.next()) {
                keys.add(rows.getString(1));
            }
        }
        Field<String> rowKey = Terms.text(Terms.staged("d", "key"));
        Table<?> found = FOUND_ROWS.table();
        statement.execute(PendingReferenceStatements.forget(mapping.table(), found, rowKey, DSL.trueCondition()));
        statement.execute(PendingDocumentStatements.forget(mapping.table(), found, rowKey, DSL.trueCondition()));
        return keys;
    }

    /** Each key as often as in the one or the other: a document has a row in each table. */
    private static List<String> together(List<String> one, List<String> other) {
        Map<String, Long> rest = count(other);
        count(one).forEach((key, number) -> rest.computeIfPresent(key, (any, more) -> more - number));
        List<String> all = new ArrayList<>(one);
        rest.forEach((key, number) -> {
            for (long i = 0; i < number; i++) {
                all.add(key);
            }
        });
        return all;
    }

    private static Map<String, Long> count(List<String> keys) {
        return keys.stream().collect(Collectors.groupingBy(key -> key, HashMap::new, Collectors.counting()));
    }

    private static String key(CollectionMapping<?> mapping) {
        return quoted(mapping.key().get(0).getName());
    }

    private static String quoted(String name) {
        Name quoted = DSL.name(name);
        return quoted.toString();
    }
}
