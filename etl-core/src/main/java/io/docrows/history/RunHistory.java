package io.docrows.history;

import static io.docrows.internal.db.Tables.CHECKPOINT;
import static io.docrows.internal.db.Tables.DEFERRED_CONSTRAINT;
import static io.docrows.internal.db.Tables.DELETION;
import static io.docrows.internal.db.Tables.FILLED_TABLE;
import static io.docrows.internal.db.Tables.PENDING_REFERENCE;
import static io.docrows.internal.db.Tables.REJECT;
import static io.docrows.internal.db.Tables.RUN;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.min;
import static org.jooq.impl.DSL.sum;

import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.docrows.internal.db.tables.records.RunRecord;
import io.docrows.internal.metadata.Bookkeeping;
import io.docrows.report.Counts;
import io.docrows.report.Deletions;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/**
 * Reads what the library has written down in a target. Changes nothing, not even by creating the schema
 * {@code docrows}: where that is missing, the history is empty. Thread-safe; each method takes one connection for as
 * long as it works.
 */
public final class RunHistory {

    private final DataSource target;

    private RunHistory(DataSource target) {
        this.target = target;
    }

    /**
     * The history kept in a target.
     *
     * @param target connections to it
     * @return a view, always up to date
     */
    public static RunHistory of(DataSource target) {
        return new RunHistory(target);
    }

    /**
     * The latest runs.
     *
     * @param atMost how many
     * @return runs, the latest first
     * @throws DocrowsException {@code TARGET_FAILED} or {@code TARGET_SCHEMA_MISMATCH}
     */
    public List<PastRun> runs(int atMost) {
        return read(jooq -> {
            List<RunRecord> runs =
                    jooq.selectFrom(RUN).orderBy(RUN.ID.desc()).limit(atMost).fetch();
            Set<String> locked = Set.copyOf(jooq.selectDistinct(RUN.PIPELINE)
                    .from(RUN)
                    .where(RUN.STATUS.eq("running"), holdsLock())
                    .fetch(RUN.PIPELINE));
            Map<Long, List<PastCollection>> collections =
                    collections(jooq, runs.stream().map(RunRecord::getId).toList());
            return runs.stream()
                    .map(run -> new PastRun(
                            run.getId(),
                            run.getPipeline(),
                            run.getSource(),
                            state(run, locked),
                            run.getStarted(),
                            Optional.ofNullable(run.getFinished()),
                            Optional.ofNullable(run.getErrorCode()),
                            !run.getResumable(),
                            collections.getOrDefault(run.getId(), List.of())))
                    .toList();
        });
    }

    /**
     * Documents that were rejected and have not been loaded since.
     *
     * @return counts by pipeline, collection and reason
     * @throws DocrowsException {@code TARGET_FAILED} or {@code TARGET_SCHEMA_MISMATCH}
     */
    public List<OpenRejects> openRejects() {
        return read(jooq -> jooq.select(REJECT.PIPELINE, REJECT.COLLECTION, REJECT.CODE, count())
                .from(REJECT)
                .groupBy(REJECT.PIPELINE, REJECT.COLLECTION, REJECT.CODE)
                .orderBy(REJECT.PIPELINE, REJECT.COLLECTION, REJECT.CODE)
                .fetch(row -> new OpenRejects(row.value1(), row.value2(), row.value3(), row.value4())));
    }

    /**
     * Where a run rejected documents: those that are still rejected.
     *
     * @param run the run's number
     * @param atMost how many places, those with the most documents first
     * @return counts by collection, reason and place; never a value
     * @throws DocrowsException {@code TARGET_FAILED} or {@code TARGET_SCHEMA_MISMATCH}
     */
    public List<RejectPlace> rejectPlaces(long run, int atMost) {
        return read(jooq -> jooq.select(REJECT.COLLECTION, REJECT.CODE, REJECT.PATH, REJECT.COLUMN_NAME, count())
                .from(REJECT)
                .where(REJECT.LAST_RUN_ID.eq(run))
                .groupBy(REJECT.COLLECTION, REJECT.CODE, REJECT.PATH, REJECT.COLUMN_NAME)
                .orderBy(count().desc(), REJECT.COLLECTION, REJECT.CODE, REJECT.PATH, REJECT.COLUMN_NAME)
                .limit(atMost)
                .fetch(row -> new RejectPlace(
                        row.value1(),
                        row.value2(),
                        Optional.ofNullable(row.value3()),
                        Optional.ofNullable(row.value4()),
                        row.value5())));
    }

