package io.docrows.internal.write;

import io.docrows.internal.postgres.DataError;
import io.docrows.internal.stage.Isolation;
import io.docrows.internal.target.TableCatalog;
import io.docrows.internal.value.PolicyTally;
import io.docrows.mapping.CollectionMapping;
import io.docrows.mapping.Decoded;
import io.docrows.mapping.DocumentId;
import io.docrows.mapping.MappedDocument;
import io.docrows.mapping.RejectedDocument;
import io.docrows.report.Counts;
import io.docrows.report.PolicyUse;
import io.docrows.report.RowCounts;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jooq.TableRecord;

/**
 * Writes batches of one mapping over one connection. Not thread-safe.
 *
 * @param <R> the generated record type of the mapped table
 */
public final class BatchWriter<R extends TableRecord<R>> implements DocumentWriter<Decoded<R>> {

    private final Connection connection;
    private final ChunkWriter<R> chunks;
    private final CollectionMapping<R> mapping;
    private final boolean identifiedByKey;

    /**
     * Makes the staging tables.
     *
     * @param connection without auto-commit; stays the caller's
     * @param mapping what is written
     * @param catalog what the target says of the mapped table
     * @param run the run's number
     * @param keyCache keys that documents refer to, with the ids of their rows, as far as they were read before
     * @param copying whether the tables were empty and their constraints dropped, so that rows can be copied straight
     *     into them, and need not be merged
     * @throws SQLException if the staging tables cannot be made
     */
    public BatchWriter(
            Connection connection,
            CollectionMapping<R> mapping,
            TableCatalog catalog,
            long run,
            KeyCache keyCache,
            boolean copying)
            throws SQLException {
        this(connection, mapping, catalog, chunks(connection, mapping, catalog, run, keyCache, copying, 0, false));
    }

    /**
     * One of several writers of other collections that share a connection.
     *
     * @param connection without auto-commit; stays the caller's
     * @param mapping what is written
     * @param catalog what the target says of the mapped table
     * @param run the run's number
     * @param number the writer's number, unique on the connection
     * @return the writer, whose staging tables are made
     * @param <R> the generated record type of the mapped table
     * @throws SQLException if the staging tables cannot be made
     */
    public static <R extends TableRecord<R>> BatchWriter<R> numbered(
            Connection connection, CollectionMapping<R> mapping, TableCatalog catalog, long run, int number)
            throws SQLException {
        return new BatchWriter<>(
                connection,
                mapping,
                catalog,
                new MergeWriter<>(connection, mapping, catalog, run, KeyCache.NONE, number, false));
    }

    /** One of several writers that share a connection and each document; it tells what became of each. */
    BatchWriter(
            Connection connection,
            CollectionMapping<R> mapping,
            TableCatalog catalog,
            long run,
            KeyCache keyCache,
            boolean copying,
            int number)
            throws SQLException {
        this(connection, mapping, catalog, chunks(connection, mapping, catalog, run, keyCache, copying, number, true));
    }

    private static <R extends TableRecord<R>> ChunkWriter<R> chunks(
            Connection connection,
            CollectionMapping<R> mapping,
            TableCatalog catalog,
            long run,
            KeyCache keyCache,
            boolean copying,
            int number,
            boolean telling) {
        return copying
                ? new CopyWriter<>(connection, mapping, catalog, run, keyCache, number, telling)
                : new MergeWriter<>(connection, mapping, catalog, run, keyCache, number, telling);
    }

    private BatchWriter(
            Connection connection, CollectionMapping<R> mapping, TableCatalog catalog, ChunkWriter<R> chunks)
            throws SQLException {
        this.connection = connection;
        this.mapping = mapping;
        this.identifiedByKey = !KeyClaims.needed(mapping, catalog);
        this.chunks = chunks;
        chunks.create();
        connection.commit();
    }

    /**
     * Whether documents of a mapping can be copied straight into empty tables.
     *
     * @param mapping what is going to be written
     * @param catalog what the target says of the mapped table
     * @return true if a first load is possible
     */
    public static boolean canCopy(CollectionMapping<?> mapping, TableCatalog catalog) {
        return CopyWriter.supports(mapping, catalog);
    }

    @Override
    public WriteResult write(List<? extends Decoded<R>> batch) throws SQLException {
        List<MappedDocument<R>> mapped = new ArrayList<>(batch.size());
        List<RejectedDocument<?>> rejects = new ArrayList<>();
        long unmatched = 0;
        for (Decoded<R> decoded : batch) {
            if (decoded instanceof MappedDocument<R> document) {
                mapped.add(document);
            } else if (decoded instanceof RejectedDocument<R> reject) {
                rejects.add(reject);
            } else {
                unmatched++;
            }
        }
        List<MappedDocument<R>> documents = lastOfEachId(mapped);
        Outcome<R> outcome = new Outcome<>(rejects);
        chunks.reserve(documents.size());
        chunks.forget();
        write(documents, outcome);
        return new WriteResult(
                new Counts(
                        batch.size(),
                        outcome.inserted,
                        outcome.updated,
                        outcome.unchanged,
                        rejects.size(),
                        mapped.size() - documents.size() + unmatched,
                        unmatched),
                rejects,
                policyUses(documents, rejects),
                outcome.rows);
    }

