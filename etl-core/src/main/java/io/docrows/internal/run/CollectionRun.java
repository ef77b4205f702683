package io.docrows.internal.run;

import io.docrows.CollectionReport;
import io.docrows.Counts;
import io.docrows.RunListener;
import io.docrows.RunOptions;
import io.docrows.internal.bookkeeping.CheckpointStore;
import io.docrows.internal.bookkeeping.CheckpointStore.Checkpoint;
import io.docrows.internal.bookkeeping.PendingReferences;
import io.docrows.internal.bookkeeping.PolicyUseStore;
import io.docrows.internal.bookkeeping.RejectStore;
import io.docrows.internal.bookkeeping.WatermarkStore;
import io.docrows.internal.target.TableCatalog;
import io.docrows.internal.write.JoinStatistics;
import io.docrows.internal.write.KnownParents;
import io.docrows.mapping.CollectionMapping;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.jooq.TableRecord;
import org.jspecify.annotations.Nullable;

/**
 * One collection of a run, from its checkpoints to its report: copied and then constrained if its tables are empty,
 * merged if they are not. Used once.
 */
final class CollectionRun<R extends TableRecord<R>> {

    /** Keys of parents take no more than this part of the heap. */
    private static final int MEMORY_SHARE = 4;

    private final RunContext context;
    private final List<CollectionMapping<?>> mappings;
    private final CollectionMapping<R> mapping;
    private final TableCatalog catalog;
    private final boolean resumable;
    private final List<CollectionReport> reports;
    private boolean anyRejects;
    private @Nullable Instant since;

    /**
     * Prepares a collection.
     *
     * @param context the run
     * @param mappings all of the pipeline's mappings
     * @param mapping the collection's
     * @param catalog what the target says of its table
     * @param resumable whether a later run may go on with this one
     * @param reports where the collection's report is added, also if it fails
     */
    CollectionRun(
            RunContext context,
            List<CollectionMapping<?>> mappings,
            CollectionMapping<R> mapping,
            TableCatalog catalog,
            boolean resumable,
            List<CollectionReport> reports) {
        this.context = context;
        this.mappings = mappings;
        this.mapping = mapping;
        this.catalog = catalog;
        this.resumable = resumable;
        this.reports = reports;
    }

    void run() throws SQLException {
        List<Checkpoint> checkpoints = checkpoints();
        since = context.session()
                .call(
                        "reading watermarks",
                        connection -> WatermarkStore.of(connection, context.run(), mapping.collection())
                                .since())
                .orElse(null);
        RunListener listener = context.options().listener();
        listener.collectionStarted(
                mapping.collection(),
                since != null ? OptionalLong.empty() : context.source().estimatedCount(mapping.collection()),
                checkpoints.stream().map(Checkpoint::counts).reduce(Counts.NONE, Counts::plus));
        anyRejects = context.session()
                .call(
                        "looking for rejects",
                        connection -> new RejectStore(context.pipeline(), mapping.collection(), context.run())
                                .any(connection));
        FirstLoad firstLoad = new FirstLoad(context.session(), context, mapping);
        boolean copying = firstLoad.begin(catalog, checkpoints, resumable);
        if (!copying) {
            context.session().call("looking at join tables", connection -> {
                JoinStatistics.ensure(connection, mapping);
                return null;
            });
        }
        CollectionReport report = load(checkpoints, parents(), copying, null);
        if (copying && !context.options().cancellation().isRequested()) {
            firstLoad.rebuild();
            checkpoints = checkpoints();
            if (checkpoints.stream().anyMatch(Checkpoint::reread)) {
                since = null;
                report = load(checkpoints, KnownParents.NONE, false, report);
            }
        }
        context.session().call("resolving pending references", connection -> {
            PendingReferences.resolve(connection, mappings, mapping.table());
            return null;
        });
        listener.collectionFinished(report);
    }

    /** Loads what is left of the collection, and reports on it, also if it fails. */
    private CollectionReport load(
            List<Checkpoint> checkpoints, KnownParents parents, boolean copying, @Nullable CollectionReport before)
            throws SQLException {
        CollectionLoad<R> load = new CollectionLoad<>(
                context,
                mapping,
                catalog,
                checkpoints,
                context.session()
                        .call(
                                "reading uses of policies",
                                connection -> PolicyUseStore.of(connection, context.run(), mapping.collection())),
                anyRejects,
                parents,
                copying,
                since);
        if (before != null) {
            reports.remove(before);
        }
        try {
            load.run();
        } finally {
            anyRejects = load.anyRejects();
            reports.add(before == null ? load.report() : load.report().after(before));
        }
        return reports.get(reports.size() - 1);
    }

    /** The rows that documents refer to, as many as a part of the memory holds; none if few documents are read. */
    private KnownParents parents() throws SQLException {
        RunOptions options = context.options();
        if (mapping.references().isEmpty()
                || since != null
                || options.limit().isPresent()
                || !options.ids().isEmpty()) {
            return KnownParents.NONE;
        }
        long documents = context.source().estimatedCount(mapping.collection()).orElse(Long.MAX_VALUE / 2);
        return context.session()
                .call(
                        "reading the keys of parents",
                        connection -> KnownParents.read(
                                connection,
                                mapping,
                                documents,
                                Runtime.getRuntime().maxMemory() / MEMORY_SHARE));
    }

    private List<Checkpoint> checkpoints() throws SQLException {
        return context.session()
                .call(
                        "reading checkpoints",
                        connection -> CheckpointStore.of(connection, context.run(), mapping.collection()));
    }
}
