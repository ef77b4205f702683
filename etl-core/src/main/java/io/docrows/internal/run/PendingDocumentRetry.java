package io.docrows.internal.run;

import io.docrows.error.RejectCode;
import io.docrows.internal.decode.Decoder;
import io.docrows.internal.mapping.MappedCollection;
import io.docrows.internal.metadata.CheckpointStore;
import io.docrows.internal.metadata.PendingDocumentStatements;
import io.docrows.internal.metadata.PendingOfEmptyTable;
import io.docrows.internal.metadata.RejectStore;
import io.docrows.internal.metadata.RejectStore.Kept;
import io.docrows.internal.metadata.RetryCheckpoint;
import io.docrows.internal.metadata.RetryCheckpoint.Change;
import io.docrows.internal.postgres.Statements;
import io.docrows.internal.postgres.TargetSession;
import io.docrows.internal.table.ChildTable;
import io.docrows.internal.table.Reference;
import io.docrows.internal.table.Stage;
import io.docrows.internal.table.TableTree;
import io.docrows.internal.table.Terms;
import io.docrows.internal.target.TableCatalog;
import io.docrows.internal.write.DocumentWriter;
import io.docrows.internal.write.KeyCache;
import io.docrows.internal.write.WriteResult;
import io.docrows.mapping.CollectionMapping;
import io.docrows.mapping.DocumentId;
import io.docrows.mapping.RejectedDocument;
import io.docrows.report.Counts;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jooq.Condition;
import org.jooq.TableField;
import org.jooq.impl.DSL;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads documents once more whose elements waited for a row that has arrived. They are counted where they were read;
 * here only those that PostgreSQL refuses now, and those that it did before.
 */
final class PendingDocumentRetry {

    private static final Logger LOG = LoggerFactory.getLogger(PendingDocumentRetry.class);

    private final RunContext context;

    PendingDocumentRetry(RunContext context) {
        this.context = context;
    }

    /** Whether the target's tables are those that were mapped. */
    @FunctionalInterface
    interface Check {

        boolean isKnown(Connection connection) throws SQLException;
    }

    /** Whether a document of a mapping may wait; cheap, as none does mostly. */
    boolean mayWait(CollectionMapping<?> mapping) throws SQLException {
        boolean concerned = TableTree.children(mapping).stream()
                .flatMap(child -> child.references().stream())
                .anyMatch(reference -> new Reference(0, reference).waits());
        if (!concerned) {
            return false;
        }
        String any = new PendingDocumentStatements(mapping.table(), "").any();
        return !context.session()
                .call(
                        "looking for documents that wait",
                        connection -> Statements.rows(connection, any, row -> row.getInt(1)))
                .isEmpty();
    }

    /**
     * Loads what waits in the rows of one mapping.
     *
     * @param codes the numbers of rejects by reason, which change with it
     * @return whether there was any
     */
    boolean load(
            MappedCollection collection,
            CollectionMapping<?> mapping,
            Check check,
            Map<CollectionMapping<?>, TableCatalog> catalogs,
            Map<RejectCode, Long> codes)
            throws SQLException {
        long last = 0;
        boolean any = false;
        do {
            long after = last;
            Batch batch = context.retries().call("loading documents that waited, of " + collection.name(), () -> {
                context.session().ensureHeld();
                try (TargetSession session =
                        TargetSession.open(context.target(), false, context.sessionName("pending"))) {
                    Connection connection = session.connection();
                    if (!check.isKnown(connection)) {
                        return Batch.NONE;
                    }
                    // Its collection need not be one that the run reads.
                    PendingOfEmptyTable.forget(connection, mapping.table());
                    TableCatalog catalog = Objects.requireNonNull(catalogs.get(mapping), "the catalog");
                    List<byte[]> documents = new ArrayList<>();
                    long read = read(connection, mapping, catalog, after, documents);
                    connection.commit();
                    if (documents.isEmpty()) {
                        return Batch.NONE;
                    }
                    // Other mappings may have read the document since, as it is now.
                    MappedCollection alone = new MappedCollection(collection.name(), List.of(mapping));
                    boolean whole = collection.mappings().size() == 1;
                    return new Batch(read, write(connection, CollectionWork.of(alone, catalogs), documents, whole));
                }
            });
            last = batch.last();
            any |= last > 0;
            batch.codes().forEach((code, change) -> codes.merge(code, change, Long::sum));
        } while (last > 0 && !context.cancellation().isRequested());
        return any;
    }

    /**
     * What one transaction did.
     *
     * @param last the number of the last document it read; 0 if there was none
     * @param codes how the counts of rejects change
     */
    private record Batch(long last, Map<RejectCode, Long> codes) {

