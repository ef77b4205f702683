package io.docrows.internal.write;

import io.docrows.internal.mapping.CompiledMapping;
import io.docrows.internal.target.TableCatalog;
import io.docrows.mapping.MappedDocument;
import io.docrows.mapping.ReferenceMapping;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jooq.DataType;
import org.jooq.TableRecord;
import org.jspecify.annotations.Nullable;

/**
 * The ids of the rows that one reference of a batch's documents leads to: from memory, or else from the table. Not
 * thread-safe.
 */
final class ParentIds<R extends TableRecord<R>> {

    /** How many keys are looked up at once in memory: some pages of it, which the processor's cache holds. */
    private static final int TOGETHER = 64;

    private final ReferenceMapping<R> reference;
    private final DataType<?> idType;
    private final @Nullable IdsByKey known;
    private final ColumnEncoder<?> encoder;
    private final EncodedKeys keys = new EncodedKeys(TOGETHER);
    private final @Nullable Long[] found = new Long[TOGETHER];
    private final KeyLookup lookup;

    ParentIds(Connection connection, ReferenceMapping<R> reference, TableCatalog catalog, @Nullable IdsByKey known) {
        this.reference = reference;
        this.idType = reference.column().getDataType();
        this.known = known;
        this.encoder = ColumnEncoder.of(reference.parentKey());
        this.lookup = new KeyLookup(
                connection,
                "docrows_parents_" + reference.index(),
                reference.parentKey(),
                catalog.equality(reference.parentKey()),
                reference.parentId(),
                idType);
    }

    KeyLookup lookup() {
        return lookup;
    }

    /** An id for each document, null where it names no row or one that is not there. */
    @Nullable Object[] of(List<MappedDocument<R>> documents) throws SQLException {
        @Nullable Object[] ids = new Object[documents.size()];
        Map<Object, List<Integer>> unknown = new HashMap<>();
        for (int from = 0; from < ids.length; from += TOGETHER) {
            recall(documents, from, Math.min(from + TOGETHER, ids.length), ids, unknown);
        }
        if (!unknown.isEmpty()) {
            lookUp(unknown, ids);
        }
        return ids;
    }

    /** Puts the ids that are in memory where some documents are, and the keys of the others into a map. */
    private void recall(
            List<MappedDocument<R>> documents,
            int from,
            int to,
            @Nullable Object[] ids,
            Map<Object, List<Integer>> unknown) {
        keys.clear();
        for (int i = from; i < to && known != null; i++) {
            Object key = CompiledMapping.reference(documents.get(i), reference.index());
            if (key != null) {
                keys.add(encoder, key);
            }
        }
        if (known != null) {
            known.find(keys, found);
        }
        int next = 0;
        for (int i = from; i < to; i++) {
            Object key = CompiledMapping.reference(documents.get(i), reference.index());
            if (key != null) {
                Long id = known == null ? null : found[next++];
                if (id == null) {
                    unknown.computeIfAbsent(key, any -> new ArrayList<>(1)).add(i);
                } else {
                    ids[i] = idType.convert(id);
                }
            }
        }
    }

    /** Asks the table for keys, and puts their ids where the documents are that hold them. */
    private void lookUp(Map<Object, List<Integer>> unknown, @Nullable Object[] ids) throws SQLException {
        List<Object> keys = new ArrayList<>(unknown.keySet());
        // Keys in order lead to places near each other, in the index and often in the table.
        if (keys.get(0) instanceof Comparable<?>) {
            keys.sort(null);
        }
        lookup.stage(keys);
        @Nullable Object[] found = lookup.ids();
        for (int ord = 0; ord < found.length; ord++) {
            for (int i : unknown.getOrDefault(keys.get(ord), List.of())) {
                ids[i] = found[ord];
            }
        }
    }
}
