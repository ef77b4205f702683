package io.docrows.internal.write;

import io.docrows.internal.decode.NestedRows;
import io.docrows.internal.mapping.CompiledMapping;
import io.docrows.internal.table.ChildTable;
import io.docrows.internal.table.LinkTable;
import io.docrows.internal.table.Reference;
import io.docrows.internal.table.TableTree;
import io.docrows.internal.target.TableCatalog;
import io.docrows.mapping.MappedDocument;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jooq.TableRecord;
import org.jspecify.annotations.Nullable;

/**
 * Resolves the natural keys in documents to the ids of rows: those of references to rows of other documents, those of
 * joins to rows of lookup tables. Not thread-safe.
 */
final class KeyResolver<R extends TableRecord<R>> {

    private final TableTree tree;
    private final List<ReferencedIds> references = new ArrayList<>();
    private final List<LookupIds> lookups = new ArrayList<>();
    private final List<List<ReferencedIds>> ofChildren = new ArrayList<>();

    KeyResolver(Connection connection, TableTree tree, TableCatalog catalog, KeyCache keyCache) {
        this.tree = tree;
        for (Reference reference : tree.documents().references()) {
            references.add(new ReferencedIds(
                    connection,
                    tree.stage().beside("parents") + "_" + reference.number(),
                    reference.mapping(),
                    catalog,
                    keyCache.of(reference.mapping())));
        }
        for (LinkTable link : tree.links()) {
            lookups.add(new LookupIds(connection, tree.stage().beside("lookups"), link, catalog));
        }
        for (ChildTable child : tree.children()) {
            List<ReferencedIds> own = new ArrayList<>();
            for (Reference reference : child.references()) {
                own.add(new ReferencedIds(
                        connection,
                        tree.stage().beside("parents") + "_" + child.number() + "_" + reference.number(),
                        reference.mapping(),
                        catalog,
                        keyCache.of(reference.mapping())));
            }
            ofChildren.add(own);
        }
    }

    /** Makes the temporary tables; the caller commits. */
    void create() throws SQLException {
        for (KeyLookup table : tables()) {
            table.create();
        }
    }

    /** Drops the temporary tables; the caller commits. */
    void drop() throws SQLException {
        for (KeyLookup table : tables()) {
            table.drop();
        }
    }

    /** What was found and not committed may have been rolled back. */
    void forget() {
        tables().forEach(KeyLookup::forget);
        lookups.forEach(LookupIds::forget);
    }

    /** The transaction was committed. */
    void committed() {
        tables().forEach(KeyLookup::committed);
        lookups.forEach(LookupIds::committed);
    }

    /** Finds the rows that documents lead to. */
    Ids find(List<MappedDocument<R>> documents) throws SQLException {
        return find(documents, false);
    }

    /** Finds them, and inserts those that lookup tables do not hold where the mapping says so. */
    Ids findOrInsert(List<MappedDocument<R>> documents) throws SQLException {
        return find(documents, true);
    }

    /** The first element of a document that the lookup table does not hold, or null if it holds all. */
    @Nullable Object missing(LinkTable link, MappedDocument<R> document) {
        return lookups.get(link.number()).missing(document);
    }

    private Ids find(List<MappedDocument<R>> documents, boolean inserting) throws SQLException {
        List<@Nullable Object[]> ofParents = new ArrayList<>();
        for (int reference = 0; reference < references.size(); reference++) {
            @Nullable Object[] keys = new Object[documents.size()];
            for (int i = 0; i < keys.length; i++) {
                keys[i] = CompiledMapping.reference(documents.get(i), reference);
            }
            ofParents.add(references.get(reference).of(keys, inserting));
        }
        List<List<@Nullable List<Object>>> ofLookups = new ArrayList<>();
        for (LookupIds lookup : lookups) {
            lookup.find(documents, inserting && lookup.join().join().insertsMissing());
            List<@Nullable List<Object>> linked = new ArrayList<>(documents.size());
            for (MappedDocument<R> document : documents) {
                linked.add(lookup.of(document));
            }
            ofLookups.add(linked);
        }
        List<List<@Nullable Object[]>> ofChildTables = new ArrayList<>();
        for (ChildTable child : tree.children()) {
            List<@Nullable Object[]> own = new ArrayList<>();
            for (int reference = 0; reference < child.references().size(); reference++) {
                own.add(ofChildren.get(child.number()).get(reference).of(keys(documents, child, reference), inserting));
            }
            ofChildTables.add(own);
        }
        return new Ids(ofParents, ofLookups, ofChildTables);
    }

    /**
     * The natural keys by which the rows of a child table refer, all rows of a document after those of the one before.
     */
    private static @Nullable Object[] keys(
            List<? extends MappedDocument<?>> documents, ChildTable child, int reference) {
        int value = child.mapping().columns().size() + reference;
        List<@Nullable Object> keys = new ArrayList<>();
        for (MappedDocument<?> document : documents) {
            NestedRows rows = CompiledMapping.rows(document, child.mapping());
            for (int row = 0; row < rows.size(); row++) {
                keys.add(rows.values(row)[value]);
            }
        }
        return keys.toArray();
    }

    private List<KeyLookup> tables() {
        List<KeyLookup> tables = new ArrayList<>();
        references.forEach(parent -> tables.add(parent.lookup()));
        lookups.forEach(lookup -> tables.add(lookup.lookup()));
        ofChildren.forEach(own -> own.forEach(reference -> tables.add(reference.lookup())));
        return tables;
    }

    /**
     * Ids of rows.
     *
     * @param parents for each reference an id for each document, null where there is no row
     * @param lookups for each join the ids for each document, null where an element has no row
     * @param children for each child table and each of its references an id for each row of all documents
     */
    record Ids(
            List<@Nullable Object[]> parents,
            List<List<@Nullable List<Object>>> lookups,
            List<List<@Nullable Object[]>> children) {}
}