    /** Sees to what cannot be done any more when the transaction of a batch has begun. */
    void reserve(int documents) throws SQLException {
        chunks.reserve(documents);
    }

    /** What was written since the last commit may have been undone. */
    void forget() {
        chunks.forget();
    }

    /** Writes documents of which none has the {@code _id} of another. */
    Outcome<R> writeAll(List<MappedDocument<R>> documents) throws SQLException {
        Outcome<R> outcome = new Outcome<>(new ArrayList<>());
        write(documents, outcome);
        return outcome;
    }

    private List<MappedDocument<R>> lastOfEachId(List<MappedDocument<R>> documents) {
        if (identifiedByKey && inOrderOfKeys(documents)) {
            return documents;
        }
        Map<Object, MappedDocument<R>> byId = new LinkedHashMap<>(documents.size() * 2);
        for (MappedDocument<R> document : documents) {
            // Removed first, so that the survivor takes the place of the last, not of the first.
            Object id = identifiedByKey ? document.key() : DocumentId.ofDocument(document.bson());
            byId.remove(id);
            byId.put(id, document);
        }
        return List.copyOf(byId.values());
    }

    /** Whether each key is larger than the one before, as in most sources, so that none occurs twice. */
    @SuppressWarnings("unchecked") // All keys of a mapping are of the key column's type.
    private boolean inOrderOfKeys(List<MappedDocument<R>> documents) {
        Object last = null;
        for (MappedDocument<R> document : documents) {
            Object key = document.key();
            if (!(key instanceof Comparable<?>) || (last != null && ((Comparable<Object>) key).compareTo(last) <= 0)) {
                return false;
            }
            last = key;
        }
        return true;
    }

    /** Of the documents that were loaded: neither rejected after all, nor superseded by another. */
    private static List<PolicyUse> policyUses(
            Collection<? extends MappedDocument<?>> documents, List<RejectedDocument<?>> rejects) {
        PolicyTally tally = new PolicyTally();
        Set<byte[]> rejected = Collections.newSetFromMap(new IdentityHashMap<>());
        rejects.forEach(reject -> rejected.add(reject.bson()));
        for (MappedDocument<?> document : documents) {
            if (!document.policyUses().isEmpty() && !rejected.contains(document.bson())) {
                tally.add(document.policyUses());
            }
        }
        return tally.sums();
    }

    @Override
    public void committed() {
        chunks.committed();
    }

    private void write(List<MappedDocument<R>> documents, Outcome<R> outcome) throws SQLException {
        Isolation.withSavepoints(connection)
                .write(
                        documents,
                        some -> outcome.add(written(some)),
                        chunks::looksAhead,
                        (document, error, failure) -> outcome.rejects.add(rejected(document, error, failure)));
    }

    /** What is refused takes with it all that was found meanwhile: rows of lookup tables may be new, too. */
    private ChunkResult<R> written(List<MappedDocument<R>> some) throws SQLException {
        boolean written = false;
        try {
            ChunkResult<R> result = chunks.write(some);
            written = true;
            return result;
        } finally {
            if (!written) {
                chunks.forget();
            }
        }
    }

    private RejectedDocument<R> rejected(MappedDocument<R> document, DataError error, SQLException failure)
            throws SQLException {
        FaultPlace place = FaultPlace.of(connection, mapping, failure);
        return new RejectedDocument<>(
                document.bson(),
                error.code(),
                place.path(),
                null,
                place.column() == null ? error.column() : place.column(),
                error.sqlState(),
                error.detail());
    }

    @Override
    public void close() {
        try {
            connection.rollback();
            chunks.drop();
            connection.commit();
        } catch (SQLException e) {
            // The session, and with it its temporary tables, is gone or will be.
            org.slf4j.LoggerFactory.getLogger(BatchWriter.class)
                    .debug("staging tables were not dropped, SQLSTATE {}", e.getSQLState());
        }
    }

    /** What became of a batch's documents. */
    static final class Outcome<R extends TableRecord<R>> {

        private final List<RejectedDocument<?>> rejects;
        private long inserted;
        private long updated;
        private long unchanged;
        private Map<String, RowCounts> rows = Map.of();
        private final List<MappedDocument<R>> insertedOnes = new ArrayList<>();
        private final List<MappedDocument<R>> updatedOnes = new ArrayList<>();

        private Outcome(List<RejectedDocument<?>> rejects) {
            this.rejects = rejects;
        }

        List<RejectedDocument<?>> rejects() {
            return rejects;
        }

        /** Which documents were inserted; known of a writer that tells. */
        List<MappedDocument<R>> inserted() {
            return insertedOnes;
        }

        /** Which documents were updated; known of a writer that tells. */
        List<MappedDocument<R>> updated() {
            return updatedOnes;
        }

        Map<String, RowCounts> rows() {
            return rows;
        }

        private void add(ChunkResult<R> result) {
            insertedOnes.addAll(result.fates().inserted());
            updatedOnes.addAll(result.fates().updated());
            inserted += result.inserted();
            updated += result.updated();
            unchanged += result.unchanged();
            rows = RowCounts.sum(rows, result.rows());
            rejects.addAll(result.rejects());
        }
    }
}
