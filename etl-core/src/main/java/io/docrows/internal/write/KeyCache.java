package io.docrows.internal.write;

import io.docrows.internal.postgres.Sql;
import io.docrows.internal.table.TableTree;
import io.docrows.internal.table.Terms;
import io.docrows.mapping.CollectionMapping;
import io.docrows.mapping.ReferenceMapping;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.PGCopyInputStream;

/**
 * The keys that the references of a collection may hold, with the ids of their rows, as far as memory and temporary
 * files allow: read once, before the collection is loaded, where a statement for each batch would look them up. A key
 * that is not in here may be in the table all the same. Immutable once read, and thread-safe.
 */
public final class KeyCache {

    private static final Set<Class<?>> WHOLE_NUMBERS = Set.of(Long.class, Integer.class, Short.class);

    private static final int BUFFER = 64 * 1024;

    /** The flags and the length of the header's extension follow a signature of 11 bytes. */
    private static final int COPY_SIGNATURE = 11;

    private final Map<ReferenceMapping<?>, IdsByKey> byReference;

    private KeyCache(Map<ReferenceMapping<?>, IdsByKey> byReference) {
        this.byReference = byReference;
    }

    /** An empty cache: all keys are looked up. */
    public static final KeyCache NONE = new KeyCache(Map.of());

    /**
     * Reads the keys and ids of the tables that references lead to.
     *
     * @param connection over which nothing else is going on
     * @param mappings whose references
     * @param documents how many documents are going to be loaded, by estimate: no more than twice as many rows are read
     * @param bytes how much of the heap they may take; what does not fit goes to a temporary file
     * @return the cache
     * @throws SQLException if they cannot be read
     */
    public static KeyCache read(Connection connection, List<CollectionMapping<?>> mappings, long documents, long bytes)
            throws SQLException {
        List<ReferenceMapping<?>> references = mappings.stream()
                .<ReferenceMapping<?>>flatMap(mapping -> TableTree.references(mapping).stream())
                .filter(reference -> WHOLE_NUMBERS.contains(reference.parentId().getType()))
                .toList();
        Map<ReferenceMapping<?>, IdsByKey> known = new HashMap<>();
        try (MappedChunks file = MappedChunks.temporary()) {
            for (ReferenceMapping<?> reference : references) {
                long share = bytes / references.size();
                IdsByKey ids = new IdsByKey(share, file);
                read(connection, reference, Math.min(2 * documents, share / IdsByKey.LEAST), ids);
                known.put(reference, ids);
            }
        }
        return new KeyCache(Map.copyOf(known));
    }

    @Nullable IdsByKey of(ReferenceMapping<?> reference) {
        return byReference.get(reference);
    }

    private static void read(Connection connection, ReferenceMapping<?> reference, long most, IdsByKey into)
            throws SQLException {
        Field<Object> key = Terms.field("p", reference.parentKey());
        // COPY is no word of the DSL.
        String sql = "COPY ("
                + Sql.text(
                        DSL.select(key, Terms.field("p", reference.parentId()).cast(SQLDataType.BIGINT))
                                .from(Terms.tableOf(reference.parentKey(), "p"))
                                .where(key.isNotNull())
                                .limit(DSL.inline(most)))
                + ") TO STDOUT BINARY";
        try (DataInputStream rows = new DataInputStream(
                new BufferedInputStream(new PGCopyInputStream(connection.unwrap(PGConnection.class), sql), BUFFER))) {
            rows.skipNBytes(COPY_SIGNATURE + Integer.BYTES);
            rows.skipNBytes(rows.readInt());
            byte[] bytes = new byte[1 << 10];
            while (rows.readShort() >= 0) {
                int length = rows.readInt();
                if (length > bytes.length) {
                    bytes = new byte[length];
                }
                rows.readFully(bytes, 0, length);
                rows.skipNBytes(Integer.BYTES);
                into.add(bytes, length, rows.readLong());
            }
            // To the end, as closing would cancel what has not ended.
            rows.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            if (e.getCause() instanceof SQLException failure) {
                throw failure;
            }
            throw new SQLException("the connection broke while keys of a parent table were read", "08006", e);
        }
    }
}
