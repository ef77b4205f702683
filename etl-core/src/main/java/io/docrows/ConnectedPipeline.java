package io.docrows;

import io.docrows.cluster.Cluster;
import io.docrows.error.DocrowsException;
import io.docrows.internal.compare.PlanEngine;
import io.docrows.internal.compare.VerifyEngine;
import io.docrows.internal.follow.FollowEngine;
import io.docrows.internal.follow.FollowedVerification;
import io.docrows.internal.run.RunEngine;
import io.docrows.mapping.CollectionMapping;
import io.docrows.report.PlanReport;
import io.docrows.report.RunReport;
import io.docrows.report.VerifyReport;
import io.docrows.run.Cancellation;
import io.docrows.run.FollowOptions;
import io.docrows.run.PlanOptions;
import io.docrows.run.RunOptions;
import io.docrows.run.VerifyOptions;
import io.docrows.source.DocumentSource;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import javax.sql.DataSource;

/**
 * A pipeline with source and target, ready to run. Immutable and thread-safe; it owns neither the source nor the
 * target, and closes neither.
 */
public final class ConnectedPipeline extends PipelineInto {

    private final DocumentSource source;

    ConnectedPipeline(Pipeline pipeline, DocumentSource documents, DataSource database) {
        super(pipeline, database);
        this.source = Objects.requireNonNull(documents, "documents");
    }

    /**
     * Returns the same pipeline with the same source, writing to another database.
     *
     * @param database as in {@link Pipeline#target}
     * @return a pipeline with that target
     */
    public ConnectedPipeline target(DataSource database) {
        return new ConnectedPipeline(pipeline(), source, database);
    }

    /**
     * Makes sure that the source holds every collection that a run reads; see {@link PipelineFrom#checkSource}.
     *
     * @param collections names of the collections that the run is going to read; empty for all
     * @throws DocrowsException as {@link PipelineFrom#checkSource}
     */
    public void checkSource(Set<String> collections) {
        pipeline().source(source).checkSource(collections);
    }

    /**
     * Loads the collections. Resumes the last run if that one was interrupted or failed; reads everything afresh
     * otherwise. The library's own schema {@code docrows} is created or brought up to date first; the mapped tables
     * must be there already.
     *
     * @param options what to load and how
     * @return the report of a run that completed or was interrupted
     * @throws DocrowsException when it could not; once the run had begun, a
     *     {@link io.docrows.report.RunFailedException} that says what was committed. An unexpected exception, in
     *     Docrows or in a conversion, source or listener of your own, has the code {@code INTERNAL}
     */
    public RunReport run(RunOptions options) {
        return run(options, new Cancellation());
    }

    /**
     * Loads the collections, until it is asked to stop; see {@link #run(RunOptions)}.
     *
     * @param options as there
     * @param cancellation stops it from another thread; made for this one
     * @return the report, with what was done until then
     * @throws DocrowsException as there
     */
    public RunReport run(RunOptions options, Cancellation cancellation) {
        return new RunEngine(
                        pipeline().name(),
                        watermarked(options),
                        source,
                        target(),
                        options,
                        cancellation,
                        !options.partial())
                .run();
    }

    /**
     * Loads the collections as {@link #run(RunOptions, Cancellation)} does, while a cluster loads the partitions. This
     * process holds the lock, drops and rebuilds constraints, loads parents before children, retries rejects, deletes,
     * and makes the report.
     *
     * @param options as there; the cluster says how many partitions are loaded at a time, not the number of writers
     * @param cancellation as there
     * @param cluster loads the partitions, by a {@link PartitionWorker} of an equal pipeline in each of its processes
     * @return the report
     * @throws DocrowsException as there; {@code CLUSTER_FAILED} if the cluster gave up
     */
    public RunReport run(RunOptions options, Cancellation cancellation, Cluster cluster) {
        return new RunEngine(
                        pipeline().name(),
                        watermarked(options),
                        source,
                        target(),
                        options,
                        cancellation,
                        !options.partial(),
                        cluster)
                .run();
    }

    /**
     * Returns what loads partitions in this process for a run that another process has begun.
     *
     * @return a worker, to be closed
     */
    public PartitionWorker worker() {
        return new PartitionWorker(pipeline(), source, target());
    }

