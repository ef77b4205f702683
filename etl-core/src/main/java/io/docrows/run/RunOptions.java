package io.docrows.run;

import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import org.bson.BsonValue;

/**
 * How to run a pipeline. Immutable and thread-safe, and made to be used again: what stops one run, a
 * {@link Cancellation}, is no part of them; each method that takes a value returns changed options and leaves these as
 * they are.
 */
public final class RunOptions {

    private static final RunOptions DEFAULTS = new RunOptions(new Values());

    private final Values values;

    /**
     * Checks ranges.
     *
     * @throws DocrowsException {@code INVALID_OPTION} if a number is out of range
     */
    private RunOptions(Values values) {
        range("limit", values.limit.orElse(1), 1, Long.MAX_VALUE);
        range("writers", values.writers, 1, 64);
        range("batchDocuments", values.batchDocuments, 1, 1_000_000);
        range("batchBytes", values.batchBytes, 1, 1L << 30);
        this.values = values;
    }

    private static void range(String option, long value, long least, long most) {
        if (value < least || value > most) {
            throw new DocrowsException(
                    ErrorCode.INVALID_OPTION, option + " must be " + least + " to " + most + ", not " + value + ".");
        }
    }

    /**
     * Everything, with one writer.
     *
     * @return the defaults
     */
    public static RunOptions defaults() {
        return DEFAULTS;
    }

    /**
     * Loads only some collections.
     *
     * @param names their names; empty for all, which is the default
     * @return changed options
     */
    public RunOptions collections(Set<String> names) {
        Values changed = new Values(values);
        changed.collections = Set.copyOf(names);
        return new RunOptions(changed);
    }

    /**
     * Returns the collections to load.
     *
     * @return their names, empty for all
     */
    public Set<String> collections() {
        return values.collections;
    }

    /**
     * Loads only some documents.
     *
     * @param documentIds their {@code _id}s, compared as MongoDB compares them; empty for all, which is the default
     * @return changed options
     */
    public RunOptions ids(List<BsonValue> documentIds) {
        Values changed = new Values(values);
        changed.ids = List.copyOf(documentIds);
        return new RunOptions(changed);
    }

    /**
     * Returns the documents to load.
     *
     * @return their {@code _id}s, empty for all
     */
    public List<BsonValue> ids() {
        return values.ids;
    }

    /**
     * Limits how many documents of each collection are read.
     *
     * @param documents at least 1; by default all are read
     * @return changed options
     * @throws DocrowsException {@code INVALID_OPTION} if the number is out of range
     */
    public RunOptions limit(long documents) {
        Values changed = new Values(values);
        changed.limit = OptionalLong.of(documents);
        return new RunOptions(changed);
    }

    /**
     * Returns the maximum number of documents to read of each collection.
     *
     * @return the number, or empty for all
     */
    public OptionalLong limit() {
        return values.limit;
    }

    /**
     * Sets whether to start over when the last run was interrupted, and whether to read all documents or only those
     * that were changed, where a mapping has a {@linkplain io.docrows.mapping.CollectionMapping#watermark() watermark}.
     *
     * @param startOver true to start over and to read all; default false
     * @return changed options
     */
    public RunOptions force(boolean startOver) {
        Values changed = new Values(values);
        changed.force = startOver;
        return new RunOptions(changed);
    }

    /**
     * Returns whether to start over even if the last run was interrupted, and to read all documents.
     *
     * @return true to start over and to read all
     */
    public boolean force() {
        return values.force;
    }

    /**
     * Sets how many partitions are loaded at the same time, each over its own connection.
     *
     * @param number 1 to 64; default: as many as the JVM sees processors, at most 4, and no more than the heap has room
     *     for, 96 MiB each
     * @return changed options
     * @throws DocrowsException {@code INVALID_OPTION} if the number is out of range
     */
    public RunOptions writers(int number) {
        Values changed = new Values(values);
        changed.writers = number;
        return new RunOptions(changed);
    }

    /**
     * Returns how many partitions are loaded at the same time.
     *
     * @return the number, at least 1
     */
    public int writers() {
        return values.writers;
    }

    /**
     * Bounds a batch, which is one transaction. A first load into empty tables takes half as many documents for each.
     *
     * @param documents the most documents, 1 to 1,000,000; default 10,000
     * @param bytes the most bytes of documents, 1 to 1 GiB, default 16 MiB; a single larger document makes a batch of
     *     its own
     * @return changed options
     * @throws DocrowsException {@code INVALID_OPTION} if a number is out of range
     */
    public RunOptions batch(int documents, long bytes) {
        Values changed = new Values(values);
        changed.batchDocuments = documents;
        changed.batchBytes = bytes;
        return new RunOptions(changed);
    }

    /**
     * Returns the most documents in one transaction.
     *
     * @return the number, at least 1
     */
    public int batchDocuments() {
        return values.batchDocuments;
    }

    /**
     * Returns the most bytes of documents in one transaction, unless a single document is larger.
     *
     * @return the number of bytes, at least 1
     */
    public long batchBytes() {
        return values.batchBytes;
    }

    /**
     * Sets whether a first load may drop constraints and indexes of its empty tables and rebuild them at its end.
     *
     * @param when default {@link BulkLoad#AUTO}
     * @return changed options
     */
    public RunOptions bulkLoad(BulkLoad when) {
        Values changed = new Values(values);
        changed.bulkLoad = Objects.requireNonNull(when, "when");
        return new RunOptions(changed);
    }

    /**
     * Returns whether a first load may drop constraints and indexes for its duration.
     *
     * @return when it may
     */
    public BulkLoad bulkLoad() {
        return values.bulkLoad;
    }

