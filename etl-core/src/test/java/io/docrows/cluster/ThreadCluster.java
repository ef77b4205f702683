package io.docrows.cluster;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;

/** A cluster of threads, whose tasks go over the bytes that would go over a network. */
final class ThreadCluster implements Cluster {

    /** What is done with a task. */
    interface Process {

        PartitionOutcome load(PartitionTask task, BooleanSupplier stopped) throws InterruptedException;
    }

    private final int slots;
    private final int partitions;
    private final Process process;

    ThreadCluster(int slots, int partitions, Process process) {
        this.slots = slots;
        this.partitions = partitions;
        this.process = process;
    }

    @Override
    public int slots() {
        return slots;
    }

    @Override
    public int processes() {
        return 1;
    }

    @Override
    public int partitions(OptionalLong documents) {
        return partitions;
    }

    @Override
    public Optional<PartitionOutcome> load(PartitionTask task, BooleanSupplier stopped) throws InterruptedException {
        PartitionOutcome outcome = process.load(PartitionTask.decode(task.encode()), stopped);
        return Optional.of(PartitionOutcome.decode(outcome.encode()));
    }
}
