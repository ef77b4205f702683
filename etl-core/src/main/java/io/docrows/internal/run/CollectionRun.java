package io.docrows.internal.run;

import io.docrows.internal.mapping.MappedCollection;
import io.docrows.internal.metadata.CheckpointStore;
import io.docrows.internal.metadata.CheckpointStore.Checkpoint;
import io.docrows.internal.metadata.PendingOfEmptyTable;
import io.docrows.internal.metadata.PolicyUseStore;
import io.docrows.internal.metadata.RejectStore;
import io.docrows.internal.metadata.WatermarkStore;
import io.docrows.internal.postgres.TargetSession;
import io.docrows.internal.table.TableTree;
import io.docrows.internal.target.TableCatalog;
import io.docrows.internal.write.JoinStatistics;
import io.docrows.internal.write.KeyCache;
import io.docrows.mapping.CollectionMapping;
import io.docrows.mapping.MissingReference;
import io.docrows.report.Counts;
import io.docrows.run.RunOptions;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One collection of a run, from its checkpoints to its report: copied and then constrained if its tables are empty,
 * merged if they are not. Used once.
 */
final class CollectionRun<D> {

    private static final Logger LOG = LoggerFactory.getLogger(CollectionRun.class);

    /** Keys of parents take no more than this part of the heap. */
    private static final int MEMORY_SHARE = 4;

    private final RunContext context;
    private final List<CollectionMapping<?>> mappings;
    private final CollectionWork<D> work;
    private final MappedCollection collection;
    private final Map<CollectionMapping<?>, TableCatalog> catalogs;
    private final boolean resumable;
    private final FirstLoad firstLoad;
    private List<Checkpoint> checkpoints = List.of();
    private boolean anyRejects;
    private @Nullable Instant since;
    private boolean copying;
    private @Nullable Future<KeyCache> keyCache;
    private @Nullable CollectionResult result;

    /**
     * Prepares a collection.
     *
     * @param context the run
     * @param mappings all of the pipeline's mappings
     * @param work the collection, and how its documents are decoded and written
     * @param catalogs what the target says of its tables
     * @param resumable whether a later run may go on with this one
     */
    CollectionRun(
            RunContext context,
            List<CollectionMapping<?>> mappings,
            CollectionWork<D> work,
            Map<CollectionMapping<?>, TableCatalog> catalogs,
            boolean resumable) {
        this.context = context;
        this.mappings = mappings;
        this.work = work;
        this.collection = work.collection();
        this.catalogs = catalogs;
        this.resumable = resumable;
        this.firstLoad = new FirstLoad(context, collection);
    }

    String collection() {
        return collection.name();
    }

    /** What was loaded until now, also if loading failed; empty if it has not begun. */
    Optional<CollectionResult> result() {
        return Optional.ofNullable(result);
    }

    /**
     * Makes the tables ready, and begins to read what documents refer to: the collections before are loaded.
     *
     * @param later what the run loads after this collection
     */
    void begin(List<CollectionMapping<?>> later) throws SQLException {
        checkpoints = checkpoints();
        since = context.session()
                .call(
                        "reading watermarks",
                        connection -> WatermarkStore.of(connection, context.run(), collection.name())
                                .since())
                .orElse(null);
        anyRejects = context.session()
                .call(
                        "looking for rejects",
                        connection ->
                                new RejectStore(context.pipeline(), collection.name(), context.run()).any(connection));
        forgetWhatIsNoMore();
        copying = firstLoad.begin(catalogs, checkpoints, resumable, later);
        readParents();
    }

    /** What rows waited for that somebody has deleted by emptying their table must not come back with what arrives. */
    private void forgetWhatIsNoMore() throws SQLException {
        List<CollectionMapping<?>> waiting = collection.mappings().stream()
                .filter(mapping -> TableTree.references(mapping).stream()
                        .anyMatch(reference -> reference.whenMissing() == MissingReference.PENDING))
                .toList();
        if (waiting.isEmpty()) {
            return;
        }
        int forgotten = context.session().transaction("looking for emptied tables", connection -> {
            CheckpointStore.requireOwner(connection, context.run(), context.owner());
            return waiting.stream()
                    .mapToInt(mapping -> PendingOfEmptyTable.forget(connection, mapping.table()))
                    .sum();
        });
        if (forgotten > 0) {
            LOG.info(
                    "{} was emptied: {} references and documents that waited in it are forgotten",
                    collection.tableNames(),
                    forgotten);
        }
    }