    /**
     * Stops the run when more than that many documents of a collection are rejected.
     *
     * @param most the limit; default any number
     * @return changed options
     */
    public RunOptions maxRejects(RejectLimit most) {
        Values changed = new Values(values);
        changed.maxRejects = Objects.requireNonNull(most, "most");
        return new RunOptions(changed);
    }

    /**
     * Returns the maximum number of rejects tolerated per collection.
     *
     * @return the limit
     */
    public RejectLimit maxRejects() {
        return values.maxRejects;
    }

    /**
     * Deletes, or marks, rows whose document no longer exists. It is done at the end of a run, after a read of all keys
     * of its own, and only when everything was loaded.
     *
     * @param mode what to do; default {@link DeleteMode#IGNORE}
     * @return changed options
     */
    public RunOptions deletes(DeleteMode mode) {
        Values changed = new Values(values);
        changed.deletes = Objects.requireNonNull(mode, "mode");
        return new RunOptions(changed);
    }

    /**
     * Returns what is done with rows whose document no longer exists.
     *
     * @return the mode
     */
    public DeleteMode deletes() {
        return values.deletes;
    }

    /**
     * Deletes nothing at all when more than that many rows of a table would be deleted.
     *
     * @param most the limit; default a tenth of the table's rows
     * @return changed options
     */
    public RunOptions maxDeletes(DeleteLimit most) {
        Values changed = new Values(values);
        changed.maxDeletes = Objects.requireNonNull(most, "most");
        return new RunOptions(changed);
    }

    /**
     * Returns how many rows of one table may be deleted.
     *
     * @return the limit
     */
    public DeleteLimit maxDeletes() {
        return values.maxDeletes;
    }

    /**
     * Names the field that says when a document was changed, for mappings that name none themselves; see
     * {@link io.docrows.mapping.CollectionMapping.Builder#watermark}.
     *
     * @param path the names that lead to the field, from the outside in; none, the default, for no such field
     * @return changed options
     */
    public RunOptions watermark(List<String> path) {
        Values changed = new Values(values);
        changed.watermark = List.copyOf(path);
        return new RunOptions(changed);
    }

    /**
     * Returns the field that says when a document was changed, for mappings that name none themselves.
     *
     * @return the path; empty for no such field
     */
    public List<String> watermark() {
        return values.watermark;
    }

    /**
     * Sets how far a run that reads only what was changed looks back from the last run's high-water mark. It makes up
     * for clocks that differ, for changes that were dated some time before they could be read, and, with dumps, for the
     * time that a dump takes.
     *
     * @param time the overlap, not negative; default 10 minutes
     * @return changed options
     * @throws DocrowsException {@code INVALID_OPTION} if it is negative
     */
    public RunOptions overlap(Duration time) {
        if (time.isNegative()) {
            throw new DocrowsException(ErrorCode.INVALID_OPTION, "An overlap cannot be negative.");
        }
        Values changed = new Values(values);
        changed.overlap = time;
        return new RunOptions(changed);
    }

    /**
     * Returns how far before the last run's high-water mark reading begins.
     *
     * @return the overlap
     */
    public Duration overlap() {
        return values.overlap;
    }

    /**
     * Sets what follows the run.
     *
     * @param follower called as the run goes on
     * @return changed options
     */
    public RunOptions listener(RunListener follower) {
        Values changed = new Values(values);
        changed.listener = Objects.requireNonNull(follower, "follower");
        return new RunOptions(changed);
    }

    /**
     * Returns what follows the run.
     *
     * @return the listener
     */
    public RunListener listener() {
        return values.listener;
    }

    /**
     * Returns whether only a part of each collection is read.
     *
     * @return true with {@link #ids(List)} or {@link #limit(long)}
     */
    public boolean partial() {
        return !values.ids.isEmpty() || values.limit.isPresent();
    }

    /** Never changed once it is within options. */
    private static final class Values {

        private static final int MOST_WRITERS = 4;

        /** Three batches of the default size with what is decoded from them, in the worst case. */
        private static final long MEMORY_PER_WRITER = 96L << 20;

        private Set<String> collections = Set.of();
        private List<BsonValue> ids = List.of();
        private OptionalLong limit = OptionalLong.empty();
        private boolean force;
        private int writers = defaultWriters();
        private int batchDocuments = 10_000;
        private long batchBytes = 16L << 20;
        private BulkLoad bulkLoad = BulkLoad.AUTO;
        private RejectLimit maxRejects = RejectLimit.NONE;
        private List<String> watermark = List.of();
        private Duration overlap = Duration.ofMinutes(10);
        private DeleteMode deletes = DeleteMode.IGNORE;
        private DeleteLimit maxDeletes = DeleteLimit.DEFAULT;
        private RunListener listener = RunListener.NONE;

        private Values() {}

        private static int defaultWriters() {
            Runtime machine = Runtime.getRuntime();
            long room = machine.maxMemory() / MEMORY_PER_WRITER;
            return (int) Math.max(1, Math.min(room, Math.min(MOST_WRITERS, machine.availableProcessors())));
        }

        private Values(Values other) {
            collections = other.collections;
            ids = other.ids;
            limit = other.limit;
            force = other.force;
            writers = other.writers;
            batchDocuments = other.batchDocuments;
            batchBytes = other.batchBytes;
            bulkLoad = other.bulkLoad;
            maxRejects = other.maxRejects;
            watermark = other.watermark;
            overlap = other.overlap;
            deletes = other.deletes;
            maxDeletes = other.maxDeletes;
            listener = other.listener;
        }
    }
}
