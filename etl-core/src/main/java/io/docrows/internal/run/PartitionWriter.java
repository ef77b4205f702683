package io.docrows.internal.run;

import io.docrows.error.DocrowsException;
import io.docrows.internal.decode.Decoder;
import io.docrows.internal.incremental.WatermarkFilter;
import io.docrows.internal.metadata.CheckpointStore;
import io.docrows.internal.metadata.CheckpointStore.Checkpoint;
import io.docrows.internal.metadata.PolicyUseStore;
import io.docrows.internal.metadata.RejectStore;
import io.docrows.internal.metadata.WatermarkStore;
import io.docrows.internal.postgres.TargetSession;
import io.docrows.internal.postgres.TransientErrors;
import io.docrows.internal.postgres.UnforeseenFailure;
import io.docrows.internal.stage.Batch;
import io.docrows.internal.stage.PartitionFeed;
import io.docrows.internal.write.BatchWriter;
import io.docrows.internal.write.WriteResult;
import io.docrows.mapping.CollectionMapping;
import io.docrows.mapping.Decoded;
import io.docrows.mapping.RejectedDocument;
import io.docrows.run.BatchTiming;
import io.docrows.source.Partition;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.jooq.TableRecord;
import org.jspecify.annotations.Nullable;

/**
 * Loads one partition after the other over one connection: one transaction per batch, checkpoint and rejects included.
 * A batch whose failure may pass is written again, over a new connection if need be.
 */
final class PartitionWriter<R extends TableRecord<R>> implements AutoCloseable {

    private final CollectionLoad<R> load;
    private final RunContext context;
    private final CollectionMapping<R> mapping;
    private final RejectStore rejects;
    private @Nullable TargetSession session;
    private @Nullable BatchWriter<R> writer;

    PartitionWriter(CollectionLoad<R> load, RunContext context, CollectionMapping<R> mapping) {
        this.load = load;
        this.context = context;
        this.mapping = mapping;
        this.rejects = load.rejectStore();
    }

    void load(Checkpoint checkpoint) throws SQLException, InterruptedException {
        Partition partition = checkpoint.partition();
        Decoder<Decoded<R>> decoder = load.decoder();
        Handover<Prefetch.Read<Decoded<R>>> batches = new Handover<>();
        Prefetch<Decoded<R>> reading = new Prefetch<>(
                new PartitionFeed<>(
                        mapping.collection(),
                        context.source().open(partition, checkpoint.position()),
                        load.watermarkFilter(),
                        decoder::decode,
                        load.limits()),
                batches);
        reading.begin(context.threads());
        try {
            long read = checkpoint.counts().read();
            Batch<Decoded<R>> batch;
            do {
                long idle = System.nanoTime();
                Prefetch.Read<Decoded<R>> next = batches.take();
                batch = next.batch();
                long taken = System.nanoTime();
                try {
                    write(partition, batch, read);
                } finally {
                    batch.memory().release();
                }
                load.timed(new BatchTiming(
                        Duration.ofNanos(batch.timing().reading()),
                        Duration.ofNanos(batch.timing().decoding()),
                        Duration.ofNanos(next.waiting()),
                        Duration.ofNanos(taken - idle),
                        Duration.ofNanos(System.nanoTime() - taken)));
                read += batch.documents().size();
            } while (batch.end() == null);
            load.drifted(decoder.drift());
            DocrowsException failure = batch.failure();
            if (failure != null) {
                throw failure;
            }
        } catch (Handover.BrokenOff e) {
            throw UnforeseenFailure.translate(e.reason(), "while reading " + mapping.collection());
        } finally {
            reading.stop();
        }
    }

    /** Writes a batch; {@code readBefore} documents of the partition were committed before it. */
    private void write(Partition partition, Batch<Decoded<R>> batch, long readBefore) throws SQLException {
        Attempt<R> attempt = new Attempt<>(partition, batch, readBefore);
        WriteResult result = context.retries().call("writing a batch of " + mapping.collection(), () -> {
            if (attempt.failed) {
                // Another run may have begun while this one had no connection.
                context.session().ensureHeld();
            }
            try {
                return write(connection(), attempt);
            } catch (SQLException | RuntimeException e) {
                attempt.failed = true;
                recover(e);
                throw e;
            }
        });
        load.committed(result);
    }

