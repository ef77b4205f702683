package io.docrows.internal.run;

import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.docrows.error.RejectCode;
import io.docrows.internal.bulkload.DeferredConstraints;
import io.docrows.internal.incremental.Increment;
import io.docrows.internal.incremental.Increments;
import io.docrows.internal.metadata.BookkeepingSchema;
import io.docrows.internal.metadata.CheckpointStore;
import io.docrows.internal.metadata.LateCheckpoint;
import io.docrows.internal.metadata.PendingReferences;
import io.docrows.internal.metadata.PolicyUseStore;
import io.docrows.internal.metadata.RunStore;
import io.docrows.internal.metadata.TableOwners;
import io.docrows.internal.orphan.DeleteStep;
import io.docrows.internal.postgres.UnforeseenFailure;
import io.docrows.internal.target.TableCatalog;
import io.docrows.internal.target.TargetCheck;
import io.docrows.mapping.CollectionMapping;
import io.docrows.report.CollectionReport;
import io.docrows.report.Deletions;
import io.docrows.report.PolicyUse;
import io.docrows.report.RunFailedException;
import io.docrows.report.RunReport;
import io.docrows.report.Watermark;
import io.docrows.run.Cancellation;
import io.docrows.run.DeleteMode;
import io.docrows.run.RunOptions;
import io.docrows.source.ChangedSince;
import io.docrows.source.DocumentSource;
import io.docrows.source.Partition;
import io.docrows.source.ReadRequest;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run, from the lock to the report. Used once. */
public final class RunEngine {

    private static final Logger LOG = LoggerFactory.getLogger(RunEngine.class);

