package io.docrows.internal.write;

import io.docrows.mapping.MappedDocument;
import io.docrows.mapping.ReferenceMapping;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jooq.TableRecord;
import org.jspecify.annotations.Nullable;

/** The ids of the rows that one reference of a batch's documents leads to. Not thread-safe. */
final class ParentIds<R extends TableRecord<R>> {

    private final ReferenceMapping<R> reference;
    private final KeyLookup lookup;

    ParentIds(Connection connection, ReferenceMapping<R> reference) {
        this.reference = reference;
        this.lookup = new KeyLookup(
                connection,
                "docrows_parents_" + reference.index(),
                reference.parentKey(),
                reference.parentId(),
                reference.column().getDataType());
    }

    ReferenceMapping<R> reference() {
        return reference;
    }

    KeyLookup lookup() {
        return lookup;
    }

    /** An id for each document, null where it names no row or one that is not there. */
    @Nullable Object[] of(List<MappedDocument<R>> documents) throws SQLException {
        Map<Object, Integer> ords = new HashMap<>(documents.size() * 2);
        List<Object> keys = new ArrayList<>();
        int[] keyOf = new int[documents.size()];
        for (int i = 0; i < keyOf.length; i++) {
            Object key = documents.get(i).reference(reference.index());
            if (key == null) {
                keyOf[i] = -1;
                continue;
            }
            Integer ord = ords.putIfAbsent(key, keys.size());
            keyOf[i] = ord == null ? keys.size() : ord;
            if (ord == null) {
                keys.add(key);
            }
        }
        @Nullable Object[] ids = new Object[keyOf.length];
        if (!keys.isEmpty()) {
            lookup.stage(keys);
            @Nullable Object[] found = lookup.ids(keys.size());
            for (int i = 0; i < keyOf.length; i++) {
                ids[i] = keyOf[i] < 0 ? null : found[keyOf[i]];
            }
        }
        return ids;
    }
}
