package io.docrows.spark;

import io.docrows.ConnectedPipeline;
import io.docrows.report.RunReport;
import io.docrows.run.Cancellation;
import io.docrows.source.DocumentSource;
import org.apache.spark.sql.SparkSession;

/**
 * Loads a pipeline with the executors of a Spark session. The driver holds the pipeline's lock, drops and rebuilds
 * constraints, loads parents before children, retries, deletes, reports; an executor's task writes one partition, with
 * its checkpoint in each transaction. A task that Spark gave out again takes the partition over where the attempt
 * before it has come, and that one commits nothing more.
 */
public final class SparkLoad {

    private SparkLoad() {}

    /**
     * Loads. Resumes the last run if that one was interrupted or failed, on a cluster or in one process.
     *
     * @param session runs the tasks; stays the caller's
     * @param pipeline makes the pipeline in each process
     * @param source opens the source in each process
     * @param target makes the way to the target in each process
     * @param options what to load, and how
     * @return the report of a run that completed or was interrupted
     * @throws io.docrows.error.DocrowsException as {@link io.docrows.ConnectedPipeline#run}; {@code CLUSTER_FAILED} if
     *     Spark gave up
     */
    public static RunReport run(
            SparkSession session,
            PipelineFactory pipeline,
            SourceFactory source,
            TargetFactory target,
            SparkOptions options) {
        return run(session, pipeline, source, target, options, new Cancellation());
    }

    /**
     * Loads, until it is asked to stop; see {@link #run(SparkSession, PipelineFactory, SourceFactory, TargetFactory,
     * SparkOptions)}.
     *
     * @param session as there
     * @param pipeline as there
     * @param source as there
     * @param target as there
     * @param options as there
     * @param cancellation stops it from another thread
     * @return the report, with what was done until then
     * @throws io.docrows.error.DocrowsException as there
     */
    public static RunReport run(
            SparkSession session,
            PipelineFactory pipeline,
            SourceFactory source,
            TargetFactory target,
            SparkOptions options,
            Cancellation cancellation) {
        try (DocumentSource documents = source.open()) {
            ConnectedPipeline connected = pipeline.pipeline().source(documents).target(target.dataSource());
            return run(session, connected, pipeline, source, target, options, cancellation);
        }
    }

    /**
     * Loads a pipeline whose driver has its source and target already open; see {@link #run(SparkSession,
     * PipelineFactory, SourceFactory, TargetFactory, SparkOptions)}.
     *
     * @param session as there
     * @param driver the pipeline in this process, with up to {@value SparkOptions#DRIVER_CONNECTIONS} connections
     * @param pipeline makes the same pipeline in each executor
     * @param source opens the same source in each executor
     * @param target makes the way to the same target in each executor
     * @param options as there
     * @param cancellation stops it from another thread
     * @return the report, with what was done until then
     * @throws io.docrows.error.DocrowsException as there
     */
    public static RunReport run(
            SparkSession session,
            ConnectedPipeline driver,
            PipelineFactory pipeline,
            SourceFactory source,
            TargetFactory target,
            SparkOptions options,
            Cancellation cancellation) {
        try (SparkCluster cluster = SparkCluster.of(session, new Equipment(pipeline, source, target), options)) {
            return driver.run(options.run(), cancellation, cluster);
        }
    }
}
