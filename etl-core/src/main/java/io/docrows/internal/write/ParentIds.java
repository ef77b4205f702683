package io.docrows.internal.write;

import io.docrows.mapping.MappedDocument;
import io.docrows.mapping.ReferenceMapping;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
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

    private final ReferenceMapping<R> reference;
    private final DataType<?> idType;
    private final @Nullable IdsByKey known;
    private final ColumnEncoder<?> encoder;
    private final EncodedKey encoded = new EncodedKey();
    private final KeyLookup lookup;

    ParentIds(Connection connection, ReferenceMapping<R> reference, @Nullable IdsByKey known) {
        this.reference = reference;
        this.idType = reference.column().getDataType();
        this.known = known;
        this.encoder = ColumnEncoder.of(reference.parentKey());
        this.lookup = new KeyLookup(
                connection,
                "docrows_parents_" + reference.index(),
                reference.parentKey(),
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
        for (int i = 0; i < ids.length; i++) {
            Object key = documents.get(i).reference(reference.index());
            if (key != null) {
                Long id = known == null ? null : known.find(encoded.bytes(encoder, key), encoded.length());
                if (id == null) {
                    unknown.computeIfAbsent(key, any -> new ArrayList<>(1)).add(i);
                } else {
                    ids[i] = idType.convert(id);
                }
            }
        }
        if (!unknown.isEmpty()) {
            lookUp(unknown, ids);
        }
        return ids;
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

    /** The bytes of one key after the other, in the same array. */
    private static final class EncodedKey extends ByteArrayOutputStream {

        private final DataOutputStream out = new DataOutputStream(this);

        byte[] bytes(ColumnEncoder<?> encoder, Object key) {
            reset();
            encoder.write(key, out);
            // Without the length in front.
            System.arraycopy(buf, Integer.BYTES, buf, 0, length());
            return buf;
        }

        int length() {
            return count - Integer.BYTES;
        }
    }
}
