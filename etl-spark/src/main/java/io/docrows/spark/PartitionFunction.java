package io.docrows.spark;

import io.docrows.cluster.PartitionOutcome;
import io.docrows.cluster.PartitionTask;
import io.docrows.error.DocrowsException;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;
import org.apache.spark.api.java.function.Function;

/**
 * What an executor does with a task: bytes in, bytes out, so that it does not matter which serializer Spark was given.
 * A failure of source or target is an outcome like another, which Spark need not repeat: it was tried again here.
 */
final class PartitionFunction implements Function<byte[], byte[]> {

    private static final long serialVersionUID = 1L;

    private final Equipment equipment;

    PartitionFunction(Equipment equipment) {
        this.equipment = equipment;
    }

    @Override
    public byte[] call(byte[] bytes) throws InterruptedException {
        TaskContext context = TaskContext.get();
        PartitionTask task = PartitionTask.decode(bytes);
        PartitionOutcome outcome;
        try (Workplace.Use workplace = Workplace.of(equipment)) {
            outcome = workplace.worker().load(task, context::isInterrupted);
        } catch (DocrowsException e) {
            outcome = PartitionOutcome.failed(e);
        }
        if (outcome.end() == PartitionOutcome.End.SUPERSEDED) {
            // Were it to end well, Spark would stop the attempt that has taken over.
            throw new TaskKilledException("another attempt has taken over " + task);
        }
        return outcome.encode();
    }
}
