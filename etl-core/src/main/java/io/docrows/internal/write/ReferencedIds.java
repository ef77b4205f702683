package io.docrows.internal.write;

import io.docrows.internal.target.TableCatalog;
import io.docrows.mapping.ReferenceMapping;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jooq.DataType;
import org.jspecify.annotations.Nullable;

/**
 * The ids of the rows that one reference leads to, for all rows of a batch: from memory, or else from the table. Not
 * thread-safe.
 */
final class ReferencedIds {

    /** How many keys are looked up at once in memory: some pages of it, which the processor's cache holds. */
    private static final int TOGETHER = 64;

    private final ReferenceMapping<?> reference;
    private final DataType<?> idType;
    private final @Nullable IdsByKey known;
    private final ColumnEncoder<?> encoder;
    private final EncodedKeys keys = new EncodedKeys(TOGETHER);
    private final @Nullable Long[] found = new Long[TOGETHER];
    private final KeyLookup lookup;

    /**
     * The ids of one reference's rows.
     *
     * @param name a name for a temporary table, unique in the session
     * @param known what is known of the rows beforehand
     */
    ReferencedIds(
            Connection connection,
            String name,
            ReferenceMapping<?> reference,
            TableCatalog catalog,
            @Nullable IdsByKey known) {
        this.reference = reference;
        this.idType = reference.column().getDataType();
        this.known = known;
        this.encoder = ColumnEncoder.of(reference.parentKey(), catalog);
        this.lookup = new KeyLookup(connection, name, reference.parentKey(), catalog, reference.parentId(), idType);
    }

    KeyLookup lookup() {
        return lookup;
    }

    /**
     * An id for each natural key, null where it is null or names a row that is not there.
     *
     * @param naturalKeys keys, some of them null
     * @param inserting whether a row that is not there is inserted, if the mapping says so
     */
    @Nullable Object[] of(@Nullable Object[] naturalKeys, boolean inserting) throws SQLException {
        @Nullable Object[] ids = new Object[naturalKeys.length];
        Map<Object, List<Integer>> unknown = new HashMap<>();
        for (int from = 0; from < ids.length; from += TOGETHER) {
            recall(naturalKeys, from, Math.min(from + TOGETHER, ids.length), ids, unknown);
        }
        if (!unknown.isEmpty()) {
            lookUp(unknown, ids, inserting && reference.insertMissing());
        }
        return ids;
    }

    /** Puts the ids that are in memory where their keys are, and the other keys into a map. */
    private void recall(
            @Nullable Object[] naturalKeys,
            int from,
            int to,
            @Nullable Object[] ids,
            Map<Object, List<Integer>> unknown) {
        keys.clear();
        for (int i = from; i < to && known != null; i++) {
            Object key = naturalKeys[i];
            if (key != null) {
                keys.add(encoder, key);
            }
        }
        if (known != null) {
            known.find(keys, found);
        }
        int next = 0;
        for (int i = from; i < to; i++) {
            Object key = naturalKeys[i];
            if (key != null) {
                Object id = known == null ? null : ofReference(found[next++]);
                if (id == null) {
                    unknown.computeIfAbsent(key, any -> new ArrayList<>(1)).add(i);
                } else {
                    ids[i] = id;
                }
            }
        }
    }

    /** An id as the column that refers to it holds it; null if that is too narrow, which PostgreSQL is to tell. */
    private @Nullable Object ofReference(@Nullable Long id) {
        Object converted = id == null ? null : idType.convert(id);
        return converted instanceof Number number && id != null && number.longValue() != id ? null : converted;
    }

    /** Asks the table for keys, and puts their ids where the rows are that hold them. */
    private void lookUp(Map<Object, List<Integer>> unknown, @Nullable Object[] ids, boolean inserting)
            throws SQLException {
        List<Object> keys = new ArrayList<>(unknown.keySet());
        // Keys in order lead to places near each other, in the index and often in the table.
        if (keys.get(0) instanceof Comparable<?>) {
            keys.sort(null);
        }
        lookup.stage(keys);
        if (inserting) {
            lookup.insertMissing();
        }
        @Nullable Object[] found = lookup.ids();
        for (int ord = 0; ord < found.length; ord++) {
            for (int i : unknown.getOrDefault(keys.get(ord), List.of())) {
                ids[i] = found[ord];
            }
        }
    }
}
