package io.docrows.cluster;

import io.docrows.error.DocrowsException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;

/**
 * Other processes that load partitions for a run. The run stays where it was begun: its lock, its constraints, its
 * order of collections, its report. Implementations are thread-safe.
 */
public interface Cluster {

    /**
     * Returns how many partitions may be loaded at the same time, each over one connection to the target.
     *
     * @return the number, at least 1
     */
    int slots();

    /**
     * Returns how many processes share the partitions, as far as that is known.
     *
     * @return the number, at least 1
     */
    int processes();

    /**
     * Returns how many partitions a collection is to be cut into. Many small ones are loaded evenly, and little is done
     * twice when one of the processes is lost; each costs a connection and a cursor.
     *
     * @param documents about how many documents it has, if that is known
     * @return the number, at least 1
     */
    int partitions(OptionalLong documents);

    /**
     * Has one of the processes load a partition, and waits until it is loaded, or could not be. Called by as many
     * threads at a time as there are slots.
     *
     * @param task what to load
     * @param stopped asked now and then; once it is true, nobody waits for the outcome any more
     * @return what became of it, or empty if it was stopped
     * @throws DocrowsException {@code CLUSTER_FAILED} if no process brought the task to an end; what it had committed
     *     is known by the target, and the same task may be given again
     * @throws InterruptedException if the thread is interrupted
     */
    Optional<PartitionOutcome> load(PartitionTask task, BooleanSupplier stopped) throws InterruptedException;
}