    /**
     * Loads everything once, then keeps the target in step with the source: applies its changes, until it is asked to
     * stop, or has caught up. What was loaded and applied is remembered, so that a later call goes on from there.
     *
     * <p>A document that was changed is read and written as in a run; rows of one that was deleted are deleted with
     * those below them. Changes are applied at least once, each document as it is then. Rows whose key is made of other
     * fields than the {@code _id} are not deleted: a run with deletes finds them.
     *
     * @param options how to follow
     * @param cancellation stops it from another thread; made for this call
     * @return what was done with changes; what the load did if it was stopped before its end
     * @throws DocrowsException as {@link #run(RunOptions)}; {@code SOURCE_NOT_FOLLOWABLE} if the source tells no
     *     changes; {@code SOURCE_HISTORY_LOST} if changes were missed, unless that means to load again
     */
    public RunReport follow(FollowOptions options, Cancellation cancellation) {
        return new FollowEngine(pipeline().name(), pipeline().mappings(), source, target(), options, cancellation)
                .run();
    }

    /**
     * Says what {@link #run(RunOptions)} with the same options would do, and writes nothing but temporary tables: the
     * rights that {@link #verify(VerifyOptions)} needs are enough. It migrates nothing either; a target on which no run
     * was ever made is planned as what it is.
     *
     * <p>The whole source is read and staged, then compared in one snapshot of the target. Documents are taken in the
     * batches of a run with one writer, so that the counts are those of that run, as long as neither side changes
     * meanwhile. What only a write can tell is not foreseen: triggers, exclusion constraints, unique indexes that are
     * no constraint, foreign keys that are no reference of the mapping. Nor is it foreseen which rejected documents the
     * run would load at its end; nor, where rows have owners because keys may repeat, that an owner comes with another
     * key and leaves its old one to another document of the same run. That document is counted as
     * {@code DUPLICATE_KEY}, and the run loads it, in passing or at its end. Of documents with the same key in several
     * batches only the last is counted as what it becomes, the others as skipped. The plan ignores an interrupted run
     * and assumes a fresh start.
     *
     * @param options which run; {@link PlanOptions#of} makes them of a run's own
     * @return what the run would do
     * @throws DocrowsException as {@link #verify(VerifyOptions)}
     */
    public PlanReport plan(PlanOptions options) {
        return plan(options, new Cancellation());
    }

    /**
     * Plans a run, until it is asked to stop; see {@link #plan(PlanOptions)}.
     *
     * @param options as there
     * @param cancellation stops it from another thread; made for this one
     * @return the report, with what was done until then
     * @throws DocrowsException as there
     */
    public PlanReport plan(PlanOptions options, Cancellation cancellation) {
        RunOptions run = options.run();
        return new PlanEngine(pipeline().name(), watermarked(run), source, target(), run, cancellation).run();
    }

    /**
     * Compares the source with the target: every document with its row and its rows in join tables, column by column,
     * and every row with its document. Writes to temporary tables only; the right to read the tables (those of
     * {@code docrows} too, if they are there) and to make temporary ones is enough. The target is seen as it is at one
     * moment, after the source was read; no run of the pipeline can change it meanwhile.
     *
     * <p>Columns that no mapping fills are not compared, nor are lookup tables beyond what arrays ask for.
     *
     * @param options what to compare
     * @return what was found
     * @throws DocrowsException if source or target cannot be read, or the target's tables are not those of the
     *     mappings; {@code PIPELINE_LOCKED} while a run is at work, or the source is followed and that was not said in
     *     the options
     */
    public VerifyReport verify(VerifyOptions options) {
        return verify(options, new Cancellation());
    }

    /**
     * Compares, until it is asked to stop; see {@link #verify(VerifyOptions)}.
     *
     * @param options as there
     * @param cancellation stops it from another thread; made for this one
     * @return the report, with what was done until then
     * @throws DocrowsException as there
     */
    public VerifyReport verify(VerifyOptions options, Cancellation cancellation) {
        if (options.whileFollowed()) {
            return new FollowedVerification(
                            pipeline().name(), pipeline().mappings(), source, target(), options, cancellation)
                    .run();
        }
        return new VerifyEngine(pipeline().name(), pipeline().mappings(), source, target(), options, cancellation)
                .run();
    }

    private List<CollectionMapping<?>> watermarked(RunOptions options) {
        if (options.watermark().isEmpty()) {
            return pipeline().mappings();
        }
        String[] path = options.watermark().toArray(String[]::new);
        return pipeline().mappings().stream()
                .<CollectionMapping<?>>map(
                        mapping -> mapping.watermark().isEmpty() ? mapping.withWatermark(path) : mapping)
                .toList();
    }
}
