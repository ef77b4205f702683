package io.docrows.internal.write;

import io.docrows.internal.mapping.CompiledMapping;
import io.docrows.internal.table.LinkTable;
import io.docrows.internal.target.TableCatalog;
import io.docrows.mapping.JoinMapping;
import io.docrows.mapping.MappedDocument;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jooq.TableRecord;
import org.jspecify.annotations.Nullable;

/**
 * The ids of a lookup table's rows, by the array elements that name them. Remembers what it found, as far as it was
 * committed, up to a bound. Not thread-safe.
 */
final class LookupIds {

    private static final int REMEMBERED = 50_000;
    private static final int FEW = 16;

    private final int number;
    private final JoinMapping join;
    private final KeyLookup lookup;
    private final Map<Object, Object> committed = new HashMap<>();
    private final Map<Object, Object> fresh = new HashMap<>();

    LookupIds(Connection connection, String tables, LinkTable link, TableCatalog catalog) {
        this.number = link.number();
        this.join = link.mapping();
        this.lookup = new KeyLookup(
                connection,
                tables + "_" + number,
                join.join().lookup(),
                catalog,
                join.otherId(),
                join.join().other().getDataType());
    }

    JoinMapping join() {
        return join;
    }

    KeyLookup lookup() {
        return lookup;
    }

    /** What was found and not committed may have been rolled back. */
    void forget() {
        fresh.clear();
    }

    void committed() {
        if (committed.size() + fresh.size() > REMEMBERED) {
            committed.clear();
        }
        committed.putAll(fresh);
        fresh.clear();
    }

    /** Finds the ids of all elements of these documents, and inserts the elements that are missing if it is to. */
    <R extends TableRecord<R>> void find(List<MappedDocument<R>> documents, boolean inserting) throws SQLException {
        Set<Object> unknown = new LinkedHashSet<>();
        for (MappedDocument<R> document : documents) {
            for (Object element : CompiledMapping.links(document, number)) {
                if (!isKnown(element)) {
                    unknown.add(element);
                }
            }
        }
        if (unknown.isEmpty()) {
            return;
        }
        List<Object> elements = new ArrayList<>(unknown);
        lookup.stage(elements);
        if (inserting) {
            lookup.insertMissing();
        }
        @Nullable Object[] ids = lookup.ids();
        for (int i = 0; i < ids.length; i++) {
            Object id = ids[i];
            if (id != null) {
                fresh.put(elements.get(i), id);
            }
        }
    }

    private boolean isKnown(Object element) {
        return committed.containsKey(element) || fresh.containsKey(element);
    }

    /**
     * The ids that a document is linked to.
     *
     * @return distinct ids, as two elements may be equal to the database, or null if an element has none
     */
    <R extends TableRecord<R>> @Nullable List<Object> of(MappedDocument<R> document) {
        List<?> elements = CompiledMapping.links(document, number);
        if (elements.isEmpty()) {
            return List.of();
        }
        List<Object> ids = new ArrayList<>(elements.size());
        for (Object element : elements) {
            Object id = committed.get(element);
            id = id == null ? fresh.get(element) : id;
            if (id == null) {
                return null;
            }
            ids.add(id);
        }
        return ids.size() <= FEW ? distinct(ids) : List.copyOf(new LinkedHashSet<>(ids));
    }

    /** The first element of a document that the lookup table does not hold, or null if it holds all. */
    <R extends TableRecord<R>> @Nullable Object missing(MappedDocument<R> document) {
        for (Object element : CompiledMapping.links(document, number)) {
            if (!isKnown(element)) {
                return element;
            }
        }
        return null;
    }

    /** Compares each with each, which is faster for a few than to build a set of them. */
    private static List<Object> distinct(List<Object> ids) {
        for (int i = ids.size() - 1; i > 0; i--) {
            if (ids.indexOf(ids.get(i)) < i) {
                ids.remove(i);
            }
        }
        return ids;
    }
}
