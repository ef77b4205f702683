package io.docrows.internal.run;

import io.docrows.cluster.Cluster;
import io.docrows.cluster.PartitionOutcome;
import io.docrows.error.DocrowsException;
import io.docrows.error.RejectCode;
import io.docrows.internal.incremental.WatermarkFilter;
import io.docrows.internal.metadata.CheckpointStore.Checkpoint;
import io.docrows.internal.metadata.RejectStore;
import io.docrows.internal.postgres.UnforeseenFailure;
import io.docrows.internal.stage.Allowance;
import io.docrows.internal.stage.BatchMemory;
import io.docrows.internal.stage.FeedLimits;
import io.docrows.internal.value.PolicyTally;
import io.docrows.internal.write.DocumentWriter;
import io.docrows.internal.write.KeyCache;
import io.docrows.internal.write.WriteResult;
import io.docrows.mapping.RejectedDocument;
import io.docrows.report.Counts;
import io.docrows.report.Drift;
import io.docrows.report.PolicyUse;
import io.docrows.report.RowCounts;
import io.docrows.run.BatchTiming;
import io.docrows.source.DocumentSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads one collection: its unfinished partitions, so many at a time as there are writers. Partitions are independent
 * of each other; the collections before this one are complete.
 */
final class CollectionLoad<D> implements PartitionHost<D> {

    private static final Logger LOG = LoggerFactory.getLogger(CollectionLoad.class);

    /** The largest document that there can be, thrice: as it is stored, decoded, and on its way to the target. */
    private static final long MEMORY_PER_WRITER = 48L << 20;

    private final RunContext context;
    private final CollectionWork<D> work;
    private final String collection;
    private final KeyCache keyCache;
    private final boolean copying;
    private final @Nullable Instant since;
    private final Queue<Checkpoint> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final Allowance allowance;
    private final BatchMemory memory = BatchMemory.ofHeap();
    private final long started = System.nanoTime();
    private final Map<RejectCode, Long> rejectsByCode = new EnumMap<>(RejectCode.class);
    private Drift drift = Drift.NONE;
    private final PolicyTally policyUses = new PolicyTally();
    private Counts counts = Counts.NONE;
    private Map<String, RowCounts> rows = Map.of();
    private volatile boolean anyRejects;
    private final long rejectedBefore;
    private final @Nullable RemotePartitions remote;

    CollectionLoad(
            RunContext context,
            CollectionWork<D> work,
            List<Checkpoint> checkpoints,
            List<PolicyUse> policyUses,
            boolean anyRejects,
            KeyCache keyCache,
            boolean copying,
            @Nullable Instant since) {
        this.context = context;
        this.work = work;
        this.collection = work.collection().name();
        this.anyRejects = anyRejects;
        this.keyCache = keyCache;
        this.copying = copying;
        this.since = since;
        this.allowance = new Allowance(context.options().limit());
        Cluster cluster = context.cluster();
        if (cluster == null) {
            // What a cluster does is read from the target when it is done.
            this.policyUses.add(policyUses);
        }
        this.remote =
                cluster == null ? null : new RemotePartitions(context, cluster, this, checkpoints, copying, since);
        for (Checkpoint checkpoint : checkpoints) {
            counts = counts.plus(checkpoint.counts());
            // What is read once more waits until the constraints that refused it are there.
            if (!checkpoint.complete() && !(copying && checkpoint.reread())) {
                waiting.add(checkpoint);
            }
        }
        this.rejectedBefore = counts.rejected();
    }

    /** Loads; returns when every thread at work on it has ended. Throws the first failure. */
    void run() {
        List<Future<?>> workers = new ArrayList<>();
        int number = Math.min(writers(), Math.max(1, waiting.size()));
        try {
            for (int i = 0; i < number; i++) {
                workers.add(context.threads().submit(this::loadWaiting));
            }
        } catch (RuntimeException | Error e) {
            // Those that have begun must not go on by themselves.
            fail(e);
        }
        for (Future<?> worker : workers) {
            try {
                // An interrupt is a request to stop: the batch in hand is finished first.
                context.background().await(worker);
            } catch (SQLException | RuntimeException | Error e) {
                fail(e);
            }
        }
        try {
            context.background().requireNoFailure();
        } catch (SQLException | RuntimeException | Error e) {
            fail(e);
        }
        settle();
        stopAtTooManyRejects(!stopped());
        Throwable first = failure.get();
        if (first != null) {
            throw UnforeseenFailure.translate(first, "while loading " + collection);
        }
    }

    /** Finds out what tasks have committed of which nobody was told, and sees to it that it stays at that. */
    private void settle() {
        if (remote != null) {
            try {
                remote.settle(stopped());
                policyUses.add(remote.policyUses());
                if (unexplained() > 0) {
                    Map<RejectCode, Long> stored = context.session()
                            .call(
                                    "counting rejects",
                                    connection -> rejectStore().codes(connection));
                    synchronized (this) {
                        rejectsByCode.putAll(stored);
                    }
                }
            } catch (SQLException | RuntimeException | Error e) {
                fail(e);
            }
        }
    }

    /** As many as were asked for, unless one document of the largest size for each would already be too much. */
    private int writers() {
        Cluster cluster = context.cluster();
        if (cluster != null) {
            // What is left of a limit is known only when the partition before has ended.
            return context.options().limit().isPresent() ? 1 : cluster.slots();
        }
        int wanted = context.options().writers();
        int most = (int) Math.max(1, Math.min(wanted, Runtime.getRuntime().maxMemory() / MEMORY_PER_WRITER));
        if (most < wanted) {
            LOG.info(
                    "{} is loaded with {} writers, not {}: Java's heap is limited to {} MB",
                    collection,
                    most,
                    wanted,
                    Runtime.getRuntime().maxMemory() >> 20);
        }
        return most;
    }

