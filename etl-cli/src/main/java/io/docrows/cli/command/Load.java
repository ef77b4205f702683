package io.docrows.cli.command;

import io.docrows.ConnectedPipeline;
import io.docrows.PipelineInto;
import io.docrows.PipelineProvider;
import io.docrows.cli.connection.TargetDatabase;
import io.docrows.cli.option.LogOptions;
import io.docrows.cli.schema.TargetSchema;
import io.docrows.cli.session.Interruption;
import io.docrows.cli.session.Session;
import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.docrows.report.RunReport;
import io.docrows.run.BulkLoad;
import io.docrows.run.Cancellation;
import io.docrows.run.FollowListener;
import io.docrows.run.FollowOptions;
import io.docrows.run.RejectFilter;
import io.docrows.run.RetryOptions;
import io.docrows.run.RunListener;
import io.docrows.run.RunOptions;
import io.docrows.source.DocumentSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Migrates a target and loads it from a source, with progress and in such a way that a signal can stop it. */
public final class Load {

    /** Connections besides one for each writer: the run's own, and two for what happens meanwhile. */
    public static final int MORE_CONNECTIONS = 3;

    /** The run's own, one that loads, and one for what happens meanwhile. */
    private static final int LEAST_CONNECTIONS = 3;

    private static final Logger LOG = LoggerFactory.getLogger(Load.class);

    private final Session session;
    private final PipelineProvider provider;
    private final LogOptions log;
    private final boolean progress;
    private final RunListener attempt;

    /**
     * Loads.
     *
     * @param session what the command takes from its process
     * @param provider the pipeline
     * @param log how it logs
     * @param progress whether progress is shown
     * @param attempt what else follows each run
     */
    public Load(Session session, PipelineProvider provider, LogOptions log, boolean progress, RunListener attempt) {
        this.session = session;
        this.provider = provider;
        this.log = log;
        this.progress = progress;
        this.attempt = attempt;
    }

    /**
     * Loads from a source.
     *
     * @param source where the documents are
     * @param target where the rows go
     * @param migrate whether the schema is brought to head before, else it must be there
     * @param options of the run
     * @return what the run did
     */
    public RunReport run(DocumentSource source, TargetDatabase target, boolean migrate, RunOptions options) {
        return run(source, target, migrate, fitting(target, options), ConnectedPipeline::run);
    }

    /**
     * Loads from a source in a way of its own; connections are counted by whoever knows it.
     *
     * @param source where the documents are
     * @param target where the rows go
     * @param migrate whether the schema is brought to head before, else it must be there
     * @param options of the run
     * @param way how to load
     * @return what the run did
     */
    public RunReport run(DocumentSource source, TargetDatabase target, boolean migrate, RunOptions options, Way way) {
        return load(
                target,
                migrate,
                options.listener(),
                (pipeline, listener, following, cancellation) ->
                        way.load(pipeline.source(source), options.listener(listener), cancellation));
    }

    /**
     * Loads from a source once, then applies its changes.
     *
     * @param source where the documents are
     * @param target where the rows go
     * @param migrate whether the schema is brought to head before, else it must be there
     * @param options of following
     * @return what was done with changes, or what the load did if it was stopped
     */
    public RunReport follow(DocumentSource source, TargetDatabase target, boolean migrate, FollowOptions options) {
        RunOptions fitting = fitting(target, options.load());
        return load(
                target,
                migrate,
                options.load().listener(),
                (pipeline, listener, following, cancellation) -> pipeline.source(source)
                        .follow(
                                options.load(fitting.listener(listener))
                                        .listener(FollowListener.all(options.listener(), following)),
                                cancellation));
    }

    /**
     * Loads rejected documents again.
     *
     * @param rejects which
     * @param target where they are, and where the rows go
     * @param migrate whether the schema is brought to head before, else it must be there
     * @param options of the retry
     * @return what the retry did
     */
    public RunReport retry(RejectFilter rejects, TargetDatabase target, boolean migrate, RetryOptions options) {
        RetryOptions fitting = options.writers(room(target, options.writers()).writers());
        return load(
                target,
                migrate,
                options.listener(),
                (pipeline, listener, following, cancellation) ->
                        pipeline.retryRejects(rejects, fitting.listener(listener), cancellation));
    }

    private static RunOptions fitting(TargetDatabase target, RunOptions options) {
        Room room = room(target, options.writers());
        return (room.bulkLoad() ? options : options.bulkLoad(BulkLoad.NEVER)).writers(room.writers());
    }

    private RunReport load(TargetDatabase target, boolean migrate, RunListener listener, Work work) {
        TargetSchema schema = TargetSchema.of(provider, target);
        if (migrate) {
            // A migration may name a constraint that an interrupted first load has deferred.
            schema.bringToHead(() ->
                            provider.pipeline().target(target.dataSource()).rebuildConstraints())
                    .filter(migrated -> migrated.applied() > 0)
                    .ifPresent(migrated ->
                            LOG.info("migrated the schema from version {} to {}", migrated.from(), migrated.to()));
        } else {
            schema.requireTables();
        }
        Cancellation cancellation = new Cancellation();
        try (Interruption.Guard guard = session.interruption().during(cancellation);
                Follower follower = Follower.of(session, log, progress, cancellation)) {
            return work.on(
                    provider.pipeline().target(target.dataSource()),
                    RunListener.all(follower.listener(), attempt, listener),
                    follower.following(),
                    cancellation);
        }
    }

    /**
     * Fewer connections make a slower run, down to the least with which it comes to its end.
     *
     * @throws DocrowsException {@code TARGET_UNAVAILABLE} if there are not even those
     */
    private static Room room(TargetDatabase target, int wanted) {
        int there = target.connections();
        if (there >= wanted + MORE_CONNECTIONS) {
            return new Room(wanted, true);
        }
        if (there < LEAST_CONNECTIONS) {
            throw tooFew(target);
        }
        int writers = Math.max(1, there - MORE_CONNECTIONS);
        // A first load that defers its indexes has a connection that keeps autovacuum away all the time.
        boolean defers = there > MORE_CONNECTIONS;
        LOG.info(
                "{} has {} connections for this role: loading with {} writer{}{}",
                target.description(),
                there,
                writers,
                writers == 1 ? "" : "s",
                defers ? "" : ", without dropping indexes");
        return new Room(writers, defers);
    }

    /**
     * What the connections of a target suffice for.
     *
     * @param writers how many may write
     * @param bulkLoad whether a first load may go without its indexes
     */
    private record Room(int writers, boolean bulkLoad) {}

    /** How a pipeline is loaded: in this process, unless somebody knows another way. */
    @FunctionalInterface
    public interface Way {

        /**
         * Loads.
         *
         * @param pipeline what to load, from where to where
         * @param options with all that follow the run
         * @param cancellation asked for by a signal
         * @return what the run did
         */
        RunReport load(ConnectedPipeline pipeline, RunOptions options, Cancellation cancellation);
    }

    /** What is done once the schema is there. */
    private interface Work {

        RunReport on(PipelineInto pipeline, RunListener listener, FollowListener following, Cancellation cancellation);
    }

    private static DocrowsException tooFew(TargetDatabase target) {
        return new DocrowsException(
                ErrorCode.TARGET_UNAVAILABLE,
                target.description() + " has " + target.connections()
                        + (target.connections() == 1 ? " connection" : " connections")
                        + " for this role, and a run needs at least "
                        + LEAST_CONNECTIONS + "; raise the limit of the role, the database or max_connections,"
                        + " or close other connections");
    }
}
