package io.docrows;

import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import org.bson.BsonValue;

/**
 * How to run a pipeline. Immutable; each method returns changed options.
 *
 * @param collections the collections to load, empty for all
 * @param ids the {@code _id}s to load, empty for all; compared as MongoDB compares them
 * @param limit the most documents to read of each collection
 * @param force starts over even if the last run was interrupted
 * @param writers how many partitions are loaded at the same time, each over its own connection; at least 1
 * @param batchDocuments the most documents in one transaction; 1 to 1,000,000, default 10,000
 * @param batchBytes the most bytes of documents in one transaction, unless a single document is larger; default 16 MiB
 * @param maxRejects how many rejects of one collection are put up with; default any number
 * @param cancellation stops the run from outside
 * @param listener follows the run
 */
public record RunOptions(
        Set<String> collections,
        List<BsonValue> ids,
        OptionalLong limit,
        boolean force,
        int writers,
        int batchDocuments,
        long batchBytes,
        RejectLimit maxRejects,
        Cancellation cancellation,
        RunListener listener) {

    private static final RunOptions DEFAULTS = new RunOptions(
            Set.of(),
            List.of(),
            OptionalLong.empty(),
            false,
            1,
            10_000,
            16L << 20,
            RejectLimit.NONE,
            new Cancellation(),
            RunListener.NONE);

    /**
     * Checks ranges and copies collections.
     *
     * @throws DocrowsException {@code INVALID_OPTION} if a number is out of range
     */
    public RunOptions {
        collections = Set.copyOf(collections);
        ids = List.copyOf(ids);
        Objects.requireNonNull(maxRejects, "maxRejects");
        Objects.requireNonNull(cancellation, "cancellation");
        Objects.requireNonNull(listener, "listener");
        range("limit", limit.orElse(1), 1, Long.MAX_VALUE);
        range("writers", writers, 1, 64);
        range("batchDocuments", batchDocuments, 1, 1_000_000);
        range("batchBytes", batchBytes, 1, 1L << 30);
    }

    private static void range(String option, long value, long least, long most) {
        if (value < least || value > most) {
            throw new DocrowsException(
                    ErrorCode.INVALID_OPTION, option + " must be " + least + " to " + most + ", not " + value);
        }
    }

    /**
     * Everything, with one writer.
     *
     * @return the defaults
     */
    public static RunOptions defaults() {
        return DEFAULTS.cancellation(new Cancellation());
    }

    /**
     * Loads only some collections.
     *
     * @param names their names
     * @return changed options
     */
    public RunOptions collections(Set<String> names) {
        return new RunOptions(
                names, ids, limit, force, writers, batchDocuments, batchBytes, maxRejects, cancellation, listener);
    }

    /**
     * Loads only some documents.
     *
     * @param documentIds their {@code _id}s
     * @return changed options
     */
    public RunOptions ids(List<BsonValue> documentIds) {
        return new RunOptions(
                collections,
                documentIds,
                limit,
                force,
                writers,
                batchDocuments,
                batchBytes,
                maxRejects,
                cancellation,
                listener);
    }

    /**
     * Reads at most so many documents of each collection.
     *
     * @param documents at least 1
     * @return changed options
     */
    public RunOptions limit(long documents) {
        return new RunOptions(
                collections,
                ids,
                OptionalLong.of(documents),
                force,
                writers,
                batchDocuments,
                batchBytes,
                maxRejects,
                cancellation,
                listener);
    }

    /**
     * Starts over, or not, when the last run was interrupted.
     *
     * @param startOver true to start over
     * @return changed options
     */
    public RunOptions force(boolean startOver) {
        return new RunOptions(
                collections,
                ids,
                limit,
                startOver,
                writers,
                batchDocuments,
                batchBytes,
                maxRejects,
                cancellation,
                listener);
    }

    /**
     * Loads so many partitions at the same time.
     *
     * @param number 1 to 64
     * @return changed options
     */
    public RunOptions writers(int number) {
        return new RunOptions(
                collections, ids, limit, force, number, batchDocuments, batchBytes, maxRejects, cancellation, listener);
    }

    /**
     * Bounds a batch, which is one transaction.
     *
     * @param documents the most documents, 1 to 1,000,000
     * @param bytes the most bytes, 1 to 1 GiB; a single larger document makes a batch of its own
     * @return changed options
     */
    public RunOptions batch(int documents, long bytes) {
        return new RunOptions(
                collections, ids, limit, force, writers, documents, bytes, maxRejects, cancellation, listener);
    }

    /**
     * Stops the run when more documents of a collection are rejected than that.
     *
     * @param most the limit
     * @return changed options
     */
    public RunOptions maxRejects(RejectLimit most) {
        return new RunOptions(
                collections, ids, limit, force, writers, batchDocuments, batchBytes, most, cancellation, listener);
    }

    /**
     * Lets the run be stopped from outside.
     *
     * @param token asked after each document
     * @return changed options
     */
    public RunOptions cancellation(Cancellation token) {
        return new RunOptions(
                collections, ids, limit, force, writers, batchDocuments, batchBytes, maxRejects, token, listener);
    }

    /**
     * Follows the run.
     *
     * @param follower called as the run goes on
     * @return changed options
     */
    public RunOptions listener(RunListener follower) {
        return new RunOptions(
                collections,
                ids,
                limit,
                force,
                writers,
                batchDocuments,
                batchBytes,
                maxRejects,
                cancellation,
                follower);
    }

    /**
     * Whether only a part of each collection is read.
     *
     * @return true with {@link #ids(List)} or {@link #limit(long)}
     */
    public boolean partial() {
        return !ids.isEmpty() || limit.isPresent();
    }
}
