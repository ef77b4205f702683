package io.docrows.internal.run;

import io.docrows.error.DocrowsException;
import io.docrows.error.RejectCode;
import io.docrows.internal.column.QualifiedName;
import io.docrows.internal.decode.Decoder;
import io.docrows.internal.mapping.MappedCollection;
import io.docrows.internal.metadata.PolicyUseStore;
import io.docrows.internal.metadata.RejectStore;
import io.docrows.internal.metadata.RejectStore.Waiting;
import io.docrows.internal.metadata.RetryCheckpoint;
import io.docrows.internal.metadata.RetryCheckpoint.Change;
import io.docrows.internal.postgres.TargetSession;
import io.docrows.internal.postgres.UnforeseenFailure;
import io.docrows.internal.table.TableTree;
import io.docrows.internal.target.TableCatalog;
import io.docrows.internal.target.TargetCheck;
import io.docrows.internal.write.DocumentWriter;
import io.docrows.internal.write.KeyCache;
import io.docrows.internal.write.WriteResult;
import io.docrows.mapping.CollectionMapping;
import io.docrows.mapping.MissingReference;
import io.docrows.mapping.ReferenceMapping;
import io.docrows.mapping.RejectedDocument;
import io.docrows.report.Counts;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jooq.Table;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The phase of a run that retries rejects: documents that were rejected because of others are loaded, if the others
 * have changed. What they refer to has arrived, or a unique value that was taken has become free. Each attempt at a
 * batch reads its documents from the reject table, so that a batch which was committed after all is not written twice.
 *
 * <p>A document counts in the run that last changed its lot. What this run rejected and now loads moves from rejected
 * to where it belongs; what an earlier run rejected counts as read here, too, but only if it loads now or is rejected
 * for another reason. One that goes on waiting is left as it is.
 */
final class RetryPhase {

    private static final Logger LOG = LoggerFactory.getLogger(RetryPhase.class);

    /** Documents that exchange a unique value load in one batch only, whatever the run's own batches hold. */
    static final int DOCUMENTS = 1_000;

    private final RunContext context;
    private final List<CollectionMapping<?>> mappings;
    private final Map<CollectionMapping<?>, TableCatalog> catalogs;
    private final Map<String, Map<RejectCode, Long>> codes = new HashMap<>();
    private final boolean inRounds;
    private long loaded;

    /**
     * @param mappings all mappings of the pipeline, in load order, whether or not the run reads their collections
     * @param catalogs what was found of the tables of those it reads
     * @param inRounds whether what this run has rejected may have arrived since, as it goes on in rounds
     */
    RetryPhase(
            RunContext context,
            List<CollectionMapping<?>> mappings,
            Map<CollectionMapping<?>, TableCatalog> catalogs,
            boolean inRounds) {
        this.context = context;
        this.mappings = mappings;
        this.catalogs = new HashMap<>(catalogs);
        this.inRounds = inRounds;
    }

    /**
     * Loads what can be loaded. May be called again, when still more has changed.
     *
     * @return what came of this and all calls before, also if the phase fails
     */
    RetryResult run() {
        DocrowsException failure = null;
        try {
            load();
        } catch (SQLException | RuntimeException | Error e) {
            failure = UnforeseenFailure.translate(e, "during the run");
        }
        return new RetryResult(codes, failure);
    }

    private void load() throws SQLException {
        long before = loaded;
        for (MappedCollection collection : MappedCollection.of(mappings)) {
            if (!stopped()) {
                load(collection, codes.computeIfAbsent(collection.name(), name -> new HashMap<>()));
            }
        }
        loadPending();
        if (inRounds) {
            context.session().transaction("resolving references to rows of others", connection -> {
                PendingReferenceResolution.resolveOthers(connection, mappings, mappings);
                return null;
            });
        }
        if (loaded > before) {
            LOG.info("{} documents in docrows.reject that had waited for others were loaded", loaded - before);
        }
    }

    private void loadPending() throws SQLException {
        PendingDocumentRetry pending = new PendingDocumentRetry(context);
        for (MappedCollection collection : MappedCollection.of(mappings)) {
            for (CollectionMapping<?> mapping : collection.mappings()) {
                if (!stopped() && pending.mayWait(mapping)) {
                    boolean any = pending.load(
                            collection,
                            mapping,
                            connection -> isKnown(connection, collection),
                            catalogs,
                            codes.computeIfAbsent(collection.name(), name -> new HashMap<>()));
                    if (any) {
                        resolveReferences(collection);
                    }
                }
            }
        }
    }

    private static boolean mayReferToItself(MappedCollection collection) {
        List<Table<?>> own = collection.mappings().stream()
                .<Table<?>>map(CollectionMapping::table)
                .toList();
        for (CollectionMapping<?> mapping : collection.mappings()) {
            for (ReferenceMapping<?> reference : TableTree.references(mapping)) {
                if (reference.whenMissing() == MissingReference.REJECT
                        && own.contains(QualifiedName.tableOf(reference.parentKey()))) {
                    return true;
                }
            }
        }
        return false;
    }

