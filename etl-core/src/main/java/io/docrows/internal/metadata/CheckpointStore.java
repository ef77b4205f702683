package io.docrows.internal.metadata;

import static io.docrows.internal.db.Tables.CHECKPOINT;
import static io.docrows.internal.db.Tables.RUN;

import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.docrows.internal.db.tables.records.CheckpointRecord;
import io.docrows.report.Counts;
import io.docrows.source.Partition;
import java.sql.Connection;
import java.util.List;
import java.util.UUID;
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
     * Moves a checkpoint on, in the transaction that holds the rows it speaks of.
     *
     * @param connection the connection of that transaction
     * @param run the run's number
     * @param owner this process's part in the run
     * @param partition the partition
     * @param position where its reader stands, null if it has read nothing
     * @param complete whether it was read to its end
     * @param batch what the transaction did, added to what was done before
     * @throws DocrowsException {@code PIPELINE_LOCKED} if another process has taken the run over
     */
    public static void advance(
            Connection connection,
            long run,
            UUID owner,
            Partition partition,
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
                        CHECKPOINT.PARTITION.eq(partition.number()))
                .execute();
        if (rows != 1) {
            throw new IllegalStateException("the checkpoint of " + partition + " in run " + run + " has vanished");
        }
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
     * @param counts what became of the documents read
     */
    public record Checkpoint(
            Partition partition, byte @Nullable [] position, boolean complete, boolean reread, Counts counts) {}
}