    /**
     * References whose documents have not arrived.
     *
     * @return counts by table and column
     * @throws DocrowsException {@code TARGET_FAILED} or {@code TARGET_SCHEMA_MISMATCH}
     */
    public List<WaitingReferences> waitingReferences() {
        return read(jooq -> jooq.select(PENDING_REFERENCE.TABLE_NAME, PENDING_REFERENCE.COLUMN_NAME, count())
                .from(PENDING_REFERENCE)
                .groupBy(PENDING_REFERENCE.TABLE_NAME, PENDING_REFERENCE.COLUMN_NAME)
                .orderBy(PENDING_REFERENCE.TABLE_NAME, PENDING_REFERENCE.COLUMN_NAME)
                .fetch(row -> new WaitingReferences(row.value1(), row.value2(), row.value3())));
    }

    /**
     * Constraints and indexes that are missing from their tables for the time being.
     *
     * @return what was dropped for a first load and is not rebuilt yet, in the order in which it was dropped
     * @throws DocrowsException {@code TARGET_FAILED} or {@code TARGET_SCHEMA_MISMATCH}
     */
    public List<MissingConstraint> missingConstraints() {
        return read(jooq -> jooq.selectFrom(DEFERRED_CONSTRAINT)
                .orderBy(DEFERRED_CONSTRAINT.ID)
                .fetch(row -> new MissingConstraint(
                        row.getPipeline(),
                        row.getRunId(),
                        row.getTableName().replace("\"", ""),
                        row.getKind(),
                        row.getName(),
                        row.getDeferred())));
    }

    /**
     * Which tables were filled from which collections by which pipelines. What a pipeline has filled is known until it
     * is forgotten ({@link io.docrows.Docrows#forget}).
     *
     * @return the tables, one line for each collection, by name
     * @throws DocrowsException {@code TARGET_FAILED} or {@code TARGET_SCHEMA_MISMATCH}
     */
    public List<FilledTable> filledTables() {
        // A schema of an earlier release knows nothing of it, and is read all the same.
        return read(
                FILLED_TABLE,
                jooq -> jooq.selectFrom(FILLED_TABLE)
                        .orderBy(FILLED_TABLE.TABLE_NAME, FILLED_TABLE.PIPELINE, FILLED_TABLE.COLLECTION)
                        .fetch(row -> new FilledTable(row.getTableName(), row.getPipeline(), row.getCollection())));
    }

    /**
     * Who is at work on this target.
     *
     * @return the holder of each pipeline's lock, for pipelines that have run here
     * @throws DocrowsException {@code TARGET_FAILED} or {@code TARGET_SCHEMA_MISMATCH}
     */
    public List<LockHolder> locks() {
        Field<Integer> processId = DSL.field("l.pid", SQLDataType.INTEGER);
        Field<String> application = DSL.field("a.application_name", SQLDataType.VARCHAR);
        Field<String> address = DSL.field("host(a.client_addr)", SQLDataType.VARCHAR);
        Field<Instant> since = DSL.field("a.backend_start", SQLDataType.INSTANT);
        return read(jooq -> jooq.selectDistinct(RUN.PIPELINE, processId, application, address, since)
                .from(RUN)
                .join(DSL.table("pg_locks").as("l"))
                .on(isLockOf(RUN.PIPELINE))
                .leftJoin(DSL.table("pg_stat_activity").as("a"))
                .on("a.pid = l.pid")
                .orderBy(RUN.PIPELINE)
                .fetch(row -> new LockHolder(
                        row.value1(),
                        row.value2(),
                        Optional.ofNullable(row.value3()).filter(name -> !name.isBlank()),
                        Optional.ofNullable(row.value4()),
                        Optional.ofNullable(row.value5()))));
    }

