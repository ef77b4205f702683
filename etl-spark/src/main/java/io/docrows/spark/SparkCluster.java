package io.docrows.spark;

import io.docrows.cluster.Cluster;
import io.docrows.cluster.PartitionOutcome;
import io.docrows.cluster.PartitionTask;
import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/**
 * Spark as the one who loads partitions: each is a job of one task, and there are as many jobs at a time as there are
 * slots, however many cores the cluster has. Spark finds a core for each, and another when an executor is lost.
 */
final class SparkCluster implements Cluster, AutoCloseable {

    /** A partition of so many documents takes long enough for what it costs to begin it. */
    private static final long DOCUMENTS = 100_000;

    /** With fewer of them in a partition, beginning it would be felt. */
    private static final long FEWEST_DOCUMENTS = 25_000;

    /** So many partitions for each slot, so that one that takes longer holds nobody up. */
    private static final int PER_SLOT = 4;

    private static final long POLL_MILLIS = 200;

    private final SparkContext context;
    private final JavaSparkContext java;
    private final Equipment equipment;
    private final SparkOptions options;
    private final int slots;

    private SparkCluster(SparkContext context, Equipment equipment, SparkOptions options, int slots) {
        this.context = context;
        this.java = JavaSparkContext.fromSparkContext(context);
        this.equipment = equipment;
        this.options = options;
        this.slots = slots;
    }

    static SparkCluster of(SparkSession session, Equipment equipment, SparkOptions options) {
        SparkContext context = session.sparkContext();
        int slots = options.targetConnections().isPresent()
                ? options.targetConnections().getAsInt() - SparkOptions.DRIVER_CONNECTIONS
                : Math.min(SparkOptions.USUAL_TASKS, context.defaultParallelism());
        return new SparkCluster(context, equipment, options, slots);
    }

    @Override
    public int slots() {
        return slots;
    }

    @Override
    public int processes() {
        // The driver is one of them, and the only one that loads where there is no cluster.
        return Math.max(1, context.getExecutorMemoryStatus().size() - 1);
    }

    @Override
    public int partitions(OptionalLong documents) {
        if (options.partitions().isPresent()) {
            return options.partitions().getAsInt();
        }
        long number = documents.orElse(0);
        long even = Math.min((long) slots * PER_SLOT, Math.max(1, number / FEWEST_DOCUMENTS));
        return (int) Math.max(slots, Math.min(Integer.MAX_VALUE, Math.max(even, number / DOCUMENTS)));
    }

    @Override
    public Optional<PartitionOutcome> load(PartitionTask task, BooleanSupplier stopped) throws InterruptedException {
        context.setLocalProperty("spark.job.description", task.toString());
        JavaFutureAction<List<byte[]>> job;
        try {
            job = java.parallelize(List.of(task.keeping(keepsConnections()).encode()), 1)
                    .map(new PartitionFunction(equipment))
                    .collectAsync();
        } catch (RuntimeException e) {
            throw failed(task, e);
        }
        boolean done = false;
        try {
            while (true) {
                try {
                    byte[] outcome = job.get(POLL_MILLIS, TimeUnit.MILLISECONDS).get(0);
                    done = true;
                    return Optional.of(PartitionOutcome.decode(outcome));
                } catch (TimeoutException e) {
                    if (stopped.getAsBoolean()) {
                        return Optional.empty();
                    }
                } catch (ExecutionException e) {
                    done = true;
                    throw failed(task, e.getCause() == null ? e : e.getCause());
                }
            }
        } finally {
            if (!done) {
                job.cancel(true);
            }
        }
    }

    /**
     * Whether an executor may keep a connection for its next task: as long as each core of the cluster may have one,
     * those that wait are within the bound.
     */
    private boolean keepsConnections() {
        return context.defaultParallelism() <= slots
                && !context.getConf().getBoolean("spark.dynamicAllocation.enabled", false);
    }

    private static DocrowsException failed(PartitionTask task, Throwable cause) {
        String said = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
        return new DocrowsException(
                ErrorCode.CLUSTER_FAILED,
                "Spark gave up on " + task + ": " + said + ". See the logs of its executors; what was committed stays.",
                cause);
    }

    /** Where driver and executors are one process, nothing stays open behind the load. */
    @Override
    public void close() {
        Workplace.close(equipment.load());
    }
}
