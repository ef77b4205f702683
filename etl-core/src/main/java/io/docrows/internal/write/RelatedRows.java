package io.docrows.internal.write;

import io.docrows.internal.target.TableCatalog;
import io.docrows.mapping.CollectionMapping;
import io.docrows.mapping.JoinMapping;
import io.docrows.mapping.MappedDocument;
import io.docrows.mapping.ReferenceMapping;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jooq.TableRecord;
import org.jspecify.annotations.Nullable;

/**
 * The rows of other tables that documents lead to: by references to their parents, by joins to those of lookup tables.
 * Not thread-safe.
 */
final class RelatedRows<R extends TableRecord<R>> {

    private final List<ParentIds<R>> parents = new ArrayList<>();
    private final List<LookupIds> lookups = new ArrayList<>();

    RelatedRows(Connection connection, CollectionMapping<R> mapping, TableCatalog catalog, KnownParents known) {
        for (ReferenceMapping<R> reference : mapping.references()) {
            parents.add(new ParentIds<>(connection, reference, catalog, known.of(reference)));
        }
        for (JoinMapping join : mapping.joins()) {
            lookups.add(new LookupIds(connection, join, catalog));
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

    /** A transaction begins; what the last one found may have been rolled back. */
    void begin() {
        parents.forEach(parent -> parent.lookup().begin());
        lookups.forEach(LookupIds::begin);
    }

    /** The transaction was committed. */
    void committed() {
        lookups.forEach(LookupIds::committed);
    }

    /** Finds the rows, but inserts none. */
    Ids find(List<MappedDocument<R>> documents) throws SQLException {
        return find(documents, false);
    }

    /** Finds the rows; those of lookup tables are inserted where they are missing and the mapping wants it. */
    Ids findOrInsert(List<MappedDocument<R>> documents) throws SQLException {
        return find(documents, true);
    }

    /** The first element of a document's array that was not found, or null if all were. */
    @Nullable Object missing(JoinMapping join, MappedDocument<R> document) {
        return lookups.get(join.index()).missing(document);
    }

    private Ids find(List<MappedDocument<R>> documents, boolean inserting) throws SQLException {
        List<@Nullable Object[]> ofParents = new ArrayList<>();
        for (ParentIds<R> parent : parents) {
            ofParents.add(parent.of(documents));
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
        return new Ids(ofParents, ofLookups);
    }

    private List<KeyLookup> tables() {
        List<KeyLookup> tables = new ArrayList<>();
        parents.forEach(parent -> tables.add(parent.lookup()));
        lookups.forEach(lookup -> tables.add(lookup.lookup()));
        return tables;
    }

    /**
     * What some documents lead to.
     *
     * @param parents for each reference the parent's id of each document, null where it names none or one that is not
     *     there
     * @param lookups for each join the ids that each document is linked to, null where one is not there
     */
    record Ids(List<@Nullable Object[]> parents, List<List<@Nullable List<Object>>> lookups) {}
}
