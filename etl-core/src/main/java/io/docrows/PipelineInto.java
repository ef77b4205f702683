package io.docrows;

import io.docrows.error.DocrowsException;
import io.docrows.history.RunHistory;
import io.docrows.internal.metadata.RejectSource;
import io.docrows.internal.postgres.PoolerCheck;
import io.docrows.internal.run.ConstraintRecovery;
import io.docrows.internal.run.Preflight;
import io.docrows.internal.run.RunEngine;
import io.docrows.report.RunReport;
import io.docrows.run.Cancellation;
import io.docrows.run.RejectFilter;
import io.docrows.run.RetryOptions;
import io.docrows.run.RunOptions;
import io.docrows.source.DocumentSource;
import java.util.Objects;
import javax.sql.DataSource;

/**
 * A pipeline with a target: everything that needs no source. Immutable and thread-safe; it does not close its target.
 */
public sealed class PipelineInto permits ConnectedPipeline {

    private final Pipeline pipeline;
    private final DataSource target;

    PipelineInto(Pipeline pipeline, DataSource database) {
        this.pipeline = pipeline;
        this.target = Objects.requireNonNull(database, "database");
    }

    /**
     * Returns what was described, without source and target.
     *
     * @return its name and mappings
     */
    public final Pipeline pipeline() {
        return pipeline;
    }

    final DataSource target() {
        return target;
    }

    /**
     * Returns this pipeline, reading from a source.
     *
     * @param documents where documents come from
     * @return a pipeline with source and target, ready to run
     */
    public final ConnectedPipeline source(DocumentSource documents) {
        return new ConnectedPipeline(pipeline, documents, target);
    }

    /**
     * Makes sure that the target's tables are those that the mappings were compiled for: columns and their types, enum
     * labels, NOT NULL, unique keys. Reads the catalogue only; it does not matter who created the tables, or how.
     *
     * @throws DocrowsException {@code TARGET_SCHEMA_MISMATCH} if they are not, listing everything that differs
     */
    public final void checkTarget() {
        Preflight.target(pipeline.name(), pipeline.mappings(), target);
    }

    /**
     * Loads the documents that were rejected again, after the mapping, the schema or what they refer to was fixed.
     * Those that load leave {@code docrows.reject}; the others stay in it, with their present reason. No source is
     * used, and an interrupted run can still be resumed afterwards.
     *
     * @param options how
     * @return the report
     * @throws DocrowsException as {@link ConnectedPipeline#run}
     */
    public final RunReport retryRejects(RetryOptions options) {
        return retryRejects(RejectFilter.ALL, options);
    }

    /**
     * Loads some of the documents that were rejected again; see {@link #retryRejects(RetryOptions)}.
     *
     * @param filter which
     * @param options how
     * @return the report
     * @throws DocrowsException as {@link ConnectedPipeline#run}; {@code INVALID_OPTION} if no mapping reads a
     *     collection that the filter names
     */
    public final RunReport retryRejects(RejectFilter filter, RetryOptions options) {
        return retryRejects(filter, options, new Cancellation());
    }

    /**
     * Loads some of the documents that were rejected again, until it is asked to stop; see
     * {@link #retryRejects(RetryOptions)}.
     *
     * @param filter which
     * @param options how
     * @param cancellation stops the retry from another thread; made for this one
     * @return the report
     * @throws DocrowsException as {@link #retryRejects(RejectFilter, RetryOptions)}
     */
    public final RunReport retryRejects(RejectFilter filter, RetryOptions options, Cancellation cancellation) {
        RunOptions run = RunOptions.defaults()
                .collections(filter.collections())
                .writers(options.writers())
                .batch(options.batchDocuments(), options.batchBytes())
                .maxRejects(options.maxRejects())
                .listener(options.listener());
        // Rejects are the source of a run that no other run goes on with.
        return new RunEngine(
                        pipeline.name(),
                        pipeline.mappings(),
                        new RejectSource(target, pipeline.name(), filter),
                        target,
                        run,
                        cancellation,
                        false)
                .run();
    }

    /**
     * Rebuilds the constraints and indexes that a first load dropped, if that load was cut off or interrupted. The next
     * run does so by itself, or resumes that load; use this if you need the complete tables before then.
     *
     * @return how many were missing; 0 if there was nothing to do
     * @throws DocrowsException {@code PIPELINE_LOCKED} if a run is at work; {@code TARGET_FAILED} if values occur more
     *     than once that must not, which only the interrupted run can sort out, if rows refer to rows that do not
     *     exist, or if the thread is interrupted
     */
    public final int rebuildConstraints() {
        // The caller is about to change the tables, which a transaction pooler could leave half done.
        PoolerCheck.refuseTransactionPooler(target);
        int missing = (int) RunHistory.of(target).missingConstraints().stream()
                .filter(constraint -> constraint.pipeline().equals(pipeline.name()))
                .count();
        if (missing > 0) {
            ConstraintRecovery.run(pipeline.name(), target);
        }
        return missing;
    }

    @Override
    public final String toString() {
        return pipeline.toString();
    }
}
