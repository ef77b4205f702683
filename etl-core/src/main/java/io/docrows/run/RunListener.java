package io.docrows.run;

import io.docrows.report.CollectionReport;
import io.docrows.report.Counts;
import io.docrows.report.RunReport;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/**
 * Follows a run: for progress bars, logs and metrics. Methods are called from the threads that do the work, one at a
 * time for each collection; they should return quickly, and an exception they throw fails the run.
 */
public interface RunListener {

    /** Ignores everything. */
    RunListener NONE = new RunListener() {};

    /**
     * Tells several listeners, in this order.
     *
     * @param listeners who is told
     * @return one listener for all
     */
    static RunListener all(RunListener... listeners) {
        return new ListenerGroup(List.of(listeners));
    }

    /**
     * The run has its number and holds its pipeline's lock.
     *
     * @param run the run's number
     * @param resumed true if it goes on where an earlier one stopped
     */
    default void runStarted(long run, boolean resumed) {}

    /**
     * A collection is about to be read.
     *
     * @param collection the collection's name
     * @param estimate about how many documents it has, if that is known; not for accounting
     * @param done what an earlier, interrupted run had done already
     */
    default void collectionStarted(String collection, OptionalLong estimate, Counts done) {}

    /**
     * A batch was committed.
     *
     * @param collection the collection's name
     * @param batch what became of the batch's documents
     */
    default void batchCommitted(String collection, Counts batch) {}

    /**
     * How long a batch took; follows {@link #batchCommitted} on the same thread. With several writers those of a
     * collection may call at the same time.
     *
     * @param collection the collection's name
     * @param timing the batch's times
     */
    default void batchTimed(String collection, BatchTiming timing) {}

    /**
     * A collection was read to its end.
     *
     * @param report what was done
     */
    default void collectionFinished(CollectionReport report) {}

    /**
     * Something failed with a transient error, and is tried again.
     *
     * @param what what failed, without values or secrets
     * @param attempt the number of the attempt that failed, from 1
     * @param delay the pause before the next one
     */
    default void retrying(String what, int attempt, Duration delay) {}

    /**
     * The run has ended, in whatever way.
     *
     * @param report what was done
     */
    default void runFinished(RunReport report) {}
}
