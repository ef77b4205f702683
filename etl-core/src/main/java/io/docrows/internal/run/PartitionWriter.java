package io.docrows.internal.run;

import dev.failsafe.function.CheckedFunction;
import io.docrows.error.DocrowsException;
import io.docrows.internal.decode.Decoder;
import io.docrows.internal.incremental.WatermarkFilter;
import io.docrows.internal.metadata.CheckpointStore;
import io.docrows.internal.metadata.CheckpointStore.Checkpoint;
import io.docrows.internal.metadata.PolicyUseStore;
import io.docrows.internal.metadata.RejectStore;
import io.docrows.internal.metadata.WatermarkStore;
import io.docrows.internal.postgres.Rollback;
import io.docrows.internal.postgres.TargetSession;
import io.docrows.internal.postgres.TransientErrors;
import io.docrows.internal.postgres.UnforeseenFailure;
import io.docrows.internal.stage.Batch;
import io.docrows.internal.stage.PartitionFeed;
import io.docrows.internal.write.DocumentWriter;
import io.docrows.internal.write.WriteResult;
import io.docrows.source.Partition;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Loads one partition after the other over one connection: one transaction per batch, checkpoint and rejects included.
 * A batch whose failure may pass is written again, over a new connection if need be.
 */
final class PartitionWriter<D> implements PartitionLoader {

    private final PartitionHost<D> host;
    private final CollectionWork<D> work;
    private final String collection;
    private final RejectStore rejects;
    private @Nullable TargetSession session;
    private @Nullable DocumentWriter<D> writer;

    PartitionWriter(PartitionHost<D> host) {
        this.host = host;
        this.work = host.work();
        this.collection = work.collection().name();
        this.rejects = host.rejectStore();
    }

    @Override
    public void load(Checkpoint checkpoint) throws SQLException, InterruptedException {
        Partition partition = checkpoint.partition();
        Decoder<D> decoder = work.decoder();
        Handover<Prefetch.Read<D>> batches = new Handover<>();
        Prefetch<D> reading = new Prefetch<>(
                new PartitionFeed<>(
                        collection,
                        host.source().open(partition, checkpoint.position()),
                        host.watermarkFilter(),
                        decoder::decode,
                        host.limits()),
                batches);
        reading.begin(host.threads());
        try {
            long read = checkpoint.counts().read();
            Batch<D> batch;
            do {
                long idle = System.nanoTime();
                Prefetch.Read<D> next = batches.take();
                batch = next.batch();
                long taken = System.nanoTime();
                try {
                    write(checkpoint, batch, read);
                } finally {
                    batch.memory().release();
                }
                host.timed(next.timing(idle, taken));
                read += batch.documents().size();
            } while (batch.end() == null);
            host.drifted(decoder.drift());
            DocrowsException failure = batch.failure();
            if (failure != null) {
                throw failure;
            }
        } catch (Handover.BrokenOff e) {
            throw UnforeseenFailure.translate(e.reason(), "while reading " + collection);
        } finally {
            reading.stop();
        }
    }

    /** Writes a batch; {@code readBefore} documents of the partition were committed before it. */
    private void write(Checkpoint checkpoint, Batch<D> batch, long readBefore) throws SQLException {
        Attempt<D> attempt = new Attempt<>(checkpoint, batch, readBefore);
        WriteResult result = host.retries().call("writing a batch of " + collection, () -> {
            if (attempt.failed) {
                // Another run may have begun while this one had no connection.
                host.ensureHeld();
            }
            try {
                return write(connection(), attempt);
            } catch (SQLException | RuntimeException e) {
                attempt.failed = true;
                recover(e);
                throw e;
            }
        });
        host.committed(result);
    }

    /** What the next attempt begins with: a connection of which nothing is left over, or one that is rolled back. */
    private void recover(Exception failure) {
        TargetSession open = session;
        if (TransientErrors.includes(failure)) {
            disconnect();
        } else if (open != null) {
            Rollback.after(failure, open.connection());
        }
    }

    private WriteResult write(Connection connection, Attempt<D> attempt) throws SQLException {
        WriteResult before = attempt.uncertain;
        if (before != null && wasCommitted(connection, attempt)) {
            return before;
        }
        attempt.uncertain = null;
        Batch<D> batch = attempt.batch;
        WriteResult result = writer().write(batch.documents());
        if (host.anyRejects(connection)) {
            rejects.clear(connection, documents(batch.documents()), result.rejects());
        }
        if (!result.rejects().isEmpty()) {
            rejects.add(connection, result.rejects());
            host.rejectsAdded();
        }
        CheckpointStore.advance(
                connection,
                host.runNumber(),
                host.owner(),
                attempt.partition,
                attempt.number,
                OptionalLong.of(attempt.readBefore),
                batch.position(),
                batch.end() == Batch.End.COMPLETE,
                result.counts());
        WatermarkFilter.Tally marks = batch.watermarks();
        WatermarkStore.add(connection, host.runNumber(), attempt.partition, marks.highest(), marks.without());
        PolicyUseStore.add(connection, host.runNumber(), collection, attempt.partition.number(), result.policyUses());
        attempt.uncertain = result;
        connection.commit();
        writer().committed();
        return result;
    }

    /** Whether a COMMIT whose answer was lost took effect: the checkpoint in the same transaction tells. */
    private boolean wasCommitted(Connection connection, Attempt<D> attempt) throws SQLException {
        Checkpoint stored =
                CheckpointStore.of(connection, host.runNumber(), collection).get(attempt.partition.number());
        connection.commit();
        boolean complete = attempt.batch.end() == Batch.End.COMPLETE;
        return stored.counts().read()
                        == attempt.readBefore + attempt.batch.documents().size()
                && stored.complete() == complete;
    }

    /**
     * Does some bookkeeping over the writer's connection in a transaction of its own, again if that fails and may pass.
     */
    <T> T transaction(String what, CheckedFunction<Connection, T> bookkeeping) throws SQLException {
        return host.retries().call(what, () -> {
            try {
                Connection connection = connection();
                T result = bookkeeping.apply(connection);
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException e) {
                recover(e);
                throw e;
            }
        });
    }

    private Connection connection() throws SQLException {
        TargetSession open = session;
        if (open == null) {
            open = TargetSession.open(host.target(), false, host.sessionName());
            try {
                open.preferringIndexes();
                host.requireNothingLost(open.connection());
                open.connection().commit();
                writer = host.batchWriter(open.connection());
            } catch (SQLException | RuntimeException | Error e) {
                open.close();
                throw e;
            }
            session = open;
        }
        return open.connection();
    }

    private DocumentWriter<D> writer() {
        DocumentWriter<D> open = writer;
        if (open == null) {
            throw new IllegalStateException("there is no connection to write over");
        }
        return open;
    }

    /** Documents that were decoded, whatever PostgreSQL made of them, and those that the mapping does not take. */
    private List<byte[]> documents(List<D> batch) {
        return batch.stream()
                .filter(decoded -> !work.isRejected(decoded))
                .map(work::bson)
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
        DocumentWriter<D> open = writer;
        if (open != null) {
            open.close();
        }
        disconnect();
    }

    /** A batch on its way into the target. */
    private static final class Attempt<D> {

        private final Partition partition;
        private final int number;
        private final Batch<D> batch;
        private final long readBefore;
        private boolean failed;
        private @Nullable WriteResult uncertain;

        private Attempt(Checkpoint checkpoint, Batch<D> batch, long readBefore) {
            this.partition = checkpoint.partition();
            this.number = checkpoint.attempt();
            this.batch = batch;
            this.readBefore = readBefore;
        }
    }
}
