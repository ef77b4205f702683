package io.docrows.internal.metadata;

import static io.docrows.internal.db.Tables.CHECKPOINT;
import static io.docrows.internal.db.Tables.RUN;

import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.docrows.internal.db.tables.records.CheckpointRecord;
import io.docrows.report.Counts;
import io.docrows.source.Partition;
import java.math.BigDecimal;
import java.sql.Connection;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * The table {@code docrows.checkpoint}: how far each partition of a run was loaded. Takes part in the caller's
 * transaction.
 */
public final class CheckpointStore {

    private CheckpointStore() {}

    /**
     * Writes down the partitions of a collection, none of them read yet.
     *
     * @param connection the connection to use
     * @param run the run's number
     * @param partitions what is going to be read
     * @param reread whether it was read before, and is read once more after constraints were rebuilt
     */
    public static void plan(Connection connection, long run, List<Partition> partitions, boolean reread) {
        Bookkeeping.on(connection)
                .batchInsert(partitions.stream()
                        .map(partition -> {
                            CheckpointRecord record = new CheckpointRecord();
                            record.setRunId(run);
                            record.setCollection(partition.collection());
                            record.setPartition(partition.number());
                            record.setSpec(partition.spec());
                            record.setReread(reread);
                            return record;
                        })
                        .toList())
                .execute();
    }

    /**
     * The partitions of a collection, with what was done of each.
     *
     * @param connection the connection to use
     * @param run the run's number
     * @param collection the collection's name
     * @return the checkpoints by number
     */
    public static List<Checkpoint> of(Connection connection, long run, String collection) {
        return Bookkeeping.on(connection)
                .selectFrom(CHECKPOINT)
                .where(
                        CHECKPOINT.RUN_ID.eq(run),
                        CHECKPOINT.COLLECTION.eq(collection),
                        CHECKPOINT.PARTITION.ne(RetryCheckpoint.NUMBER))
                .orderBy(CHECKPOINT.PARTITION)
                .fetch(CheckpointStore::checkpoint);
    }

    /**
     * One partition of a collection, with what was done of it.
     *
     * @param connection the connection to use
     * @param run the run's number
     * @param collection the collection's name
     * @param partition the partition's number
     * @return the checkpoint
     */
    public static Checkpoint one(Connection connection, long run, String collection, int partition) {
        return Bookkeeping.on(connection)
                .selectFrom(CHECKPOINT)
                .where(
                        CHECKPOINT.RUN_ID.eq(run),
                        CHECKPOINT.COLLECTION.eq(collection),
                        CHECKPOINT.PARTITION.eq(partition))
                .fetchOptional(CheckpointStore::checkpoint)
                .orElseThrow(() -> unknown(run, collection, partition));
    }

    private static IllegalStateException unknown(long run, String collection, int partition) {
        return new IllegalStateException("run " + run + " has no partition " + partition + " of " + collection);
    }

    /**
     * Moves a checkpoint on, in the transaction that holds the rows it speaks of.
     *
     * @param connection the connection of that transaction
     * @param run the run's number
     * @param owner this process's part in the run
     * @param partition the partition
     * @param attempt the attempt at it that this is
     * @param readBefore how many documents of it were read in the transactions that were confirmed before; empty if it
     *     is made sure of in another way that they are there
     * @param position where its reader stands, null if it has read nothing
     * @param complete whether it was read to its end
     * @param batch what the transaction did, added to what was done before
     * @throws DocrowsException {@code PIPELINE_LOCKED} if another process has taken the run over; {@code TARGET_FAILED}
     *     if what was confirmed is not there
     * @throws SupersededException if a later attempt has taken the partition over
     */
    public static void advance(
            Connection connection,
            long run,
            UUID owner,
            Partition partition,
            int attempt,
            OptionalLong readBefore,
            byte @Nullable [] position,
            boolean complete,
            Counts batch) {
        requireOwner(connection, run, owner);
        int rows = Bookkeeping.on(connection)
                .update(CHECKPOINT)
                .set(CHECKPOINT.POSITION, position)
                .set(CHECKPOINT.COMPLETE, complete)
                .set(CHECKPOINT.READ, CHECKPOINT.READ.plus(batch.read()))
                .set(CHECKPOINT.INSERTED, CHECKPOINT.INSERTED.plus(batch.inserted()))
                .set(CHECKPOINT.UPDATED, CHECKPOINT.UPDATED.plus(batch.updated()))
                .set(CHECKPOINT.UNCHANGED, CHECKPOINT.UNCHANGED.plus(batch.unchanged()))
                .set(CHECKPOINT.REJECTED, CHECKPOINT.REJECTED.plus(batch.rejected()))
                .set(CHECKPOINT.SKIPPED, CHECKPOINT.SKIPPED.plus(batch.skipped()))
                .set(CHECKPOINT.UNMATCHED, CHECKPOINT.UNMATCHED.plus(batch.unmatched()))
                .where(
                        CHECKPOINT.RUN_ID.eq(run),
                        CHECKPOINT.COLLECTION.eq(partition.collection()),
                        CHECKPOINT.PARTITION.eq(partition.number()),
                        CHECKPOINT.ATTEMPT.eq(attempt),
                        readBefore.isPresent() ? CHECKPOINT.READ.eq(readBefore.getAsLong()) : DSL.noCondition())
                .execute();
        if (rows != 1) {
            if (one(connection, run, partition.collection(), partition.number()).attempt() == attempt) {
                throw LostTransactions.error();
            }
            throw new SupersededException(partition + " in run " + run + " is in the hands of another attempt than "
                    + attempt + ". Nothing more is written by this one.");
        }
    }

