package io.docrows;

import io.docrows.cluster.PartitionOutcome;
import io.docrows.cluster.PartitionTask;
import io.docrows.error.DocrowsException;
import io.docrows.internal.run.TaskEngine;
import io.docrows.source.DocumentSource;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;

/**
 * A process's part in the runs of another one: loads the partitions that it is given. Takes one connection for each
 * task that is at work, and keeps that for the next task of the same collection only if it is told to. Thread-safe; it
 * closes neither its source nor its target.
 */
public final class PartitionWorker implements AutoCloseable {

    private final TaskEngine engine;

    PartitionWorker(Pipeline pipeline, DocumentSource source, DataSource target) {
        this.engine = new TaskEngine(pipeline.name(), pipeline.mappings(), source, target);
    }

    /**
     * Loads a partition, from where the last attempt at it has come. Takes it over first: from then on an earlier
     * attempt commits nothing more, wherever it is at work.
     *
     * @param task which, and how
     * @param stopped asked before each document; once it is true, the batch in hand is written, and that is all
     * @return what this attempt did, failures included
     * @throws DocrowsException {@code INVALID_OPTION} if the task is one of another pipeline
     * @throws InterruptedException if the thread is interrupted
     */
    public PartitionOutcome load(PartitionTask task, BooleanSupplier stopped) throws InterruptedException {
        return engine.load(task, stopped);
    }

    /** Gives back connections and threads. */
    @Override
    public void close() {
        engine.close();
    }
}
