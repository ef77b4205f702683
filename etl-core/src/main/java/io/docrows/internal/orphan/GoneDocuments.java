package io.docrows.internal.orphan;

import de.bytefish.pgbulkinsert.pgsql.handlers.StringValueHandler;
import io.docrows.internal.decode.KeyDecoder;
import io.docrows.internal.mapping.CompiledMapping;
import io.docrows.internal.postgres.StoredText;
import io.docrows.internal.stage.Isolation;
import io.docrows.internal.target.TableCatalog;
import io.docrows.internal.write.CopyIn;
import io.docrows.internal.write.KeyClaims;
import io.docrows.internal.write.StagedRow;
import io.docrows.mapping.CollectionMapping;
import io.docrows.mapping.DocumentId;
import io.docrows.report.Deletions;
import io.docrows.run.DeleteMode;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jooq.TableRecord;
import org.jspecify.annotations.Nullable;

/**
 * Deletes or marks the rows of documents that are known to be gone, by their {@code _id}s. Where the key is made of
 * other fields than the {@code _id}, {@code docrows.key_claim} tells which rows they had, and which rows were given up
 * by documents that came with another key.
 */
public final class GoneDocuments {

    private static final StringValueHandler TEXT = new StringValueHandler();

    private final Connection connection;
    private final String pipeline;
    private final long run;
    private final List<CollectionMapping<?>> mappings;
    private final Map<CollectionMapping<?>, TableCatalog> catalogs;
    private final DeleteMode mode;

    /**
     * What was done.
     *
     * @param byCollection rows that went or stayed
     * @param kept the {@code _id}s of documents whose rows stayed, by collection
     * @param freed whether keys are free for other documents, though their rows may be there still
     */
    public record Result(Map<String, Deletions> byCollection, Map<String, Set<String>> kept, boolean freed) {}

    /**
     * Prepares it.
     *
     * @param connection the connection of a transaction
     * @param pipeline the pipeline's name
     * @param run the run's number
     * @param mappings every mapping of the pipeline, in load order
     * @param catalogs what the target says of their tables
     * @param mode whether to delete or to mark
     */
    public GoneDocuments(
            Connection connection,
            String pipeline,
            long run,
            List<CollectionMapping<?>> mappings,
            Map<CollectionMapping<?>, TableCatalog> catalogs,
            DeleteMode mode) {
        this.connection = connection;
        this.pipeline = pipeline;
        this.run = run;
        this.mappings = mappings;
        this.catalogs = catalogs;
        this.mode = mode;
    }

    /** Whether rows of a mapping are found by the {@code _id} of their document, as the key is made of it alone. */
    private static boolean findsRowsOf(CollectionMapping<?> mapping) {
        return mapping.columns().subList(0, mapping.key().size()).stream()
                .flatMap(column -> column.paths().stream())
                .allMatch(path -> !path.names().isEmpty() && path.names().get(0).equals("_id"));
    }

    /**
     * Lets them go, within the caller's transaction: rows that refer to others before those.
     *
     * @param gone documents that hold nothing but the {@code _id}, by the mapping whose rows are to go
     * @return what was done
     * @throws SQLException if PostgreSQL fails
     */
    public Result delete(Map<CollectionMapping<?>, List<byte[]>> gone) throws SQLException {
        List<OrphanRows> deletions = new ArrayList<>();
        boolean freed = false;
        try {
            for (CollectionMapping<?> mapping : mappings) {
                List<byte[]> documents = gone.getOrDefault(mapping, List.of());
                OrphanTables tables = new OrphanTables(deletions.size());
                if (findsRowsOf(mapping)) {
                    if (!documents.isEmpty()) {
                        deletions.add(find(mapping, tables, documents));
                    }
                } else if (mode != DeleteMode.IGNORE && (!documents.isEmpty() || anyAbandoned(mapping))) {
                    OrphanRows rows = create(mapping, tables);
                    deletions.add(rows);
                    copyIds(mapping, tables, documents);
                    freed |= rows.findAbandoned();
                }
            }
            Collections.reverse(deletions);
            OrphanRows.keepReferred(connection, deletions, mappings, key -> List.of());
            Map<String, Deletions> done = new LinkedHashMap<>();
            Map<String, Set<String>> kept = new LinkedHashMap<>();
            for (OrphanRows deletion : deletions) {
                String collection = deletion.mapping().collection();
                done.merge(collection, deletion.deleteSeen(mappings, run), Deletions::plus);
                kept.computeIfAbsent(collection, name -> new HashSet<>()).addAll(deletion.keptIds());
            }
            return new Result(done, kept, freed);
        } finally {
            if (!deletions.isEmpty() && !connection.isClosed()) {
                drop(deletions);
            }
        }
    }

    private void drop(List<OrphanRows> deletions) {
        for (OrphanRows deletion : deletions) {
            try {
                deletion.drop();
            } catch (SQLException failed) {
                // The transaction has failed, and takes them along.
                return;
            }
        }
    }

    private TableCatalog catalog(CollectionMapping<?> mapping) {
        return Objects.requireNonNull(catalogs.get(mapping));
    }

    private boolean anyAbandoned(CollectionMapping<?> mapping) throws SQLException {
        return new KeyClaims(mapping, catalog(mapping)).anyAbandoned(connection);
    }

    private OrphanRows create(CollectionMapping<?> mapping, OrphanTables tables) throws SQLException {
        OrphanRows rows = new OrphanRows(connection, pipeline, mapping, catalog(mapping), tables, mode, false);
        rows.create(true);
        return rows;
    }

    private <R extends TableRecord<R>> OrphanRows find(
            CollectionMapping<R> mapping, OrphanTables tables, List<byte[]> documents) throws SQLException {
        OrphanRows rows = create(mapping, tables);
        StagedRow<R> row = new StagedRow<>(mapping, catalog(mapping));
        KeyDecoder decoder = CompiledMapping.keyDecoder(mapping);
        StoredText text = catalog(mapping).text();
        List<Gone> all = new ArrayList<>();
        for (byte[] document : documents) {
            all.add(new Gone(decoder.decode(document), text.stored(DocumentId.ofDocument(document))));
        }
        // A key that its own column refuses is none: there can be no row with it.
        Isolation.withSavepoints(connection).write(all, some -> copy(row, tables, some), (one, error, failure) -> {});
        rows.findSeen();
        return rows;
    }

    private void copyIds(CollectionMapping<?> mapping, OrphanTables tables, List<byte[]> documents)
            throws SQLException {
        StoredText text = catalog(mapping).text();
        CopyIn.copy(connection, tables.seen(), "id", writer -> {
            for (byte[] document : documents) {
                writer.startRow(1);
                writer.write(TEXT, text.stored(DocumentId.ofDocument(document)));
            }
        });
    }

    private void copy(StagedRow<?> row, OrphanTables tables, List<Gone> some) throws SQLException {
        String columns = String.join(", ", row.key()) + ", id";
        CopyIn.copy(connection, tables.seen(), columns, writer -> {
            for (Gone one : some) {
                writer.startRow(row.key().size() + 1);
                row.writeKey(writer, one.key());
                writer.write(TEXT, one.id());
            }
        });
    }

    private record Gone(@Nullable Object @Nullable [] key, String id) {}
}