    private final String pipeline;
    private final List<CollectionMapping<?>> mappings;
    private final DocumentSource source;
    private final DataSource target;
    private final RunOptions options;
    private final Cancellation cancellation;
    private final boolean resumable;
    private final Instant started = Instant.now();
    private final UUID owner = UUID.randomUUID();
    private final Retries retries;
    private final List<CollectionReport> reports = new ArrayList<>();
    private Map<String, Map<RejectCode, Long>> lateCodes = Map.of();
    private boolean told;

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
        this.pipeline = pipeline;
        this.mappings = mappings;
        this.source = source;
        this.target = target;
        this.options = options;
        this.cancellation = cancellation;
        this.resumable = resumable;
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
        DeleteStep.check(options, selected, resumable);
        try (LogContext named = LogContext.put("pipeline", pipeline);
                RunSession session = RunSession.open(target, pipeline, retries)) {
            BookkeepingSchema.migrate(target);
            Map<CollectionMapping<?>, TableCatalog> catalogs = session.call(
                    "checking the target's tables",
                    connection -> TargetCheck.run(connection, selected, deferredUniques(connection)));
            session.call("checking who fills the tables", connection -> {
                DeleteStep.checkOwners(connection, pipeline, options, selected);
                TableOwners.add(connection, pipeline, selected);
                return null;
            });
            return run(session, selected, catalogs);
        } catch (SQLException | RuntimeException | Error e) {
            throw UnforeseenFailure.translate(e, "when preparing the run");
        }
    }

    /**
     * Rebuilds what an interrupted first load left missing, without a run.
     *
     * @throws DocrowsException if it cannot be rebuilt
     */
    public void rebuildConstraints() {
        ExecutorService threads = new RunThreads(pipeline);
        try (LogContext named = LogContext.put("pipeline", pipeline);
                RunSession session = RunSession.open(target, pipeline, retries)) {
            FirstLoad.recover(session, context(session, 0, threads), List.of());
        } catch (SQLException | RuntimeException | Error e) {
            throw UnforeseenFailure.translate(e, "when rebuilding constraints");
        } finally {
            threads.shutdownNow();
        }
    }

    private Set<String> deferredUniques(Connection connection) {
        return DeferredConstraints.of(connection, pipeline).stream()
                .flatMap(constraint -> constraint.uniqueColumn().stream())
                .collect(Collectors.toSet());
    }

    private RunReport run(
            RunSession session, List<CollectionMapping<?>> selected, Map<CollectionMapping<?>, TableCatalog> catalogs)
            throws SQLException {
        Set<String> collections =
                selected.stream().map(CollectionMapping::collection).collect(Collectors.toSet());
        Optional<Long> unfinished = options.force() || !resumable
                ? Optional.empty()
                : session.call(
                        "looking for an unfinished run",
                        connection -> runs(connection).unfinished(source.description(), collections));
        long run = unfinished.isPresent() ? reopen(session, unfinished.get()) : plan(session, selected);
        ExecutorService threads = new RunThreads(pipeline);
        RunContext context = context(session, run, threads);
        // Closed before a failure is written down: nothing goes on when the run is known to have ended.
        try (BackgroundWork background = context.background();
                LogContext numbered = LogContext.put("run", String.valueOf(run))) {
            LOG.info(
                    "run {} of {} {}", run, pipeline, unfinished.isPresent() ? "continues where it stopped" : "starts");
            options.listener().runStarted(run, unfinished.isPresent());
            FirstLoad.recover(session, context, resumable ? selected : List.of());
            new CollectionRuns(context, mappings, selected, catalogs, resumable, reports).run();
            LateArrivals late = new LateArrivals(context, mappings, catalogs);
            if (!cancellation.isRequested()) {
                lateCodes = late.load();
            }
            if (!cancellation.isRequested() && options.deletes() != DeleteMode.IGNORE) {
                if (delete(session, run, selected, catalogs) && !cancellation.isRequested()) {
                    // A row that went has held a unique value that a rejected document waits for.
                    lateCodes = late.load();
                }
            }
            if (!cancellation.isRequested()) {
                Set<String> read =
                        selected.stream().map(CollectionMapping::collection).collect(Collectors.toSet());
                for (CollectionReport report : amended(session, run)) {
                    if (read.contains(report.collection())) {
                        TooManyRejects.check(options.maxRejects(), report.collection(), report.counts(), true);
                    }
                }
            }
            RunReport.Status status =
                    cancellation.isRequested() ? RunReport.Status.INTERRUPTED : RunReport.Status.COMPLETED;
            end(session, run, status, null);
            return finish(session, run, status);
        } catch (SQLException | RuntimeException | Error e) {
            throw failed(session, run, UnforeseenFailure.translate(e, "during the run"));
        } finally {
            threads.shutdownNow();
        }
    }

    /** Splits every collection before the first is read, so that a later run knows what is left. */
    private long plan(RunSession session, List<CollectionMapping<?>> selected) throws SQLException {
        int wanted = options.limit().isPresent() ? 1 : options.writers();
        Map<String, Increment> increments = session.call(
                "looking for the last run's high-water marks",
                connection -> Increments.of(connection, pipeline, source.description(), selected, options, resumable));
        List<Partition> partitions = new ArrayList<>();
        for (CollectionMapping<?> mapping : selected) {
            Optional<ChangedSince> changed =
                    Optional.ofNullable(increments.get(mapping.collection())).map(Increment::condition);
            partitions.addAll(source.partitions(
                    mapping.collection(), new ReadRequest(options.ids(), wanted, List.of(), changed)));
        }
        return session.transaction("recording what to read", connection -> {
            long run = runs(connection).begin(source.description(), resumable);
            CheckpointStore.plan(connection, run, partitions, false);
            Increments.plan(connection, run, selected, increments);
            return run;
        });
    }

    private long reopen(RunSession session, long run) throws SQLException {
        return session.call("taking over the unfinished run", connection -> {
            runs(connection).reopen(run);
            return run;
        });
    }

    private void end(RunSession session, long run, RunReport.Status status, @Nullable ErrorCode error)
            throws SQLException {
        session.call("recording how the run ended", connection -> {
            runs(connection).end(run, status, error);
            return run;
        });
    }

    private RunContext context(RunSession session, long run, ExecutorService threads) {
        return new RunContext(
                pipeline,
                run,
                source,
                target,
                options,
                cancellation,
                owner,
                session,
                retries,
                threads,
                new BackgroundWork(threads, cancellation));
    }

    private RunStore runs(Connection connection) {
        return new RunStore(connection, pipeline, owner);
    }

    /** Lets rows go whose document is gone; returns whether that may make room for other documents. */
    private boolean delete(
            RunSession session,
            long run,
            List<CollectionMapping<?>> selected,
            Map<CollectionMapping<?>, TableCatalog> catalogs)
            throws SQLException {
        DeleteStep step = new DeleteStep(pipeline, run, mappings, selected, catalogs, source, options, cancellation);
        Map<String, Deletions> done = session.call("deleting orphaned rows", step::run);
        reports.replaceAll(report -> ReportParts.with(report, done.getOrDefault(report.collection(), Deletions.NONE)));
        return step.released() || done.values().stream().anyMatch(one -> one.deleted() > 0);
    }

    private RunReport finish(@Nullable RunSession session, long run, RunReport.Status status) throws SQLException {
        long pending = session == null
                ? 0
                : session.call(
                        "counting pending references", connection -> PendingReferences.count(connection, mappings));
        if (session != null) {
            Map<String, Watermark> marks =
                    session.call("reading watermarks", connection -> Increments.marks(connection, run, mappings));
            reports.replaceAll(report -> Optional.ofNullable(marks.get(report.collection()))
                    .map(mark -> ReportParts.with(report, mark))
                    .orElse(report));
        }
        RunReport report = new RunReport(
                run,
                pipeline,
                source.description(),
                status,
                started,
                Duration.between(started, Instant.now()),
                session == null ? reports : amended(session, run),
                pending);
        if (!told) {
            told = true;
            options.listener().runFinished(report);
        }
        return report;
    }

    private List<CollectionReport> amended(RunSession session, long run) throws SQLException {
        return session.call("reading retried rejects", connection -> {
            Map<String, LateCheckpoint.Change> late = LateCheckpoint.of(connection, run);
            Map<String, List<PolicyUse>> uses = new HashMap<>();
            late.keySet().forEach(collection -> uses.put(collection, PolicyUseStore.of(connection, run, collection)));
            return LateReports.amend(reports, mappings, late, lateCodes, uses);
        });
    }

    private DocrowsException failed(RunSession session, long run, DocrowsException failure) {
        // A target that is gone was waited for already.
        boolean reachable =
                failure.code() != ErrorCode.TARGET_UNAVAILABLE && failure.code() != ErrorCode.PIPELINE_LOCKED;
        try {
            if (reachable) {
                end(session, run, RunReport.Status.FAILED, failure.code());
            }
        } catch (RuntimeException | SQLException | Error e) {
            // The next run finds it as running, takes the lock, and so knows that it is not.
            LOG.debug("the end of run {} could not be recorded", run, e);
            reachable = false;
        }
        try {
            return new RunFailedException(failure, finish(reachable ? session : null, run, RunReport.Status.FAILED));
        } catch (RuntimeException | SQLException | Error e) {
            failure.addSuppressed(e);
            return failure;
        }
    }
}
