package io.docrows.internal.run;

import io.docrows.error.DocrowsException;
import io.docrows.error.RejectCode;
import io.docrows.internal.decode.Decoder;
import io.docrows.internal.incremental.WatermarkFilter;
import io.docrows.internal.mapping.MappedCollection;
import io.docrows.internal.metadata.CheckpointStore;
import io.docrows.internal.metadata.FollowStore;
import io.docrows.internal.metadata.LostTransactions;
import io.docrows.internal.metadata.PolicyUseStore;
import io.docrows.internal.metadata.RejectStore;
import io.docrows.internal.metadata.WatermarkStore;
import io.docrows.internal.postgres.TargetSession;
import io.docrows.internal.postgres.UnforeseenFailure;
import io.docrows.internal.stage.Allowance;
import io.docrows.internal.stage.Batch;
import io.docrows.internal.stage.BatchMemory;
import io.docrows.internal.stage.FeedLimits;
import io.docrows.internal.stage.PartitionFeed;
import io.docrows.internal.target.TableCatalog;
import io.docrows.internal.value.PolicyTally;
import io.docrows.internal.write.DocumentWriter;
import io.docrows.internal.write.WriteResult;
import io.docrows.mapping.CollectionMapping;
import io.docrows.report.Counts;
import io.docrows.report.Drift;
import io.docrows.report.RowCounts;
import io.docrows.run.BatchTiming;
import io.docrows.source.Partition;
import io.docrows.source.ReadRequest;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes rounds of changed documents, each in one transaction: the rows of all collections in load order, then whatever
 * belongs to the round's end, then COMMIT. A round whose failure may pass is read and written again as a whole, over a
 * new connection. The connection and its staging tables serve all rounds. Not thread-safe.
 */
final class RoundWriter implements AutoCloseable {

    private final RunContext context;
    private final List<CollectionMapping<?>> mappings;
    private final List<Part<?>> parts = new ArrayList<>();
    private final BatchMemory memory = BatchMemory.ofHeap();
    private @Nullable TargetSession session;
    /** So many changes were applied, as far as PostgreSQL has confirmed it. */
    private volatile long confirmed;

    /**
     * A writer without a connection yet.
     *
     * @param context the run; its source hands out the documents of a round
     * @param mappings all of the pipeline's mappings
     * @param catalogs what the target says of their tables
     */
    RoundWriter(
            RunContext context, List<CollectionMapping<?>> mappings, Map<CollectionMapping<?>, TableCatalog> catalogs) {
        this.context = context;
        this.mappings = mappings;
        int first = 0;
        for (MappedCollection collection : MappedCollection.of(mappings)) {
            parts.add(new Part<>(CollectionWork.of(collection, catalogs), first));
            first += collection.mappings().size();
        }
    }

    /** What belongs to a round's transaction after the documents' rows; called again if all of it is done again. */
    @FunctionalInterface
    interface Ending<T> {
        T apply(Connection connection, List<CollectionResult> written) throws SQLException;
    }

    /**
     * What a round did.
     *
     * @param collections what became of the documents read
     * @param ending what its end returned
     */
    record Round<T>(List<CollectionResult> collections, T ending) {}

    /**
     * Writes a round.
     *
     * @param names the collections of which documents were changed
     * @param changes how many changes these are, at least 1; the ending adds them to those in {@code docrows.follow}
     * @param ending what comes last in the transaction
     * @return what was committed
     */
    <T> Round<T> write(Set<String> names, long changes, Ending<T> ending) throws SQLException {
        Attempts<T> attempts = new Attempts<>(names, changes, ending);
        Round<T> round = context.retries().call("applying changes", attempts::next);
        attempts.timings.forEach(
                (collection, timing) -> context.options().listener().batchTimed(collection, timing));
        return round;
    }

    /** One round, as often as it is tried. */
    private final class Attempts<T> {

        private final Set<String> names;
        private final long changes;
        private final Ending<T> ending;
        private final Map<String, BatchTiming> timings = new LinkedHashMap<>();
        private boolean failed;
        private long before = -1;
        private @Nullable Round<T> uncertain;

        private Attempts(Set<String> names, long changes, Ending<T> ending) {
            this.names = names;
            this.changes = changes;
            this.ending = ending;
        }

        private Round<T> next() throws SQLException, InterruptedException {
            if (failed) {
                // Another process may have taken over while this one had no connection.
                context.session().ensureHeld();
            }
            try {
                return write(connection());
            } catch (SQLException | RuntimeException | Error e) {
                failed = true;
                close();
                throw e;
            }
        }

        private Round<T> write(Connection connection) throws SQLException, InterruptedException {
            FollowStore store = new FollowStore(connection, context.pipeline());
            Round<T> round = uncertain;
            if (round != null && store.changes() == before + changes) {
                // The answer to COMMIT was lost, but not what it did: the number of changes went up with the rows.
                connection.commit();
                confirmed = before + changes;
                return round;
            }
            uncertain = null;
            timings.clear();
            before = requireConfirmed(store);
            List<CollectionResult> results = new ArrayList<>();
            for (Part<?> part : parts) {
                if (names.contains(part.name())) {
                    results.add(part.write(connection, timings));
                    PendingReferenceResolution.resolve(
                            connection, mappings, part.work.collection().mappings());
                }
            }
            round = new Round<>(results, ending.apply(connection, results));
            uncertain = round;
            connection.commit();
            confirmed = before + changes;
            parts.forEach(Part::committed);
            return round;
        }
    }

