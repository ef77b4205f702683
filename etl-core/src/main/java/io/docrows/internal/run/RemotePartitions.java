package io.docrows.internal.run;

import io.docrows.cluster.Cluster;
import io.docrows.cluster.PartitionOutcome;
import io.docrows.cluster.PartitionTask;
import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.docrows.internal.metadata.CheckpointStore;
import io.docrows.internal.metadata.CheckpointStore.Checkpoint;
import io.docrows.internal.metadata.PolicyUseStore;
import io.docrows.internal.table.TableTree;
import io.docrows.report.Counts;
import io.docrows.report.PolicyUse;
import io.docrows.run.RunOptions;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The partitions of a collection in the hands of a cluster: gives each of them to it as a task, and takes what came of
 * it from the target, whichever attempts did it. Thread-safe.
 */
final class RemotePartitions implements PartitionLoader {

    private static final Logger LOG = LoggerFactory.getLogger(RemotePartitions.class);

    /** How often the cluster may fail at a partition without having loaded a single batch of it meanwhile. */
    private static final int VAIN_ATTEMPTS = 3;

    private final RunContext context;
    private final Cluster cluster;
    private final CollectionLoad<?> load;
    private final String collection;
    private final boolean copying;
    private final @Nullable Instant since;
    private final long parents;

    /** What was told of each partition, so that nothing is told twice. */
    private final Map<Integer, Counts> told = new HashMap<>();

    RemotePartitions(
            RunContext context,
            Cluster cluster,
            CollectionLoad<?> load,
            List<Checkpoint> checkpoints,
            boolean copying,
            @Nullable Instant since) {
        this.context = context;
        this.cluster = cluster;
        this.load = load;
        this.collection = load.work().collection().name();
        this.copying = copying;
        this.since = since;
        this.parents = parents();
        checkpoints.forEach(checkpoint -> told.put(checkpoint.partition().number(), checkpoint.counts()));
    }

    /** How many documents a process loads, so that it reads the keys of so many parents; none if few are read. */
    private long parents() {
        RunOptions options = context.options();
        boolean refers = load.work().collection().mappings().stream()
                .anyMatch(mapping -> !TableTree.references(mapping).isEmpty());
        if (!refers
                || since != null
                || options.limit().isPresent()
                || !options.ids().isEmpty()) {
            return 0;
        }
        long documents = context.source().estimatedCount(collection).orElse(Long.MAX_VALUE / 4);
        return Math.max(1, documents / cluster.processes());
    }

    @Override
    public void load(Checkpoint checkpoint) throws SQLException, InterruptedException {
        int number = checkpoint.partition().number();
        Checkpoint before = checkpoint;
        for (int vain = 0; ; ) {
            Optional<DocrowsException> failure;
            PartitionOutcome outcome = null;
            try {
                outcome = cluster.load(task(number), load::stopped).orElse(null);
                failure = outcome == null ? Optional.empty() : outcome.failure();
            } catch (DocrowsException e) {
                failure = Optional.of(e);
            }
            Checkpoint now = now(number);
            tell(now, outcome);
            if (failure.isPresent() && failure.get().code() != ErrorCode.CLUSTER_FAILED) {
                throw failure.get();
            }
            if (now.complete() || load.stopped()) {
                return;
            }
            vain = Arrays.equals(before.position(), now.position()) ? vain + 1 : 1;
            before = now;
            DocrowsException reason = failure.orElseGet(() -> new DocrowsException(
                    ErrorCode.CLUSTER_FAILED,
                    "The cluster left off at " + checkpoint.partition() + " before its end."));
            if (vain == VAIN_ATTEMPTS) {
                throw reason;
            }
            LOG.warn("{} is given to the cluster again: {}", checkpoint.partition(), reason.getMessage());
        }
    }

    private PartitionTask task(int number) {
        RunOptions options = context.options();
        return new PartitionTask(
                context.pipeline(),
                context.run(),
                context.owner(),
                collection,
                number,
                copying,
                since,
                options.watermark(),
                options.batchDocuments(),
                options.batchBytes(),
                options.limit().isPresent()
                        ? OptionalLong.of(Math.max(0, options.limit().getAsLong() - load.read()))
                        : OptionalLong.empty(),
                parents,
                false);
    }

    /**
     * Tells the rest of what was committed when nothing is loaded any more.
     *
     * @param early whether tasks may still be at work: they commit nothing more after this
     */
    void settle(boolean early) throws SQLException {
        if (early) {
            context.session().transaction("fencing off the tasks of " + collection, connection -> {
                CheckpointStore.supersede(connection, context.run(), context.owner(), collection);
                return null;
            });
        }
        for (Checkpoint checkpoint : checkpoints()) {
            tell(checkpoint, null);
        }
    }

    /** What policies did to the collection's documents, in interrupted parts of the run, too. */
    List<PolicyUse> policyUses() throws SQLException {
        return context.session()
                .call(
                        "reading uses of policies",
                        connection -> PolicyUseStore.of(connection, context.run(), collection));
    }

    private void tell(Checkpoint checkpoint, @Nullable PartitionOutcome outcome) {
        Counts more;
        synchronized (told) {
            Counts before = told.getOrDefault(checkpoint.partition().number(), Counts.NONE);
            Counts now = checkpoint.counts();
            more = new Counts(
                    now.read() - before.read(),
                    now.inserted() - before.inserted(),
                    now.updated() - before.updated(),
                    now.unchanged() - before.unchanged(),
                    now.rejected() - before.rejected(),
                    now.skipped() - before.skipped(),
                    now.unmatched() - before.unmatched());
            told.put(checkpoint.partition().number(), now);
        }
        if (more.read() > 0 || outcome != null) {
            load.loadedElsewhere(more, outcome);
        }
    }

    private Checkpoint now(int number) throws SQLException {
        return context.session()
                .call(
                        "reading a checkpoint",
                        connection -> CheckpointStore.one(connection, context.run(), collection, number));
    }

    private List<Checkpoint> checkpoints() throws SQLException {
        return context.session()
                .call("reading checkpoints", connection -> CheckpointStore.of(connection, context.run(), collection));
    }

    /** The partitions are those of all threads: none of them ends the work of the others. */
    @Override
    public void close() {}
}