    /** What the next attempt begins with: a connection of which nothing is left over, or one that is rolled back. */
    private void recover(Exception failure) {
        TargetSession open = session;
        if (TransientErrors.includes(failure)) {
            disconnect();
        } else if (open != null) {
            rollback(open.connection(), failure);
        }
    }

    private WriteResult write(Connection connection, Attempt<R> attempt) throws SQLException {
        WriteResult before = attempt.uncertain;
        if (before != null && wasCommitted(connection, attempt)) {
            return before;
        }
        attempt.uncertain = null;
        Batch<Decoded<R>> batch = attempt.batch;
        WriteResult result = writer().write(batch.documents());
        if (load.anyRejects()) {
            rejects.clear(connection, documents(batch.documents()), result.rejects());
        }
        if (!result.rejects().isEmpty()) {
            rejects.add(connection, result.rejects());
            load.rejectsAdded();
        }
        CheckpointStore.advance(
                connection,
                context.run(),
                context.owner(),
                attempt.partition,
                batch.position(),
                batch.end() == Batch.End.COMPLETE,
                result.counts());
        WatermarkFilter.Tally marks = batch.watermarks();
        WatermarkStore.add(connection, context.run(), attempt.partition, marks.highest(), marks.without());
        PolicyUseStore.add(
                connection, context.run(), mapping.collection(), attempt.partition.number(), result.policyUses());
        attempt.uncertain = result;
        connection.commit();
        writer().committed();
        return result;
    }

    /** Whether a COMMIT whose answer was lost took effect: the checkpoint in the same transaction tells. */
    private boolean wasCommitted(Connection connection, Attempt<R> attempt) throws SQLException {
        Checkpoint stored = CheckpointStore.of(connection, context.run(), mapping.collection())
                .get(attempt.partition.number());
        connection.commit();
        boolean complete = attempt.batch.end() == Batch.End.COMPLETE;
        return stored.counts().read()
                        == attempt.readBefore + attempt.batch.documents().size()
                && stored.complete() == complete;
    }

    private Connection connection() throws SQLException {
        TargetSession open = session;
        if (open == null) {
            open = TargetSession.open(context.target(), false, context.sessionName("writer"));
            try {
                open.preferringIndexes();
                writer = load.batchWriter(open.connection());
            } catch (SQLException | RuntimeException | Error e) {
                open.close();
                throw e;
            }
            session = open;
        }
        return open.connection();
    }

    private BatchWriter<R> writer() {
        BatchWriter<R> open = writer;
        if (open == null) {
            throw new IllegalStateException("there is no connection to write over");
        }
        return open;
    }

    private static void rollback(Connection connection, Exception failure) {
        try {
            connection.rollback();
        } catch (SQLException broken) {
            failure.addSuppressed(broken);
        }
    }

    /** Documents that were decoded, whatever PostgreSQL made of them, and those that the mapping does not take. */
    private List<byte[]> documents(List<Decoded<R>> batch) {
        return batch.stream()
                .filter(decoded -> !(decoded instanceof RejectedDocument))
                .map(Decoded::bson)
                .toList();
    }

    private void disconnect() {
        TargetSession open = session;
        session = null;
        writer = null;
        if (open != null) {
            open.close();
        }
    }

    @Override
    public void close() {
        BatchWriter<R> open = writer;
        if (open != null) {
            open.close();
        }
        disconnect();
    }

    /** A batch on its way into the target. */
    private static final class Attempt<R extends TableRecord<R>> {

        private final Partition partition;
        private final Batch<Decoded<R>> batch;
        private final long readBefore;
        private boolean failed;
        private @Nullable WriteResult uncertain;

        private Attempt(Partition partition, Batch<Decoded<R>> batch, long readBefore) {
            this.partition = partition;
            this.batch = batch;
            this.readBefore = readBefore;
        }
    }
}
