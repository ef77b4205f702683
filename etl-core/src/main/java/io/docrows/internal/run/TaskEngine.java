package io.docrows.internal.run;

import io.docrows.cluster.PartitionOutcome;
import io.docrows.cluster.PartitionTask;
import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.docrows.internal.stage.BatchMemory;
import io.docrows.mapping.CollectionMapping;
import io.docrows.run.RunListener;
import io.docrows.source.DocumentSource;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * What a process of a cluster has to load partitions with, for one run after the other: what it knows of the tables and
 * of the keys of parents is read once for each collection, and shared by all tasks. Thread-safe.
 */
public final class TaskEngine implements AutoCloseable {

    private final String pipeline;
    private final List<CollectionMapping<?>> mappings;
    private final DocumentSource source;
    private final DataSource target;
    private final ExecutorService threads;
    private final Retries retries = new Retries(RunListener.NONE);
    private final BatchMemory memory = BatchMemory.ofHeap();
    private @Nullable TaskCollection<?> current;

    /**
     * An engine.
     *
     * @param pipeline the pipeline's name
     * @param mappings all its mappings, in load order
     * @param source where documents come from
     * @param target where rows go
     */
    public TaskEngine(String pipeline, List<CollectionMapping<?>> mappings, DocumentSource source, DataSource target) {
        this.pipeline = pipeline;
        this.mappings = mappings;
        this.source = source;
        this.target = target;
        this.threads = new RunThreads(pipeline);
    }

    /**
     * Loads a partition.
     *
     * @param task which, and how
     * @param stopped asked before each document; true ends the attempt with the batch in hand
     * @return what this attempt did; it tells of failures, and does not throw
     * @throws InterruptedException if the thread is interrupted
     */
    public PartitionOutcome load(PartitionTask task, BooleanSupplier stopped) throws InterruptedException {
        if (!task.pipeline().equals(pipeline)) {
            throw new DocrowsException(
                    ErrorCode.INVALID_OPTION,
                    "A task of the pipeline " + task.pipeline() + " came to a process with the pipeline " + pipeline
                            + ". Start all processes with the same program.");
        }
        try (LogContext run = LogContext.put("run", String.valueOf(task.run()));
                LogContext collection = LogContext.put("collection", task.collection())) {
            return collection(task).load(task, stopped);
        }
    }

    /** The collection of a task; the one before it is complete, or its run is over. */
    private synchronized TaskCollection<?> collection(PartitionTask task) {
        TaskCollection<?> known = current;
        if (known == null || !known.isOf(task)) {
            if (known != null) {
                known.close();
            }
            known = TaskCollection.of(this, task, mappings);
            current = known;
        }
        return known;
    }

    DocumentSource source() {
        return source;
    }

    DataSource target() {
        return target;
    }

    ExecutorService threads() {
        return threads;
    }

    Retries retries() {
        return retries;
    }

    BatchMemory memory() {
        return memory;
    }

    String pipeline() {
        return pipeline;
    }

    /** Gives back connections and threads. */
    @Override
    public synchronized void close() {
        if (current != null) {
            current.close();
            current = null;
        }
        threads.shutdownNow();
    }

    /**
     * Which collection of which run, loaded in which way: what differs in one of these has nothing in common.
     *
     * @param run the run's number
     * @param owner the run's fencing token
     * @param collection the collection's name
     * @param copying whether its tables were empty
     * @param watermark the field with the date of the last change, if the mapping names none
     */
    record Key(long run, UUID owner, String collection, boolean copying, List<String> watermark) {

        static Key of(PartitionTask task) {
            return new Key(task.run(), task.owner(), task.collection(), task.copying(), task.watermark());
        }

        Key {
            Objects.requireNonNull(collection);
        }
    }
}