    /**
     * Takes a partition over, to the end of the run or until another attempt does. Waits for what the attempt before is
     * committing at this moment; after that, such an attempt can commit nothing more.
     *
     * @param connection a connection in a transaction, to be committed
     * @param run the run's number
     * @param owner the run's fencing token
     * @param collection the collection's name
     * @param partition the partition's number
     * @return the checkpoint, with the number of the new attempt
     * @throws DocrowsException {@code PIPELINE_LOCKED} if another process has taken the run over
     */
    public static Checkpoint claim(Connection connection, long run, UUID owner, String collection, int partition) {
        requireOwner(connection, run, owner);
        return Bookkeeping.on(connection)
                .update(CHECKPOINT)
                .set(CHECKPOINT.ATTEMPT, CHECKPOINT.ATTEMPT.plus(1))
                .where(
                        CHECKPOINT.RUN_ID.eq(run),
                        CHECKPOINT.COLLECTION.eq(collection),
                        CHECKPOINT.PARTITION.eq(partition))
                .returning()
                .fetchOptional(CheckpointStore::checkpoint)
                .orElseThrow(() -> unknown(run, collection, partition));
    }

    /**
     * Lets no attempt at a collection's partitions commit any more: their numbers are past.
     *
     * @param connection the connection to use
     * @param run the run's number
     * @param owner the run's fencing token
     * @param collection the collection's name
     * @throws DocrowsException {@code PIPELINE_LOCKED} if another process has taken the run over
     */
    public static void supersede(Connection connection, long run, UUID owner, String collection) {
        requireOwner(connection, run, owner);
        Bookkeeping.on(connection)
                .update(CHECKPOINT)
                .set(CHECKPOINT.ATTEMPT, CHECKPOINT.ATTEMPT.plus(1))
                .where(
                        CHECKPOINT.RUN_ID.eq(run),
                        CHECKPOINT.COLLECTION.eq(collection),
                        CHECKPOINT.PARTITION.ne(RetryCheckpoint.NUMBER),
                        CHECKPOINT.COMPLETE.isFalse())
                .execute();
    }

    /**
     * How many documents of a run's partitions have been read, as far as that is committed.
     *
     * @param connection the connection to use
     * @param run the run's number
     * @return the documents
     */
    public static long read(Connection connection, long run) {
        return Bookkeeping.on(connection)
                .select(DSL.coalesce(DSL.sum(CHECKPOINT.READ), DSL.inline(BigDecimal.ZERO)))
                .from(CHECKPOINT)
                .where(CHECKPOINT.RUN_ID.eq(run), CHECKPOINT.PARTITION.ne(RetryCheckpoint.NUMBER))
                .fetchSingle()
                .value1()
                .longValueExact();
    }

    /**
     * Makes sure, to the end of a transaction, that no other process has taken the run over.
     *
     * @param connection the connection of that transaction
     * @param run the run's number
     * @param owner this process's part in the run
     * @throws DocrowsException {@code PIPELINE_LOCKED} if another process has taken the run over
     */
    public static void requireOwner(Connection connection, long run, UUID owner) {
        // Shared with this run's other writers, but not with a process that takes the run over.
        if (Bookkeeping.on(connection)
                .selectOne()
                .from(RUN)
                .where(RUN.ID.eq(run), RUN.OWNER.eq(owner))
                .forShare()
                .fetch()
                .isEmpty()) {
            throw new DocrowsException(
                    ErrorCode.PIPELINE_LOCKED,
                    "Another process has taken over run " + run
                            + ", because this one had lost its connection. Nothing more is written here.");
        }
    }

    /**
     * Takes back inserted documents, in the transaction that deletes their rows and plans to read them once more.
     *
     * @param connection the connection of that transaction
     * @param run the run's number
     * @param collection the collection's name
     * @param documents how many
     */
    public static void takeBack(Connection connection, long run, String collection, long documents) {
        long left = documents;
        for (Checkpoint checkpoint : of(connection, run, collection)) {
            // Which partition a row came from is not known, and does not matter to their sum.
            long taken = Math.min(left, checkpoint.counts().inserted());
            Bookkeeping.on(connection)
                    .update(CHECKPOINT)
                    .set(CHECKPOINT.READ, CHECKPOINT.READ.minus(taken))
                    .set(CHECKPOINT.INSERTED, CHECKPOINT.INSERTED.minus(taken))
                    .where(
                            CHECKPOINT.RUN_ID.eq(run),
                            CHECKPOINT.COLLECTION.eq(collection),
                            CHECKPOINT.PARTITION.eq(checkpoint.partition().number()))
                    .execute();
            left -= taken;
        }
    }

    private static Checkpoint checkpoint(CheckpointRecord row) {
        return new Checkpoint(
                new Partition(row.getCollection(), row.getPartition(), row.getSpec()),
                row.getPosition(),
                row.getComplete(),
                row.getReread(),
                row.getAttempt(),
                new Counts(
                        row.getRead(),
                        row.getInserted(),
                        row.getUpdated(),
                        row.getUnchanged(),
                        row.getRejected(),
                        row.getSkipped(),
                        row.getUnmatched()));
    }

    /**
     * How far a partition was loaded.
     *
     * @param partition the partition
     * @param position where its reader stood, null if it had read nothing
     * @param complete whether it was read to its end
     * @param reread whether its documents are read once more, after constraints were rebuilt
     * @param attempt how often it was taken over by a task of a cluster
     * @param counts what became of the documents read
     */
    public record Checkpoint(
            Partition partition,
            byte @Nullable [] position,
            boolean complete,
            boolean reread,
            int attempt,
            Counts counts) {}

    /** A later attempt has taken the partition over. Whoever is told this rolls back and leaves off. */
    public static final class SupersededException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private SupersededException(String message) {
            super(message);
        }
    }
}
