package io.docrows.run;

import io.docrows.error.DocrowsException;

/**
 * How to load rejected documents again; which of them, a {@link RejectFilter} says. Immutable and thread-safe; each
 * method that takes a value returns changed options and leaves these as they are.
 */
public final class RetryOptions {

    private static final RetryOptions DEFAULTS = new RetryOptions(RunOptions.defaults());

    private final RunOptions run;

    private RetryOptions(RunOptions run) {
        this.run = run;
    }

    /**
     * Returns the writers, batches and limits of a run with its default options.
     *
     * @return the defaults
     */
    public static RetryOptions defaults() {
        return DEFAULTS;
    }

    /**
     * Sets how many partitions are loaded at the same time, each over its own connection.
     *
     * @param number 1 to 64; default: as many as the JVM sees processors, at most 4, and no more than the heap has room
     *     for, 96 MiB each
     * @return changed options
     * @throws DocrowsException {@code INVALID_OPTION} if the number is out of range
     */
    public RetryOptions writers(int number) {
        return new RetryOptions(run.writers(number));
    }

    /**
     * Returns how many partitions are loaded at the same time.
     *
     * @return the number, at least 1
     */
    public int writers() {
        return run.writers();
    }

    /**
     * Bounds a batch, which is one transaction.
     *
     * @param documents the most documents, 1 to 1,000,000; default 10,000
     * @param bytes the most bytes of documents, 1 to 1 GiB, default 16 MiB; a single larger document makes a batch of
     *     its own
     * @return changed options
     * @throws DocrowsException {@code INVALID_OPTION} if a number is out of range
     */
    public RetryOptions batch(int documents, long bytes) {
        return new RetryOptions(run.batch(documents, bytes));
    }

    /**
     * Returns the most documents in one transaction.
     *
     * @return the number, at least 1
     */
    public int batchDocuments() {
        return run.batchDocuments();
    }

    /**
     * Returns the most bytes of documents in one transaction, unless a single document is larger.
     *
     * @return the number of bytes, at least 1
     */
    public long batchBytes() {
        return run.batchBytes();
    }

    /**
     * Stops the retry when more than that many documents of a collection are rejected.
     *
     * @param most the limit; default any number
     * @return changed options
     */
    public RetryOptions maxRejects(RejectLimit most) {
        return new RetryOptions(run.maxRejects(most));
    }

    /**
     * Returns the maximum number of rejects tolerated per collection.
     *
     * @return the limit
     */
    public RejectLimit maxRejects() {
        return run.maxRejects();
    }

    /**
     * Sets what follows the retry.
     *
     * @param follower called as it goes on
     * @return changed options
     */
    public RetryOptions listener(RunListener follower) {
        return new RetryOptions(run.listener(follower));
    }

    /**
     * Returns what follows the retry.
     *
     * @return the listener
     */
    public RunListener listener() {
        return run.listener();
    }
}
