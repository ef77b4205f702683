package io.docrows.internal.orphan;

import io.docrows.internal.metadata.PendingReferenceStatements;
import io.docrows.internal.postgres.Sql;
import io.docrows.internal.stage.Span;
import io.docrows.internal.target.ColumnEquality;
import io.docrows.internal.target.TableCatalog;
import io.docrows.mapping.CollectionMapping;
import io.docrows.mapping.JoinMapping;
import io.docrows.mapping.ReferenceMapping;
import java.util.List;
import org.jooq.TableField;
import org.jspecify.annotations.Nullable;

/**
 * The SQL that finds rows without a document, and removes or marks them. In it, {@code t} is the mapped table and
 * {@code g} the rows found.
 */
final class OrphanStatements {

    private final CollectionMapping<?> mapping;
    private final TableCatalog catalog;
    private final OrphanTables tables;
    private final String table;
    private final String key;

    OrphanStatements(CollectionMapping<?> mapping, TableCatalog catalog, OrphanTables tables) {
        this.mapping = mapping;
        this.catalog = catalog;
        this.tables = tables;
        this.table = Sql.table(mapping.table());
        this.key = Sql.column(mapping.key().get(0));
    }

    List<String> create() {
        return List.of(
                "DROP TABLE IF EXISTS " + tables.seen(),
                "DROP TABLE IF EXISTS " + tables.orphans(),
                OrphanTables.create(
                        tables.seen(), "SELECT t." + key + " AS k, ''::text AS id FROM " + table + " t WITH NO DATA"),
                OrphanTables.create(
                        tables.orphans(),
                        "SELECT 0::int8 AS n, t." + key + " AS k, false AS kept FROM " + table + " t WITH NO DATA"));
    }

    List<String> drop() {
        return List.of("DROP TABLE IF EXISTS " + tables.seen(), "DROP TABLE IF EXISTS " + tables.orphans());
    }

    /** Finds the rows. Rows without a key never came from a document. */
    String find() {
        return "INSERT INTO " + tables.orphans() + " SELECT row_number() OVER (), t." + key + ", false FROM " + table
                + " t WHERE " + isPresent() + " AND NOT EXISTS (SELECT FROM " + tables.seen() + " s WHERE "
                + isRow("s.k") + ")";
    }

    /** Whether the row {@code t} has a key. */
    private String isRow(String sameKey) {
        return catalog.equality(mapping.key().get(0)).equal("t." + key, sameKey);
    }

    private String isPresent() {
        return "t." + key + " IS NOT NULL"
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
    String keepReferred(ReferringKey referring, @Nullable FutureReference future) {
        String now = "EXISTS (SELECT FROM " + referring.table() + " c WHERE " + referring.matches("c", "t")
                + referring.unlessOrphaned("c") + (future == null ? "" : future.unlessChanged("c", "t")) + ")";
        return "UPDATE " + tables.orphans() + " g SET kept = true FROM " + table + " t WHERE " + isRow("g.k")
                + " AND NOT g.kept AND (" + now + (future == null ? "" : " OR " + future.leadsTo("t")) + ")";
    }

    /** Takes the keys of documents from another table instead of reading them. */
    String see(String staged) {
        return "INSERT INTO " + tables.seen() + " (k, id) SELECT c0, id FROM " + staged;
    }

    /** Keeps one row, because PostgreSQL refuses to let it go. */
    String keep(long number) {
        return "UPDATE " + tables.orphans() + " SET kept = true WHERE n = " + number;
    }

    /** Remembers what a reference led to, for it is set to NULL; its document says the same as before. */
    String remember(CollectionMapping<?> child, ReferenceMapping<?> reference, ColumnEquality id, long run, Span some) {
        String rowKey = "c." + Sql.column(child.key().get(0));
        String referencedKey = "t." + Sql.column(reference.parentKey());
        return new PendingReferenceStatements(child.table(), List.of(reference.column()))
                .replace(
                        Sql.table(child.table()) + " c JOIN " + table + " t ON "
                                + id.equal(
                                        "t." + Sql.column(reference.parentId()), "c." + Sql.column(reference.column()))
                                + " JOIN " + tables.orphans() + " g ON " + isRow("g.k") + " WHERE " + isOneOf(some, "g")
                                + " AND " + rowKey + " IS NOT NULL AND " + referencedKey + " IS NOT NULL",
                        rowKey + "::text",
                        referencedKey + "::text",
                        run);
    }

    /** Deletes rows of a join table. */
    String deleteLinks(JoinMapping join, Span some) {
        return "DELETE FROM " + Sql.table(join.join().table()) + " j USING " + table + " t, " + tables.orphans()
                + " g WHERE "
                + catalog.equality(join.ownerId())
                        .equal("j." + Sql.column(join.join().owner()), "t." + Sql.column(join.ownerId()))
                + " AND " + isRow("g.k") + " AND " + isOneOf(some, "g");
    }

    /** Deletes rows of the mapped table. */
    String deleteRows(Span some) {
        return "DELETE FROM " + table + " t USING " + tables.orphans() + " g WHERE " + isRow("g.k") + " AND "
                + isOneOf(some, "g");
    }

    /** Marks rows of the mapped table. */
    String markRows(TableField<?, ?> deletedAt, Span some) {
        return "UPDATE " + table + " t SET " + Sql.column(deletedAt) + " = now() FROM " + tables.orphans() + " g WHERE "
                + isRow("g.k") + " AND " + isOneOf(some, "g");
    }

    /** Forgets what deleted rows waited for. */
    String forgetPending(Span some) {
        return PendingReferenceStatements.forget(
                mapping.table(), tables.orphans() + " g", "g.k::text", isOneOf(some, "g"));
    }

    /** Whether a row found is one of those, and is to go. */
    private static String isOneOf(Span some, String row) {
        return row + ".n >= " + some.from() + " AND " + row + ".n < " + some.to() + " AND NOT " + row + ".kept";
    }
}
