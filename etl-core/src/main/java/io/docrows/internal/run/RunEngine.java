package io.docrows.internal.run;

import io.docrows.cluster.Cluster;
import io.docrows.error.DocrowsException;
import io.docrows.internal.mapping.MappedCollection;
import io.docrows.internal.metadata.CheckpointStore;
import io.docrows.internal.metadata.RetryCheckpoint;
import io.docrows.internal.metadata.RetryCheckpoint.Change;
import io.docrows.internal.orphan.OrphanDeletion;
import io.docrows.internal.postgres.UnforeseenFailure;
import io.docrows.internal.target.TableCatalog;
import io.docrows.mapping.CollectionMapping;
import io.docrows.report.Counts;
import io.docrows.report.RunReport;
import io.docrows.run.Cancellation;
import io.docrows.run.DeleteMode;
import io.docrows.run.RunOptions;
import io.docrows.source.DocumentSource;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run, from the lock to the report: phases one after the other, each of which returns what it did. Used once. */
public final class RunEngine {

    private static final Logger LOG = LoggerFactory.getLogger(RunEngine.class);

    private final String pipeline;
    private final List<CollectionMapping<?>> mappings;
    private final DocumentSource source;
    private final DataSource target;
    private final RunOptions options;
    private final Cancellation cancellation;
    private final boolean resumable;
    private final @Nullable Cluster cluster;
    private final Instant started = Instant.now();
    private final UUID owner = UUID.randomUUID();
    private final Retries retries;

    /**
     * Prepares a run.
     *
     * @param pipeline the pipeline's name
     * @param mappings all its mappings, in load order
     * @param source where documents come from
     * @param target where rows go
     * @param options what to load and how
     * @param cancellation stops the run from outside
     * @param resumable whether this run may go on with an unfinished one, and a later run with this one
     */
    public RunEngine(
            String pipeline,
            List<CollectionMapping<?>> mappings,
            DocumentSource source,
            DataSource target,
            RunOptions options,
            Cancellation cancellation,
            boolean resumable) {
        this(pipeline, mappings, source, target, options, cancellation, resumable, null);
    }

    /**
     * Prepares a run whose partitions a cluster may load.
     *
     * @param pipeline the pipeline's name
     * @param mappings all its mappings, in load order
     * @param source where documents come from
     * @param target where rows go
     * @param options what to load and how
     * @param cancellation stops the run from outside
     * @param resumable whether this run may go on with an unfinished one, and a later run with this one
     * @param cluster loads the partitions; null if this process does
     */
    public RunEngine(
            String pipeline,
            List<CollectionMapping<?>> mappings,
            DocumentSource source,
            DataSource target,
            RunOptions options,
            Cancellation cancellation,
            boolean resumable,
            @Nullable Cluster cluster) {
        this.pipeline = pipeline;
        this.mappings = mappings;
        this.source = source;
        this.target = target;
        this.options = options;
        this.cancellation = cancellation;
        this.resumable = resumable;
        this.cluster = cluster;
        this.retries = new Retries(options.listener());
    }

    /**
     * Runs.
     *
     * @return the report of a run that came to its end or was asked to stop
     * @throws DocrowsException if it could not; with a report once it had begun
     */
    public RunReport run() {
        List<CollectionMapping<?>> selected = Selection.of(pipeline, mappings, options.collections());
        OrphanDeletion.check(options, mappings, selected, resumable);
        ExecutorService threads = new RunThreads(pipeline);
        try (LogContext named = LogContext.put("pipeline", pipeline);
                RunSession session = RunSession.open(target, pipeline, retries)) {
            Map<CollectionMapping<?>, TableCatalog> catalogs =
                    new CheckPhase(pipeline, target, options).run(session, mappings, selected);
            PartitionPhase.Numbered numbered =
                    new PartitionPhase(pipeline, source, options, resumable, owner, cluster).run(session, selected);
            Confirmed confirmed = new Confirmed(
                    numbered.run(),
                    numbered.continued()
                            ? session.call(
                                    "reading what was done",
                                    connection -> CheckpointStore.read(connection, numbered.run()))
                            : 0);
            session.whenConnectedAgain(confirmed::require);
            RunContext context = new RunContext(
                    pipeline,
                    numbered.run(),
                    source,
                    target,
                    options,
                    cancellation,
                    owner,
                    session,
                    retries,
                    threads,
                    confirmed,
                    new BackgroundWork(threads, cancellation),
                    cluster);
            RunResults results = run(context, numbered.continued(), selected, catalogs);
            return new EndPhase(context, new ReportAssembly(context, mappings, started)).run(results);
        } catch (SQLException | RuntimeException | Error e) {
            throw UnforeseenFailure.translate(e, "when preparing the run");
        } finally {
            threads.shutdownNow();
        }
    }