    private void load(MappedCollection collection, Map<RejectCode, Long> changes) throws SQLException {
        RejectStore rejects = new RejectStore(context.pipeline(), collection.name(), context.run());
        if (!context.session().call("looking for rejects of " + collection.name(), rejects::any)) {
            // As nearly always: not worth a connection.
            return;
        }
        // Referenced tables are loaded first: what this run has rejected need not be tried again, unless others
        // were loaded since.
        boolean referencesOfThisRun = inRounds || mayReferToItself(collection) || loaded > 0;
        long before = loaded;
        long pass;
        do {
            pass = loaded;
            long last = 0;
            Batch batch;
            do {
                long after = last;
                batch = call(collection, rejects, after, referencesOfThisRun);
                last = batch.last();
                loaded += batch.loaded();
                batch.codes().forEach((code, change) -> changes.merge(code, change, Long::sum));
            } while (last > 0 && !stopped());
            // A row that was loaded now may be what others of its table wait for, or has made room for them.
        } while (loaded > pass && !stopped());
        if (loaded > before) {
            resolveReferences(collection);
        }
    }

    private void resolveReferences(MappedCollection collection) throws SQLException {
        context.session().transaction("resolving pending references", connection -> {
            PendingReferenceResolution.resolve(connection, mappings, collection.mappings());
            return null;
        });
    }

    private boolean stopped() {
        return context.cancellation().isRequested();
    }

    /**
     * What one transaction did.
     *
     * @param last the number of the last reject it read; 0 if there was none
     * @param loaded how many documents are rejects no longer
     * @param codes how the counts of rejects change
     */
    private record Batch(long last, long loaded, Map<RejectCode, Long> codes) {}

    private Batch call(MappedCollection collection, RejectStore rejects, long after, boolean referencesOfThisRun)
            throws SQLException {
        return context.retries().call("retrying rejects of " + collection.name(), () -> {
            context.session().ensureHeld();
            try (TargetSession session = TargetSession.open(context.target(), false, context.sessionName("retry"))) {
                Connection connection = session.connection();
                List<Waiting> waiting = rejects.waiting(
                        connection,
                        after,
                        referencesOfThisRun,
                        DOCUMENTS,
                        context.options().batchBytes());
                connection.commit();
                return waiting.isEmpty() || !isKnown(connection, collection)
                        ? new Batch(0, 0, Map.of())
                        : write(connection, CollectionWork.of(collection, catalogs), rejects, waiting);
            }
        });
    }

    private <D> Batch write(Connection connection, CollectionWork<D> work, RejectStore rejects, List<Waiting> waiting)
            throws SQLException {
        Decoder<D> decoder = work.decoder();
        List<D> decoded = new ArrayList<>();
        for (Waiting document : waiting) {
            decoded.add(decoder.decode(document.bson()));
        }
        try (DocumentWriter<D> writer = work.writer(connection, context.run(), KeyCache.NONE, false)) {
            WriteResult result = writer.write(decoded);
            Outcome outcome = Outcome.of(waiting, result);
            if (outcome.change().counts().read() > 0) {
                rejects.clear(connection, outcome.loaded(), List.of());
                rejects.add(connection, outcome.rejectedOtherwise());
                String collection = work.collection().name();
                RetryCheckpoint.add(connection, context.run(), context.owner(), collection, outcome.change());
                PolicyUseStore.add(connection, context.run(), collection, RetryCheckpoint.NUMBER, result.policyUses());
            }
            connection.commit();
            return new Batch(
                    waiting.get(waiting.size() - 1).number(), outcome.loaded().size(), outcome.codes());
        }
    }

    /** False if a table of a collection that this run does not read is another one than was mapped. */
    private boolean isKnown(Connection connection, MappedCollection collection) throws SQLException {
        if (!catalogs.keySet().containsAll(collection.mappings())) {
            try {
                catalogs.putAll(TargetCheck.run(connection, collection.mappings(), Set.of()));
            } catch (DocrowsException e) {
                LOG.warn(
                        "rejected documents of {} are not retried, because its table is not the one it was mapped to",
                        collection.name());
            }
            connection.commit();
        }
        return catalogs.keySet().containsAll(collection.mappings());
    }

    /** What became of a batch of documents that had waited. */
    private record Outcome(
            List<byte[]> loaded,
            List<RejectedDocument<?>> rejectedOtherwise,
            Change change,
            Map<RejectCode, Long> codes) {

        static Outcome of(List<Waiting> waiting, WriteResult result) {
            Map<byte[], RejectedDocument<?>> rejected = new IdentityHashMap<>();
            result.rejects().forEach(reject -> rejected.put(reject.bson(), reject));
            List<byte[]> loaded = new ArrayList<>();
            List<RejectedDocument<?>> otherwise = new ArrayList<>();
            Map<RejectCode, Long> codes = new HashMap<>();
            long countedBefore = 0;
            for (Waiting document : waiting) {
                RejectedDocument<?> reject = rejected.get(document.bson());
                if (reject != null && reject.code() == document.code()) {
                    continue;
                }
                if (reject == null) {
                    loaded.add(document.bson());
                } else {
                    otherwise.add(reject);
                    codes.merge(reject.code(), 1L, Long::sum);
                }
                if (document.ofThisRun()) {
                    countedBefore++;
                    codes.merge(document.code(), -1L, Long::sum);
                }
            }
            Counts all = result.counts();
            Counts changed = new Counts(
                    loaded.size() + (long) otherwise.size(),
                    all.inserted(),
                    all.updated(),
                    all.unchanged(),
                    otherwise.size(),
                    all.skipped(),
                    all.unmatched());
            return new Outcome(loaded, otherwise, new Change(changed, countedBefore), codes);
        }
    }
}