        static final Batch NONE = new Batch(0, Map.of());
    }

    /** Writes documents; {@code whole} if no other mapping takes any part of them. */
    private <D> Map<RejectCode, Long> write(
            Connection connection, CollectionWork<D> work, List<byte[]> documents, boolean whole) throws SQLException {
        Decoder<D> decoder = work.decoder();
        List<D> decoded = documents.stream().map(decoder::decode).toList();
        String collection = work.collection().name();
        try (DocumentWriter<D> writer = work.writer(connection, context.run(), KeyCache.NONE, false)) {
            WriteResult result = writer.write(decoded);
            CheckpointStore.requireOwner(connection, context.run(), context.owner());
            RejectStore rejects = new RejectStore(context.pipeline(), collection, context.run());
            Outcome outcome = Outcome.of(documents, result, rejects.kept(connection, documents), whole);
            if (outcome.change().counts().read() > 0) {
                rejects.clear(connection, outcome.accepted(), List.of());
                rejects.add(connection, outcome.refused());
                RetryCheckpoint.add(connection, context.run(), context.owner(), collection, outcome.change());
            }
            connection.commit();
            LOG.info("{} documents of {} had waited for other rows", documents.size(), collection);
            return outcome.codes();
        }
    }

    /**
     * What became of rejects. A row that was left out so far may be one that PostgreSQL refuses. A document that was
     * rejected in a later version stays so: that is the one to be loaded.
     */
    private record Outcome(
            List<byte[]> accepted, List<RejectedDocument<?>> refused, Change change, Map<RejectCode, Long> codes) {

        static Outcome of(List<byte[]> documents, WriteResult result, Map<String, Kept> kept, boolean whole) {
            Map<byte[], RejectedDocument<?>> rejected = new IdentityHashMap<>();
            result.rejects().forEach(reject -> rejected.put(reject.bson(), reject));
            List<byte[]> accepted = new ArrayList<>();
            List<RejectedDocument<?>> refused = new ArrayList<>();
            Map<RejectCode, Long> codes = new EnumMap<>(RejectCode.class);
            long countedBefore = 0;
            for (byte[] document : documents) {
                Kept before = kept.get(DocumentId.ofDocument(document));
                RejectedDocument<?> reject = rejected.get(document);
                boolean changed = before == null
                        ? reject != null
                        : Arrays.equals(before.bson(), document) && (reject == null || reject.code() != before.code());
                if (!changed || (reject == null && !whole)) {
                    // What another mapping has refused of it may be so still.
                    continue;
                }
                if (reject == null) {
                    accepted.add(document);
                } else {
                    refused.add(reject);
                    codes.merge(reject.code(), 1L, Long::sum);
                }
                if (before != null && before.ofThisRun()) {
                    countedBefore++;
                    codes.merge(before.code(), -1L, Long::sum);
                }
            }
            // Those that are accepted had a row, and its parts are completed.
            Counts counts =
                    new Counts(accepted.size() + (long) refused.size(), 0, accepted.size(), 0, refused.size(), 0, 0);
            return new Outcome(accepted, refused, new Change(counts, countedBefore), codes);
        }
    }

    private long read(
            Connection connection,
            CollectionMapping<?> mapping,
            TableCatalog catalog,
            long after,
            List<byte[]> documents)
            throws SQLException {
        String collection = catalog.text().stored(mapping.collection());
        String sql = new PendingDocumentStatements(mapping.table(), collection).read(haveArrived(mapping, catalog));
        long last = 0;
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, after);
            statement.setInt(2, RetryPhase.DOCUMENTS);
            statement.setLong(3, context.options().batchBytes());
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    last = rows.getLong(1);
                    documents.add(rows.getBytes(2));
                }
            }
        }
        return last;
    }

    private static Condition haveArrived(CollectionMapping<?> mapping, TableCatalog catalog) {
        return DSL.or(TableTree.of(mapping, catalog, Stage.ofBatch()).children().stream()
                .flatMap(child -> child.references().stream()
                        .filter(Reference::waits)
                        .map(reference -> hasArrived(child, reference, catalog)))
                .toList());
    }

    private static Condition hasArrived(ChildTable child, Reference reference, TableCatalog catalog) {
        TableField<?, ?> key = reference.mapping().parentKey();
        Terms terms = new Terms(catalog);
        // Cast to the column's type, not the column to text, so that its index serves.
        return PendingDocumentStatements.hasArrived(
                child.mapping().table(),
                reference.column(),
                Terms.tableOf(key, "p"),
                terms.same(key, Terms.field("p", key), terms.cast(key, PendingDocumentStatements.REFERENCED_KEY)));
    }
}
