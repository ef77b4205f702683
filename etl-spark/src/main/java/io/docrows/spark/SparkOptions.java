package io.docrows.spark;

import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.docrows.run.RunOptions;
import java.util.OptionalInt;

/**
 * How to load on a cluster. Immutable; each method returns changed options.
 *
 * @param run what to load, and how. The number of writers does not matter here: there is one for each task
 * @param targetConnections the most connections to the target, of driver and executors together
 * @param partitions how many partitions a collection is cut into; empty to tell by its size
 */
public record SparkOptions(RunOptions run, OptionalInt targetConnections, OptionalInt partitions) {

    /** What the driver takes: for the lock and the bookkeeping, and for what goes on beside loading. */
    public static final int DRIVER_CONNECTIONS = 4;

    /** So many tasks write at a time, unless told otherwise: on most machines PostgreSQL gains nothing from more. */
    public static final int USUAL_TASKS = 32;

    /** With fewer, no task would have one. */
    static final int LEAST_CONNECTIONS = DRIVER_CONNECTIONS + 1;

    /** So many partitions of a collection are enough for the largest cluster. */
    private static final int MOST_PARTITIONS = 100_000;

    /**
     * Checks the numbers.
     *
     * @throws DocrowsException {@code INVALID_OPTION} if one is out of its range
     */
    public SparkOptions {
        if (targetConnections.isPresent() && targetConnections.getAsInt() < LEAST_CONNECTIONS) {
            throw new DocrowsException(
                    ErrorCode.INVALID_OPTION,
                    "--target-connections: at least " + LEAST_CONNECTIONS + " are needed, not "
                            + targetConnections.getAsInt() + "; the driver takes " + DRIVER_CONNECTIONS);
        }
        if (partitions.isPresent() && (partitions.getAsInt() < 1 || partitions.getAsInt() > MOST_PARTITIONS)) {
            throw new DocrowsException(
                    ErrorCode.INVALID_OPTION,
                    "--partitions: choose from 1 to " + MOST_PARTITIONS + ", not " + partitions.getAsInt());
        }
    }

    /**
     * Returns the options of a run, with as many connections as the cluster has cores, at most 32 and four more.
     *
     * @param run what to load, and how
     * @return the options
     */
    public static SparkOptions of(RunOptions run) {
        return new SparkOptions(run, OptionalInt.empty(), OptionalInt.empty());
    }

    /**
     * Returns these options with a bound for the connections.
     *
     * @param most the most connections to the target, of driver and executors together; at least 5
     * @return the options
     * @throws DocrowsException {@code INVALID_OPTION} if it is less
     */
    public SparkOptions targetConnections(int most) {
        return new SparkOptions(run, OptionalInt.of(most), partitions);
    }

    /**
     * Returns these options with a number of partitions.
     *
     * @param number how many partitions a collection is cut into, 1 to 100,000; a source may make fewer or more
     * @return the options
     * @throws DocrowsException {@code INVALID_OPTION} if it is out of its range
     */
    public SparkOptions partitions(int number) {
        return new SparkOptions(run, targetConnections, OptionalInt.of(number));
    }
}