    /** The phases of a run that has begun; what they did is known also if one of them fails. */
    private RunResults run(
            RunContext context,
            boolean continued,
            List<CollectionMapping<?>> selected,
            Map<CollectionMapping<?>, TableCatalog> catalogs) {
        RunResults results = RunResults.NONE;
        // Closed before a failure is written down: nothing goes on when the run is known to have ended.
        try (BackgroundWork background = context.background();
                LogContext numbered = LogContext.put("run", String.valueOf(context.run()))) {
            LOG.info("run {} of {} {}", context.run(), pipeline, continued ? "continues where it stopped" : "starts");
            options.listener().runStarted(context.run(), continued);
            ConstraintRecovery.within(context).run(resumable ? selected : List.of());
            LoadResult loaded = new LoadPhase(context, mappings, selected, catalogs, resumable).run();
            results = results.loaded(loaded.collections());
            requireNone(loaded.failure());
            RetryPhase retry = new RetryPhase(context, mappings, catalogs, false);
            if (!cancellation.isRequested()) {
                RetryResult retried = retry.run();
                results = results.retried(retried.codes());
                requireNone(retried.failure());
            }
            if (!cancellation.isRequested() && options.deletes() != DeleteMode.IGNORE) {
                OrphanDeletion.Result deleted = delete(context, selected, catalogs);
                results = results.deleted(deleted.byCollection());
                if (deleted.makesRoom() && !cancellation.isRequested()) {
                    RetryResult retried = retry.run();
                    results = results.retried(retried.codes());
                    requireNone(retried.failure());
                }
            }
            if (!cancellation.isRequested()) {
                checkRejects(context, selected, results.loaded());
            }
            context.session().call("making sure of what was confirmed", connection -> {
                context.confirmed().require(connection);
                return null;
            });
            return results;
        } catch (InterruptedAttempts e) {
            LOG.info("{}", e.getMessage());
            cancellation.request();
            return results;
        } catch (SQLException | RuntimeException | Error e) {
            return results.failed(UnforeseenFailure.translate(e, "during the run"));
        }
    }

    private static void requireNone(@Nullable DocrowsException failure) {
        if (failure != null) {
            throw failure;
        }
    }

    private OrphanDeletion.Result delete(
            RunContext context, List<CollectionMapping<?>> selected, Map<CollectionMapping<?>, TableCatalog> catalogs)
            throws SQLException {
        OrphanDeletion deletion = new OrphanDeletion(
                pipeline, context.run(), mappings, selected, catalogs, source, options, cancellation);
        return context.session().call("deleting orphaned rows", deletion::run);
    }

    /** Judges what is rejected after all, of the collections that the run reads. */
    private void checkRejects(RunContext context, List<CollectionMapping<?>> selected, List<CollectionResult> loaded)
            throws SQLException {
        Map<String, Change> retried = context.session()
                .call("reading retried rejects", connection -> RetryCheckpoint.of(connection, context.run()));
        for (MappedCollection collection : MappedCollection.of(selected)) {
            Counts counts = loaded.stream()
                    .filter(result -> result.collection().name().equals(collection.name()))
                    .map(CollectionResult::counts)
                    .reduce(Counts.NONE, Counts::plus);
            Change change = retried.get(collection.name());
            TooManyRejects.check(
                    options.maxRejects(), collection.name(), change == null ? counts : change.appliedTo(counts), true);
        }
    }
}
