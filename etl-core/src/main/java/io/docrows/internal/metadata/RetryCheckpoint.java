package io.docrows.internal.metadata;

import static io.docrows.internal.db.Tables.CHECKPOINT;

import io.docrows.internal.db.tables.records.CheckpointRecord;
import io.docrows.report.Counts;
import java.sql.Connection;
import java.util.Map;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.DSL;

/**
 * What retrying rejects changes in the counts of a run: one more row of {@code docrows.checkpoint} for each collection,
 * apart from those of the partitions, which nobody writes any more by then.
 */
public final class RetryCheckpoint {

    /** The number that no partition has. */
    public static final int NUMBER = -1;

    private RetryCheckpoint() {}

    /**
     * Documents taken from {@code docrows.reject} of which something became.
     *
     * @param counts what became of them
     * @param countedBefore how many of them this same run had already counted, as rejected
     */
    public record Change(Counts counts, long countedBefore) {

        /**
         * The counts of a collection with this change.
         *
         * @param before the counts without it
         * @return the counts with it
         */
        public Counts appliedTo(Counts before) {
            Counts sum = before.plus(counts);
            return new Counts(
                    sum.read() - countedBefore,
                    sum.inserted(),
                    sum.updated(),
                    sum.unchanged(),
                    sum.rejected() - countedBefore,
                    sum.skipped(),
                    sum.unmatched());
        }
    }

    /**
     * Adds a change, in the transaction that holds the rows it speaks of.
     *
     * @param connection the connection of that transaction
     * @param run the run's number
     * @param owner this process's part in the run
     * @param collection the collection's name
     * @param change what to add
     * @throws io.docrows.error.DocrowsException {@code PIPELINE_LOCKED} if another process has taken the run over
     */
    public static void add(Connection connection, long run, UUID owner, String collection, Change change) {
        CheckpointStore.requireOwner(connection, run, owner);
        DSLContext jooq = Bookkeeping.on(connection);
        CheckpointRecord row = jooq.newRecord(CHECKPOINT);
        row.setRunId(run);
        row.setCollection(collection);
        row.setPartition(NUMBER);
        row.setSpec(new byte[0]);
        row.setComplete(true);
        row.setRead(change.counts().read() - change.countedBefore());
        row.setInserted(change.counts().inserted());
        row.setUpdated(change.counts().updated());
        row.setUnchanged(change.counts().unchanged());
        row.setRejected(change.counts().rejected() - change.countedBefore());
        row.setSkipped(change.counts().skipped());
        row.setUnmatched(change.counts().unmatched());
        jooq.insertInto(CHECKPOINT)
                .set(row)
                .onConflict(CHECKPOINT.RUN_ID, CHECKPOINT.COLLECTION, CHECKPOINT.PARTITION)
                .doUpdate()
                .set(CHECKPOINT.READ, sum(CHECKPOINT.READ))
                .set(CHECKPOINT.INSERTED, sum(CHECKPOINT.INSERTED))
                .set(CHECKPOINT.UPDATED, sum(CHECKPOINT.UPDATED))
                .set(CHECKPOINT.UNCHANGED, sum(CHECKPOINT.UNCHANGED))
                .set(CHECKPOINT.REJECTED, sum(CHECKPOINT.REJECTED))
                .set(CHECKPOINT.SKIPPED, sum(CHECKPOINT.SKIPPED))
                .set(CHECKPOINT.UNMATCHED, sum(CHECKPOINT.UNMATCHED))
                .execute();
    }

    private static Field<Long> sum(Field<Long> column) {
        return column.plus(DSL.excluded(column));
    }

    /**
     * What retrying rejects has changed in a run, its interrupted parts included.
     *
     * @param connection the connection to use
     * @param run the run's number
     * @return changes by collection
     */
    public static Map<String, Change> of(Connection connection, long run) {
        return Bookkeeping.on(connection)
                .selectFrom(CHECKPOINT)
                .where(CHECKPOINT.RUN_ID.eq(run), CHECKPOINT.PARTITION.eq(NUMBER))
                .fetchMap(CheckpointRecord::getCollection, RetryCheckpoint::change);
    }

    /** As small a change as the row allows: what was rejected and what was counted before cancel each other out. */
    private static Change change(CheckpointRecord row) {
        long countedBefore = Math.max(0, -row.getRejected());
        long rejected = Math.max(0, row.getRejected());
        return new Change(
                new Counts(
                        row.getRead() + countedBefore,
                        row.getInserted(),
                        row.getUpdated(),
                        row.getUnchanged(),
                        rejected,
                        row.getSkipped(),
                        row.getUnmatched()),
                countedBefore);
    }
}
