package io.docrows.spark.command;

import io.docrows.cli.command.Load;
import io.docrows.cli.command.LoadingCommand;
import io.docrows.cli.connection.SourceAddress;
import io.docrows.cli.connection.TargetDatabase;
import io.docrows.cli.session.Session;
import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.docrows.report.RunReport;
import io.docrows.run.RunOptions;
import io.docrows.source.DocumentSource;
import io.docrows.spark.PipelineFactory;
import io.docrows.spark.SparkLoad;
import io.docrows.spark.SparkOptions;
import java.util.OptionalInt;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code run} on a cluster. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Migrates the target's schema to the latest version, then loads every mapped collection with the executors of"
                    + " this Spark application.",
            "Continues an interrupted run, wherever that was at work. All executors must reach the source and the target:"
                    + " a MongoDB server, or files on a file system of the cluster, such as hdfs://... or s3a://..."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  spark-submit --jars shop.jar etl-spark.jar run --source mongodb://host/shop --target postgresql://db/shop",
            "  spark-submit --jars shop.jar etl-spark.jar run --source s3a://dumps/shop --target postgresql://db/shop"
                    + " --target-connections 20"
        })
final class SparkRunCommand extends LoadingCommand {

    private static final Logger LOG = LoggerFactory.getLogger(SparkRunCommand.class);

    @Option(
            names = "--target-connections",
            paramLabel = "N",
            description = "The most connections to the target, of all executors and the driver, which takes "
                    + SparkOptions.DRIVER_CONNECTIONS
                    + " (default: one for each core of the cluster, at most 32, and the driver's).")
    private @Nullable Integer targetConnections;

    @Option(
            names = "--partitions",
            paramLabel = "N",
            description = "How many partitions to cut a collection into (default: by its size, so that one has about"
                    + " 100,000 documents).")
    private @Nullable Integer partitions;

    SparkRunCommand(Session session) {
        super(session);
    }

    @Override
    public void check() {
        super.check();
        options(options(), Integer.MAX_VALUE);
    }

    @Override
    protected void requireReadable(SourceAddress from) {
        OpenedSource.requireSeen(from);
    }

    /** The pool opens no more of them than the driver needs; it is asked how many the server has to give. */
    @Override
    protected int connections(RunOptions options) {
        return wanted().orElse(SparkOptions.DRIVER_CONNECTIONS + SparkOptions.USUAL_TASKS);
    }

    private OptionalInt wanted() {
        if (targetConnections != null) {
            return OptionalInt.of(targetConnections);
        }
        return writers().isPresent()
                ? OptionalInt.of(writers().getAsInt() + SparkOptions.DRIVER_CONNECTIONS)
                : OptionalInt.empty();
    }

    private SparkOptions options(RunOptions run, int available) {
        SparkOptions options = SparkOptions.of(run);
        if (wanted().isPresent()) {
            options = options.targetConnections(Math.min(wanted().getAsInt(), available));
        }
        return partitions == null ? options : options.partitions(partitions);
    }

    @Override
    protected RunReport load(
            SourceAddress from, DocumentSource documents, TargetDatabase database, Load load, RunOptions options) {
        OpenedSource source = OpenedSource.of(from);
        SparkSession session = Sessions.session();
        try {
            DriverTarget target = new DriverTarget(database.driver());
            SparkOptions spark = bounded(session, options, database);
            return load.run(
                    documents,
                    database,
                    migrates(),
                    options,
                    (pipeline, followed, cancellation) -> SparkLoad.run(
                            session,
                            pipeline,
                            PipelineFactory.named(pipeline().name()),
                            source,
                            target,
                            new SparkOptions(followed, spark.targetConnections(), spark.partitions()),
                            cancellation));
        } finally {
            session.stop();
        }
    }

    /** No more connections than the server has to give to this role. */
    private SparkOptions bounded(SparkSession session, RunOptions run, TargetDatabase database) {
        int there = database.connections();
        if (there < SparkOptions.DRIVER_CONNECTIONS + 1) {
            throw new DocrowsException(
                    ErrorCode.TARGET_UNAVAILABLE,
                    database.description() + " has " + there
                            + " connections for this role, and a run on a cluster needs"
                            + " at least " + (SparkOptions.DRIVER_CONNECTIONS + 1)
                            + "; raise the limit of the role, the database or max_connections");
        }
        SparkOptions options = options(run, there);
        int usual = SparkOptions.DRIVER_CONNECTIONS
                + Math.min(SparkOptions.USUAL_TASKS, session.sparkContext().defaultParallelism());
        int most = options.targetConnections().orElse(usual);
        if (there < most || there < wanted().orElse(0)) {
            LOG.info("{} has {} connections for this role: that is how many are used", database.description(), there);
        }
        return options.targetConnections(Math.min(most, there));
    }
}