    /** Makes sure that all changes are there whose rounds were confirmed, and says how many there are. */
    long requireConfirmed(FollowStore store) throws SQLException {
        long stored = store.changes();
        if (stored < confirmed) {
            throw LostTransactions.error();
        }
        return stored;
    }

    private Connection connection() throws SQLException {
        TargetSession open = session;
        if (open == null) {
            open = TargetSession.open(context.target(), false, context.sessionName("changes"));
            session = open;
            open.preferringIndexes();
            for (Part<?> part : parts) {
                part.open(open.connection());
            }
        }
        return open.connection();
    }

    /** Gives the connection back; what it has not committed is rolled back. */
    @Override
    public void close() {
        TargetSession open = session;
        session = null;
        if (open != null) {
            parts.forEach(Part::close);
            open.close();
        }
    }

    /** A collection, and the staging tables of its mappings on the connection. */
    private final class Part<D> {

        private final CollectionWork<D> work;
        private final int first;
        private @Nullable DocumentWriter<D> writer;

        private Part(CollectionWork<D> work, int first) {
            this.work = work;
            this.first = first;
        }

        private String name() {
            return work.collection().name();
        }

        private void open(Connection connection) throws SQLException {
            writer = work.writer(connection, context.run(), first);
        }

        private void committed() {
            if (writer != null) {
                writer.committed();
            }
        }

        private void close() {
            if (writer != null) {
                writer.close();
                writer = null;
            }
        }

        /** Writes the collection's documents, a batch at a time, while the next is being read. */
        private CollectionResult write(Connection connection, Map<String, BatchTiming> timings)
                throws SQLException, InterruptedException {
            long started = System.nanoTime();
            Partition partition = context.source()
                    .partitions(name(), ReadRequest.everything())
                    .get(0);
            Decoder<D> decoder = work.decoder();
            PolicyTally policies = new PolicyTally();
            Map<RejectCode, Long> rejects = new EnumMap<>(RejectCode.class);
            Counts counts = Counts.NONE;
            Map<String, RowCounts> rows = Map.of();
            Handover<Prefetch.Read<D>> batches = new Handover<>();
            Prefetch<D> reading = new Prefetch<>(
                    new PartitionFeed<>(
                            name(),
                            context.source().open(partition, null),
                            new WatermarkFilter(work.collection().first(), null),
                            decoder::decode,
                            limits()),
                    batches);
            reading.begin(context.threads());
            try {
                Batch<D> batch;
                do {
                    long began = System.nanoTime();
                    Prefetch.Read<D> next = batches.take();
                    batch = next.batch();
                    long taken = System.nanoTime();
                    try {
                        DocrowsException failure = batch.failure();
                        if (failure != null) {
                            throw failure;
                        }
                        WriteResult result = write(connection, partition, batch);
                        counts = counts.plus(result.counts());
                        rows = RowCounts.sum(rows, result.rows());
                        policies.add(result.policyUses());
                        result.rejects().forEach(reject -> rejects.merge(reject.code(), 1L, Long::sum));
                    } finally {
                        batch.memory().release();
                    }
                    timings.merge(name(), next.timing(began, taken), BatchTiming::plus);
                } while (batch.end() == null);
            } catch (Handover.BrokenOff e) {
                throw UnforeseenFailure.translate(e.reason(), "while reading " + name());
            } finally {
                reading.stop();
            }
            Drift drift = decoder.drift();
            Duration spent = Duration.ofNanos(System.nanoTime() - started);
            return new CollectionResult(work.collection(), counts, spent, rejects, drift, policies.sums(), rows);
        }

        private FeedLimits limits() {
            return new FeedLimits(
                    context.options().batchDocuments(),
                    context.options().batchBytes(),
                    new Allowance(OptionalLong.empty()),
                    memory,
                    // What was begun is finished, also when somebody asks to stop.
                    () -> false);
        }

        private WriteResult write(Connection connection, Partition partition, Batch<D> batch) throws SQLException {
            DocumentWriter<D> open = writer;
            if (open == null) {
                throw new IllegalStateException("there is no connection to write over");
            }
            RejectStore store = new RejectStore(context.pipeline(), name(), context.run());
            WriteResult result = open.write(batch.documents());
            if (store.any(connection)) {
                store.clear(connection, decoded(batch.documents()), result.rejects());
            }
            if (!result.rejects().isEmpty()) {
                store.add(connection, result.rejects());
            }
            CheckpointStore.advance(
                    connection,
                    context.run(),
                    context.owner(),
                    partition,
                    0,
                    OptionalLong.empty(),
                    null,
                    batch.end() == Batch.End.COMPLETE,
                    result.counts());
            WatermarkFilter.Tally marks = batch.watermarks();
            WatermarkStore.add(connection, context.run(), partition, marks.highest(), marks.without());
            PolicyUseStore.add(connection, context.run(), name(), partition.number(), result.policyUses());
            return result;
        }

        /** Documents that were decoded, whatever PostgreSQL made of them, and those that the mapping does not take. */
        private List<byte[]> decoded(List<D> documents) {
            return documents.stream()
                    .filter(document -> !work.isRejected(document))
                    .map(work::bson)
                    .toList();
        }
    }
}
