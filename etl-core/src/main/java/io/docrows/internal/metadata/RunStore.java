package io.docrows.internal.metadata;

import static io.docrows.internal.db.Tables.CHECKPOINT;
import static io.docrows.internal.db.Tables.RUN;

import io.docrows.error.ErrorCode;
import io.docrows.internal.db.tables.records.RunRecord;
import io.docrows.report.RunReport;
import java.sql.Connection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** The table {@code docrows.run}, over a connection with auto-commit. Not thread-safe. */
public final class RunStore {

    private static final String RUNNING = "running";
    private static final String COMPLETED = "completed";

    private final Connection connection;
    private final String pipeline;
    private final UUID owner;

    /**
     * A store for one pipeline.
     *
     * @param connection stays the caller's
     * @param pipeline the pipeline's name
     * @param owner this process's part in the run
     */
    public RunStore(Connection connection, String pipeline, UUID owner) {
        this.connection = connection;
        this.pipeline = pipeline;
        this.owner = owner;
    }

    /**
     * The run to go on with: the pipeline's last one, if it did not complete, read the same source and covered the same
     * collections with the same mappings. One that was stopped because too many rows would have been deleted has loaded
     * everything; nothing that came since would be read by going on with it. One that rejected too many documents would
     * not read them again.
     *
     * @param source the source's description
     * @param digests the collections asked for, each with the digest of its mappings
     * @return its number, or empty when a new run has to begin
     */
    public Optional<Long> unfinished(String source, Map<String, String> digests) {
        return Bookkeeping.on(connection)
                .selectFrom(RUN)
                .where(RUN.PIPELINE.eq(pipeline), RUN.RESUMABLE.isTrue())
                .orderBy(RUN.ID.desc())
                .limit(1)
                .fetchOptional()
                .filter(run -> !run.getStatus().equals(COMPLETED)
                        && !ErrorCode.TOO_MANY_DELETES.name().equals(run.getErrorCode())
                        && !ErrorCode.TOO_MANY_REJECTS.name().equals(run.getErrorCode())
                        && run.getSource().equals(source))
                .map(RunRecord::getId)
                .filter(run -> isSame(digests, run));
    }

    /** Earlier builds left no digest of a mapping without a watermark. */
    private boolean isSame(Map<String, String> digests, long run) {
        Map<String, @Nullable String> before = new HashMap<>();
        Bookkeeping.on(connection)
                .selectDistinct(CHECKPOINT.COLLECTION, CHECKPOINT.MAPPING_DIGEST)
                .from(CHECKPOINT)
                .where(CHECKPOINT.RUN_ID.eq(run), CHECKPOINT.PARTITION.ne(RetryCheckpoint.NUMBER))
                .forEach(row -> before.put(row.value1(), row.value2()));
        boolean same = before.keySet().equals(digests.keySet());
        for (Map.Entry<String, @Nullable String> each : before.entrySet()) {
            String digest = each.getValue();
            same &= digest == null || digest.equals(digests.get(each.getKey()));
        }
        return same;
    }

    /**
     * Begins a run.
     *
     * @param source the source's description, without secrets
     * @param resumable whether a later run may go on with it
     * @return its number
     */
    public long begin(String source, boolean resumable) {
        fenceOff();
        RunRecord run = Bookkeeping.on(connection).newRecord(RUN);
        run.setPipeline(pipeline);
        run.setSource(source);
        run.setStatus(RUNNING);
        run.setResumable(resumable);
        run.setOwner(owner);
        run.store();
        return run.getId();
    }

    /**
     * Takes over an unfinished run. Waits for what its former process is committing at this moment; after that, such a
     * process can commit nothing more.
     *
     * @param run its number
     */
    public void reopen(long run) {
        Bookkeeping.on(connection)
                .update(RUN)
                .set(RUN.STATUS, RUNNING)
                .set(RUN.OWNER, owner)
                .setNull(RUN.FINISHED)
                .setNull(RUN.ERROR_CODE)
                .where(RUN.ID.eq(run))
                .execute();
    }

    /**
     * Lets no process commit any more that was at work on the pipeline: the caller holds its lock, so they are taken
     * for dead.
     */
    private void fenceOff() {
        Bookkeeping.on(connection)
                .update(RUN)
                .set(RUN.OWNER, UUID.randomUUID())
                .where(RUN.PIPELINE.eq(pipeline), RUN.STATUS.eq(RUNNING))
                .execute();
    }

    /**
     * Writes how a run ended.
     *
     * @param run its number
     * @param status how
     * @param error why it failed, if it did
     */
    public void end(long run, RunReport.Status status, @Nullable ErrorCode error) {
        Bookkeeping.on(connection)
                .update(RUN)
                .set(RUN.STATUS, status.name().toLowerCase(Locale.ROOT))
                .set(RUN.FINISHED, DSL.field("now()", RUN.FINISHED.getDataType()))
                .set(RUN.ERROR_CODE, error == null ? null : error.name())
                .where(RUN.ID.eq(run), RUN.OWNER.eq(owner))
                .execute();
    }
}