    private static Map<Long, List<PastCollection>> collections(DSLContext jooq, Collection<Long> runs) {
        // The row of retried rejects, below 0, counts documents, but is no partition.
        Field<Integer> partitions = count().filterWhere(CHECKPOINT.PARTITION.ge(0));
        Field<Integer> complete =
                count().filterWhere(CHECKPOINT.COMPLETE.isTrue().and(CHECKPOINT.PARTITION.ge(0)));
        Field<BigDecimal> read = sum(CHECKPOINT.READ);
        Field<BigDecimal> inserted = sum(CHECKPOINT.INSERTED);
        Field<BigDecimal> updated = sum(CHECKPOINT.UPDATED);
        Field<BigDecimal> unchanged = sum(CHECKPOINT.UNCHANGED);
        Field<BigDecimal> rejected = sum(CHECKPOINT.REJECTED);
        Field<BigDecimal> skipped = sum(CHECKPOINT.SKIPPED);
        Field<Instant> since = min(CHECKPOINT.SINCE);
        Field<Long> deleted = coalesce(max(DELETION.DELETED), 0L);
        Field<Long> kept = coalesce(max(DELETION.KEPT), 0L);
        return jooq.select(CHECKPOINT.RUN_ID, CHECKPOINT.COLLECTION, partitions, complete)
                .select(read, inserted, updated, unchanged, rejected, skipped)
                .select(since, deleted, kept)
                .from(CHECKPOINT)
                .leftJoin(DELETION)
                .on(DELETION.RUN_ID.eq(CHECKPOINT.RUN_ID), DELETION.COLLECTION.eq(CHECKPOINT.COLLECTION))
                .where(CHECKPOINT.RUN_ID.in(runs))
                .groupBy(CHECKPOINT.RUN_ID, CHECKPOINT.COLLECTION)
                .orderBy(CHECKPOINT.RUN_ID, CHECKPOINT.COLLECTION)
                .fetchGroups(
                        CHECKPOINT.RUN_ID,
                        row -> new PastCollection(
                                row.get(CHECKPOINT.COLLECTION),
                                row.get(partitions),
                                row.get(complete),
                                new Counts(
                                        number(row, read),
                                        number(row, inserted),
                                        number(row, updated),
                                        number(row, unchanged),
                                        number(row, rejected),
                                        number(row, skipped)),
                                Optional.ofNullable(row.get(since)),
                                new Deletions(row.get(deleted), row.get(kept), 0)));
    }

    private static long number(Record row, Field<BigDecimal> field) {
        return row.get(field).longValueExact();
    }

    /** Whether somebody holds the pipeline's advisory lock. */
    private static Condition holdsLock() {
        return DSL.exists(DSL.selectOne().from(DSL.table("pg_locks").as("l")).where(isLockOf(RUN.PIPELINE)));
    }

    /** Whether the row l of pg_locks is a pipeline's advisory lock: 64 bits, shown as two halves with objsubid 1. */
    private static Condition isLockOf(Field<String> pipeline) {
        return DSL.condition("""
                l.locktype = 'advisory' AND l.granted AND l.objsubid = 1
                AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
                AND (l.classid::int8 << 32 | l.objid::int8) = hashtextextended('docrows:' || {0}, 0)""", pipeline);
    }

    private static PastRun.State state(RunRecord run, Set<String> locked) {
        PastRun.State state = PastRun.State.valueOf(run.getStatus().toUpperCase(Locale.ROOT));
        return state == PastRun.State.RUNNING && !locked.contains(run.getPipeline()) ? PastRun.State.CUT_OFF : state;
    }

    private <T> List<T> read(Function<DSLContext, List<T>> query) {
        return read(RUN, query);
    }

    private <T> List<T> read(Table<?> table, Function<DSLContext, List<T>> query) {
        try {
            return Bookkeeping.ask(target, table.getName(), List.of(), query);
        } catch (DataAccessException e) {
            throw new DocrowsException(
                    ErrorCode.TARGET_FAILED,
                    "the schema docrows cannot be read (SQLSTATE " + e.sqlState()
                            + "); check the connection and the user's right to read it",
                    e);
        }
    }
}
