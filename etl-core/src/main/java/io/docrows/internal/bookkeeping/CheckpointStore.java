package io.docrows.internal.bookkeeping;

import static io.docrows.internal.db.Tables.CHECKPOINT;
import static io.docrows.internal.db.Tables.RUN;

import io.docrows.Counts;
import io.docrows.DocrowsException;
import io.docrows.ErrorCode;
import io.docrows.internal.db.tables.records.CheckpointRecord;
import io.docrows.source.Partition;
import java.sql.Connection;
import java.util.List;
import java.util.UUID;
import org.jooq.DSLContext;
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
     */
    public static void plan(Connection connection, long run, List<Partition> partitions) {
        Bookkeeping.on(connection)
                .batchInsert(partitions.stream()
                        .map(partition -> {
                            CheckpointRecord record = new CheckpointRecord();
                            record.setRunId(run);
                            record.setCollection(partition.collection());
                            record.setPartition(partition.number());
                            record.setSpec(partition.spec());
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
                .where(CHECKPOINT.RUN_ID.eq(run), CHECKPOINT.COLLECTION.eq(collection))
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
        DSLContext jooq = Bookkeeping.on(connection);
        // Shared with this run's other writers, but not with a process that takes the run over.
        if (jooq.selectOne()
                .from(RUN)
                .where(RUN.ID.eq(run), RUN.OWNER.eq(owner))
                .forShare()
                .fetch()
                .isEmpty()) {
            throw new DocrowsException(
                    ErrorCode.PIPELINE_LOCKED,
                    "another process has taken over run " + run
                            + ", because this one had lost its connection; nothing more is written here");
        }
        int rows = jooq.update(CHECKPOINT)
                .set(CHECKPOINT.POSITION, position)
                .set(CHECKPOINT.COMPLETE, complete)
                .set(CHECKPOINT.READ, CHECKPOINT.READ.plus(batch.read()))
                .set(CHECKPOINT.INSERTED, CHECKPOINT.INSERTED.plus(batch.inserted()))
                .set(CHECKPOINT.UPDATED, CHECKPOINT.UPDATED.plus(batch.updated()))
                .set(CHECKPOINT.UNCHANGED, CHECKPOINT.UNCHANGED.plus(batch.unchanged()))
                .set(CHECKPOINT.REJECTED, CHECKPOINT.REJECTED.plus(batch.rejected()))
                .set(CHECKPOINT.SKIPPED, CHECKPOINT.SKIPPED.plus(batch.skipped()))
                .where(
                        CHECKPOINT.RUN_ID.eq(run),
                        CHECKPOINT.COLLECTION.eq(partition.collection()),
                        CHECKPOINT.PARTITION.eq(partition.number()))
                .execute();
        if (rows != 1) {
            throw new IllegalStateException("the checkpoint of " + partition + " in run " + run + " has vanished");
        }
    }

    private static Checkpoint checkpoint(CheckpointRecord row) {
        return new Checkpoint(
                new Partition(row.getCollection(), row.getPartition(), row.getSpec()),
                row.getPosition(),
                row.getComplete(),
                new Counts(
                        row.getRead(),
                        row.getInserted(),
                        row.getUpdated(),
                        row.getUnchanged(),
                        row.getRejected(),
                        row.getSkipped()));
    }

    /**
     * How far a partition was loaded.
     *
     * @param partition the partition
     * @param position where its reader stood, null if it had read nothing
     * @param complete whether it was read to its end
     * @param counts what became of the documents read
     */
    public record Checkpoint(Partition partition, byte @Nullable [] position, boolean complete, Counts counts) {}
}