    private void loadWaiting() {
        try (PartitionLoader loader = remote == null ? new PartitionWriter<>(this) : remote) {
            for (Checkpoint next = waiting.poll(); next != null && !stopped(); next = waiting.poll()) {
                loader.load(next);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            fail(e);
        } catch (Throwable e) {
            fail(e);
        }
    }

    /** Kept as it is and told later: memory may not suffice for more just now. */
    private void fail(Throwable e) {
        Throwable first = failure.compareAndExchange(null, e);
        if (first != null && first != e) {
            first.addSuppressed(e);
        }
    }

    /** Whether no further document should be read. */
    boolean stopped() {
        return failure.get() != null || context.isStopped();
    }

    /** Looks at what was changed when, on the thread that reads. */
    @Override
    public WatermarkFilter watermarkFilter() {
        return new WatermarkFilter(work.collection().first(), since);
    }

    /** A writer of batches over a connection. */
    @Override
    public DocumentWriter<D> batchWriter(Connection connection) throws SQLException {
        return work.writer(connection, context.run(), keyCache, copying);
    }

    /**
     * What bounds the batches. A first load takes half as many documents: a batch costs PostgreSQL little that does not
     * grow with its documents, while the collector copies all of them more than once when they fill much of the heap.
     */
    @Override
    public FeedLimits limits() {
        int documents = context.options().batchDocuments();
        return new FeedLimits(
                copying ? (documents + 1) / 2 : documents,
                context.options().batchBytes(),
                allowance,
                memory,
                this::stopped);
    }

    @Override
    public RejectStore rejectStore() {
        return new RejectStore(context.pipeline(), collection, context.run());
    }

    /**
     * Whether documents of this collection stand in the reject table, so that those that load must be looked up there.
     */
    boolean anyRejects() {
        return anyRejects;
    }

    @Override
    public void rejectsAdded() {
        anyRejects = true;
    }

    @Override
    public void requireNothingLost(Connection connection) {
        context.confirmed().require(connection);
    }

    /** A batch was committed. */
    @Override
    public synchronized void committed(WriteResult result) {
        context.confirmed().add(result.counts().read());
        counts = counts.plus(result.counts());
        policyUses.add(result.policyUses());
        rows = RowCounts.sum(rows, result.rows());
        for (RejectedDocument<?> reject : result.rejects()) {
            rejectsByCode.merge(reject.code(), 1L, Long::sum);
        }
        context.options().listener().batchCommitted(collection, result.counts());
        stopAtTooManyRejects(false);
    }

    /** So long did the batch take that was committed last on this thread. */
    @Override
    public void timed(BatchTiming timing) {
        context.options().listener().batchTimed(collection, timing);
    }

    /**
     * Processes of the cluster have committed something.
     *
     * @param more what, of which nothing was told before
     * @param outcome what the attempt has told that did the last of it, or null if none did
     */
    void loadedElsewhere(Counts more, @Nullable PartitionOutcome outcome) {
        synchronized (this) {
            counts = counts.plus(more);
            context.confirmed().add(Math.max(0, more.read()));
            if (outcome != null) {
                drift = drift.plus(outcome.drift());
                rows = RowCounts.sum(rows, outcome.rows());
                outcome.rejectsByCode().forEach((code, n) -> rejectsByCode.merge(code, n, Long::sum));
            }
            anyRejects |= more.rejected() > 0;
            if (more.read() > 0) {
                context.options().listener().batchCommitted(collection, more);
            }
            stopAtTooManyRejects(false);
        }
        if (outcome != null) {
            timed(outcome.timing());
        }
    }

    /** How many documents were rejected since the load began for reasons that no process has told. */
    private synchronized long unexplained() {
        return counts.rejected()
                - rejectedBefore
                - rejectsByCode.values().stream().mapToLong(Long::longValue).sum();
    }

    /** How many documents were read of the collection, in interrupted parts of the run, too. */
    synchronized long read() {
        return counts.read();
    }

    @Override
    public CollectionWork<D> work() {
        return work;
    }

    @Override
    public DocumentSource source() {
        return context.source();
    }

    @Override
    public DataSource target() {
        return context.target();
    }

    @Override
    public long runNumber() {
        return context.run();
    }

    @Override
    public UUID owner() {
        return context.owner();
    }

    @Override
    public Retries retries() {
        return context.retries();
    }

    @Override
    public Executor threads() {
        return context.threads();
    }

    @Override
    public String sessionName() {
        return context.sessionName("writer");
    }

    @Override
    public void ensureHeld() throws SQLException {
        context.session().ensureHeld();
    }

    @Override
    public boolean anyRejects(Connection connection) {
        return anyRejects;
    }

    private synchronized void stopAtTooManyRejects(boolean complete) {
        Map<RejectCode, Long> rejects = rejectsByCode;
        if (remote != null && unexplained() > 0) {
            // May wait for others, as long as nobody has looked.
            rejects = new EnumMap<>(rejectsByCode);
            rejects.merge(RejectCode.MISSING_REFERENCE, unexplained(), Long::sum);
        }
        try {
            TooManyRejects.checkSettled(context.options().maxRejects(), collection, counts, rejects, complete);
        } catch (DocrowsException e) {
            fail(e);
        }
    }

    /** A decoder has done its work. */
    @Override
    public synchronized void drifted(Drift more) {
        drift = drift.plus(more);
    }

    /** What came of it until now. */
    synchronized CollectionResult result() {
        return new CollectionResult(
                work.collection(),
                counts,
                Duration.ofNanos(System.nanoTime() - started),
                rejectsByCode,
                drift,
                policyUses.sums(),
                rows);
    }
}
