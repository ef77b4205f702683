package io.docrows.internal.orphan;

import io.docrows.internal.metadata.PendingDocumentStatements;
import io.docrows.internal.metadata.PendingReferenceStatements;
import io.docrows.internal.postgres.Sql;
import io.docrows.internal.stage.Span;
import io.docrows.internal.table.DoomedRows;
import io.docrows.internal.table.OwnedRows;
import io.docrows.internal.table.RowKey;
import io.docrows.internal.table.Stage;
import io.docrows.internal.table.TableTree;
import io.docrows.internal.target.ColumnEquality;
import io.docrows.internal.target.TableCatalog;
import io.docrows.mapping.CollectionMapping;
import io.docrows.mapping.ReferenceMapping;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jooq.Condition;
import org.jooq.Table;
import org.jooq.TableField;
import org.jooq.impl.DSL;

/**
 * The SQL that finds rows without a document, and removes or marks them. In it, {@code t} is the mapped table and
 * {@code g} the rows found.
 */
final class OrphanStatements {

    private final CollectionMapping<?> mapping;
    private final TableCatalog catalog;
    private final TableTree tree;
    private final RowKey key;
    private final OrphanTables tables;
    private final String table;

    OrphanStatements(CollectionMapping<?> mapping, TableCatalog catalog, OrphanTables tables) {
        this.mapping = mapping;
        this.catalog = catalog;
        this.tree = TableTree.of(mapping, catalog, Stage.ofBatch());
        this.key = new RowKey(mapping, catalog);
        this.tables = tables;
        this.table = Sql.table(mapping.table());
    }

    TableTree tree() {
        return tree;
    }

    List<String> create() {
        return List.of(
                "DROP TABLE IF EXISTS " + tables.seen(),
                "DROP TABLE IF EXISTS " + tables.orphans(),
                OrphanTables.create(
                        tables.seen(),
                        "SELECT " + key.selected("t") + ", ''::text AS id FROM " + table + " t WITH NO DATA"),
                OrphanTables.create(
                        tables.orphans(),
                        "SELECT 0::int8 AS n, " + key.selected("t") + ", false AS kept FROM " + table
                                + " t WITH NO DATA"));
    }

    List<String> drop() {
        return List.of("DROP TABLE IF EXISTS " + tables.seen(), "DROP TABLE IF EXISTS " + tables.orphans());
    }

    /** Finds the rows. Rows without a key never came from a document. */
    String find() {
        return "INSERT INTO " + tables.orphans() + " SELECT row_number() OVER (), " + key.selected("t")
                + ", false FROM " + table + " t WHERE " + isPresent() + " AND NOT EXISTS (SELECT FROM " + tables.seen()
                + " s WHERE " + key.isRowOf("t", "s") + ")";
    }

    /** Finds the rows whose keys were seen. */
    String findSeen() {
        return "INSERT INTO " + tables.orphans() + " SELECT row_number() OVER (), g.*, false FROM (SELECT DISTINCT "
                + key.selected("t") + " FROM " + tables.seen() + " s JOIN " + table + " t ON " + key.isRowOf("t", "s")
                + " WHERE " + isPresent() + ") g";
    }

    /** The {@code _id}s of documents that have a row which is kept. */
    String keptIds() {
        return "SELECT s.id FROM " + tables.seen() + " s JOIN " + tables.orphans() + " g ON g.kept AND "
                + key.isSame("g", "s");
    }

    private String isPresent() {
        return key.isPresent("t")
                + new OwnedRows(mapping, catalog).andIsOwn("t")
                + mapping.deletedAt()
                        .map(column -> " AND t." + Sql.column(column) + " IS NULL")
                        .orElse("");
    }

    /** How many rows there are. */
    String countRows() {
        return "SELECT count(*) FROM " + table + " t WHERE " + isPresent();
    }

    /** How many rows would go. */
    String countGoing() {
        return "SELECT count(*) FROM " + tables.orphans() + " g WHERE NOT g.kept";
    }

    /** How many orphaned rows stay. */
    String countKept() {
        return "SELECT count(*) FROM " + tables.orphans() + " g WHERE g.kept";
    }

    /** How many rows were found. */
    String countFound() {
        return "SELECT count(*) FROM " + tables.orphans();
    }