    /** Loads the documents. */
    void load() throws SQLException {
        context.options()
                .listener()
                .collectionStarted(
                        collection.name(),
                        since != null ? OptionalLong.empty() : context.source().estimatedCount(collection.name()),
                        checkpoints.stream().map(Checkpoint::counts).reduce(Counts.NONE, Counts::plus));
        if (!copying) {
            context.session().call("looking at join tables", connection -> {
                for (CollectionMapping<?> mapping : collection.mappings()) {
                    JoinStatistics.ensure(connection, mapping);
                }
                return null;
            });
        }
        KeyCache keys = keyCache == null ? KeyCache.NONE : context.background().await(keyCache);
        keyCache = null;
        if (!copying) {
            load(keys);
            return;
        }
        try (AutovacuumPause pause = AutovacuumPause.begin(context, firstLoad.tables())) {
            load(keys);
        }
    }

    /**
     * Completes the collection: its rows are those that its constraints allow.
     *
     * @param next the collection that is loaded while constraints are rebuilt, or null if none is
     * @return the rebuilding of constraints that goes on, or null
     */
    @Nullable Future<?> finish(@Nullable CollectionRun<?> next) throws SQLException {
        Future<?> rest = null;
        if (copying && !context.isStopped()) {
            if (next != null && !rereads() && firstLoad.rebuildUnique()) {
                rest = context.background().begin(() -> {
                    firstLoad.rebuildRest();
                    return null;
                });
            } else {
                firstLoad.rebuild();
                if (reread() && next != null) {
                    next.readParents();
                }
            }
        }
        context.session().transaction("resolving pending references", connection -> {
            PendingReferenceResolution.resolve(connection, mappings, collection.mappings());
            PendingReferenceResolution.resolveOthers(connection, mappings, collection.mappings());
            return null;
        });
        context.options()
                .listener()
                .collectionFinished(Objects.requireNonNull(result, "result").report());
        return rest;
    }

    private boolean rereads() {
        return checkpoints.stream().anyMatch(Checkpoint::reread);
    }

    /** Loads once more, under all constraints, the documents whose rows one of them refused. */
    private boolean reread() throws SQLException {
        checkpoints = checkpoints();
        if (!rereads() || context.isStopped()) {
            return false;
        }
        since = null;
        copying = false;
        load(KeyCache.NONE);
        return true;
    }

    /** Loads what is left of the collection, and keeps what came of it, also if it fails. */
    private void load(KeyCache keys) throws SQLException {
        CollectionLoad<D> load = new CollectionLoad<>(
                context,
                work,
                checkpoints,
                context.session()
                        .call(
                                "reading uses of policies",
                                connection -> PolicyUseStore.of(connection, context.run(), collection.name())),
                anyRejects,
                keys,
                copying,
                since);
        CollectionResult before = result;
        try {
            load.run();
        } finally {
            anyRejects = load.anyRejects();
            result = before == null ? load.result() : before.then(load.result());
        }
    }

    /**
     * Begins to read the rows that documents refer to, as many as a part of the memory holds; none if few documents are
     * read.
     */
    private void readParents() throws SQLException {
        RunOptions options = context.options();
        if (collection.mappings().stream()
                        .allMatch(mapping -> TableTree.references(mapping).isEmpty())
                || since != null
                // Whoever loads the documents reads them, too.
                || context.cluster() != null
                || options.limit().isPresent()
                || !options.ids().isEmpty()) {
            return;
        }
        long documents = context.source().estimatedCount(collection.name()).orElse(Long.MAX_VALUE / 2);
        keyCache = context.background()
                .begin(() -> context.retries().call("reading the keys of parents", () -> {
                    try (TargetSession session =
                            TargetSession.open(context.target(), true, context.sessionName("parents"))) {
                        return KeyCache.read(
                                session.connection(),
                                collection.mappings(),
                                documents,
                                Runtime.getRuntime().maxMemory() / MEMORY_SHARE);
                    }
                }));
    }

    private List<Checkpoint> checkpoints() throws SQLException {
        return context.session()
                .call(
                        "reading checkpoints",
                        connection -> CheckpointStore.of(connection, context.run(), collection.name()));
    }
}