    /** Keeps rows that another row refers to which stays, as it is or as it will be. */
    String keepReferred(ReferringKey referring, List<FutureReference> future) {
        return "UPDATE " + tables.orphans() + " g SET kept = true FROM " + table + " t WHERE " + key.isRowOf("t", "g")
                + " AND NOT g.kept AND " + referring.keeps("t", future);
    }

    /** Takes the keys of documents from another table instead of reading them. */
    String see(String staged) {
        return "INSERT INTO " + tables.seen() + " (" + key.names() + ", id) SELECT " + key.names() + ", id FROM "
                + staged;
    }

    /** Takes documents that have no row of this mapping from another table. */
    String seeOthers(String staged) {
        return "INSERT INTO " + tables.seen() + " (id) SELECT id FROM " + staged;
    }

    /** The names of the columns that keys are read into. */
    String seenColumns() {
        return key.names() + ", id";
    }

    /** Whether a row is among those that are to go. */
    String isGoing(String row) {
        return "EXISTS (SELECT FROM " + tables.orphans() + " o WHERE " + key.isRowOf(row, "o") + " AND NOT o.kept)";
    }

    /** Keeps one row, because PostgreSQL refuses to let it go. */
    String keep(long number) {
        return "UPDATE " + tables.orphans() + " SET kept = true WHERE n = " + number;
    }

    /** Remembers what a reference led to, for it is set to NULL; its document says the same as before. */
    String remember(CollectionMapping<?> child, ReferenceMapping<?> reference, ColumnEquality id, long run, Span some) {
        String referencedKey = "t." + Sql.column(reference.parentKey());
        String present = child.key().stream()
                .map(column -> " AND c." + Sql.column(column) + " IS NOT NULL")
                .collect(Collectors.joining());
        return new PendingReferenceStatements(child.table(), List.of(reference.column()))
                .replace(
                        Sql.table(child.table()) + " c JOIN " + table + " t ON "
                                + id.equal(
                                        "t." + Sql.column(reference.parentId()), "c." + Sql.column(reference.column()))
                                + " JOIN " + tables.orphans() + " g ON " + key.isRowOf("t", "g") + " WHERE "
                                + isOneOf(some, "g") + present + " AND " + referencedKey + " IS NOT NULL",
                        RowKey.text(child, "c"),
                        referencedKey + "::text",
                        run);
    }

    /** Deletes rows of join tables and of child tables, the deepest first. */
    List<String> deleteBelow(Span some) {
        List<String> statements = new ArrayList<>();
        tree.links().forEach(link -> statements.add(link.deleteOf(doomed(some))));
        tree.childrenFromBelow().forEach(child -> statements.add(child.deleteOf(doomed(some))));
        return statements;
    }

    /** Deletes rows of the mapped table. */
    String deleteRows(Span some) {
        return tree.documents().deleteOf(doomed(some));
    }

    /** Marks rows of the mapped table. */
    String markRows(TableField<?, ?> deletedAt, Span some) {
        return "UPDATE " + table + " t SET " + Sql.column(deletedAt) + " = now() FROM " + tables.orphans() + " g WHERE "
                + key.isRowOf("t", "g") + " AND " + isOneOf(some, "g");
    }

    /** Forgets what deleted rows, and those below them, waited for. */
    List<String> forgetPending(Span some) {
        String rows = tables.orphans() + " g";
        return List.of(
                PendingReferenceStatements.forget(mapping.table(), rows, key.stagedText("g"), isOneOf(some, "g")),
                PendingDocumentStatements.forget(mapping.table(), rows, key.stagedText("g"), isOneOf(some, "g")));
    }

    private DoomedRows doomed(Span some) {
        return new DoomedRows() {
            @Override
            public Table<?> table() {
                return Stage.table(tables.orphans(), "g");
            }

            @Override
            public Condition isRow(String row) {
                return DSL.condition(key.isRowOf(row, "g") + " AND " + isOneOf(some, "g"));
            }
        };
    }

    /** Whether a row found is one of those, and is to go. */
    private static String isOneOf(Span some, String row) {
        return row + ".n >= " + some.from() + " AND " + row + ".n < " + some.to() + " AND NOT " + row + ".kept";
    }
}
