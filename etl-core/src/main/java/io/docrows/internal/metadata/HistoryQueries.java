package io.docrows.internal.metadata;

import static io.docrows.internal.db.Tables.CHECKPOINT;
import static io.docrows.internal.db.Tables.DEFERRED_CONSTRAINT;
import static io.docrows.internal.db.Tables.DELETION;
import static io.docrows.internal.db.Tables.FILLED_TABLE;
import static io.docrows.internal.db.Tables.FOLLOW;
import static io.docrows.internal.db.Tables.PENDING_ELEMENT;
import static io.docrows.internal.db.Tables.PENDING_REFERENCE;
import static io.docrows.internal.db.Tables.REJECT;
import static io.docrows.internal.db.Tables.RUN;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.min;
import static org.jooq.impl.DSL.sum;

import io.docrows.internal.postgres.PipelineLock;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.Set;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record10;
import org.jooq.Record14;
import org.jooq.Record3;
import org.jooq.Record4;
import org.jooq.Record5;
import org.jooq.Record6;
import org.jooq.Record8;
import org.jooq.ResultQuery;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/** What the schema {@code docrows} is asked by whoever looks at the history of a target. */
public final class HistoryQueries {

    /** The table without which there is no history, without the schema. */
    public static final String RUNS = RUN.getName();

    /** The table of tables that were filled, without the schema; an earlier release has none. */
    public static final String FILLED_TABLES = FILLED_TABLE.getName();

    /** The table of references of elements that wait, without the schema; an earlier release has none. */
    public static final String PENDING_ELEMENTS = PENDING_ELEMENT.getName();

    /** The table of positions in what is followed, without the schema; an earlier release has none. */
    public static final String FOLLOWED = FOLLOW.getName();

    private HistoryQueries() {}

    /**
     * Whether unmatched documents are counted, as they are from this release on.
     *
     * @param jooq queries on the target
     * @return false for a schema of an earlier release
     */
    public static boolean knowsUnmatched(DSLContext jooq) {
        return jooq.fetchExists(
                DSL.selectOne().where(DSL.condition(BookkeepingTables.isThere(CHECKPOINT.getName(), "unmatched"))));
    }

    /**
     * The latest runs.
     *
     * @param jooq queries on the target
     * @param atMost how many
     * @return number, pipeline, source, status, start, end, error code and whether a later run may continue it, the
     *     latest first
     */
    public static ResultQuery<Record8<Long, String, String, String, Instant, Instant, String, Boolean>> runs(
            DSLContext jooq, int atMost) {
        return runs(jooq, DSL.noCondition(), atMost);
    }

    /**
     * The latest runs of one pipeline.
     *
     * @param jooq queries on the target
     * @param pipeline its name
     * @param atMost how many
     * @return the query
     */
    public static ResultQuery<Record8<Long, String, String, String, Instant, Instant, String, Boolean>> runs(
            DSLContext jooq, String pipeline, int atMost) {
        return runs(jooq, RUN.PIPELINE.eq(pipeline), atMost);
    }

    private static ResultQuery<Record8<Long, String, String, String, Instant, Instant, String, Boolean>> runs(
            DSLContext jooq, Condition which, int atMost) {
        return jooq.select(
                        RUN.ID,
                        RUN.PIPELINE,
                        RUN.SOURCE,
                        RUN.STATUS,
                        RUN.STARTED,
                        RUN.FINISHED,
                        RUN.ERROR_CODE,
                        RUN.RESUMABLE)
                .from(RUN)
                .where(which)
                .orderBy(RUN.ID.desc())
                .limit(atMost);
    }

    /**
     * The pipelines whose lock somebody holds, of those with a run that is not known to have ended.
     *
     * @param jooq queries on the target
     * @return their names
     */
    public static Set<String> locked(DSLContext jooq) {
        Condition holdsLock =
                DSL.exists(DSL.selectOne().from(DSL.table("pg_locks").as("l")).where(isLockOf(RUN.PIPELINE)));
        return Set.copyOf(jooq.selectDistinct(RUN.PIPELINE)
                .from(RUN)
                .where(RUN.STATUS.eq("running"), holdsLock)
                .fetch(RUN.PIPELINE));
    }

    private static Condition isLockOf(Field<String> pipeline) {
        return DSL.condition(PipelineLock.isLock("l", "{0}"), pipeline);
    }

    /**
     * The collections of runs.
     *
     * @param jooq queries on the target
     * @param runs the runs' numbers
     * @param knowsUnmatched whether the schema counts unmatched documents, as it does from this release on
     * @return run, collection, partitions, complete ones, documents read, inserted, updated, unchanged, rejected,
     *     skipped and unmatched, since when changes were read, rows deleted and kept
     */
    public static ResultQuery<
                    Record14<
                            Long,
                            String,
                            Integer,
                            Integer,
                            BigDecimal,
                            BigDecimal,
                            BigDecimal,
                            BigDecimal,
                            BigDecimal,
                            BigDecimal,
                            BigDecimal,
                            Instant,
                            Long,
                            Long>>
            collections(DSLContext jooq, Collection<Long> runs, boolean knowsUnmatched) {
        Field<Long> unmatched = knowsUnmatched ? CHECKPOINT.UNMATCHED : DSL.inline(0L);
        // The row of retried rejects, below 0, counts documents, but is no partition.
        Field<Integer> partitions = count().filterWhere(CHECKPOINT.PARTITION.ge(0));
        Field<Integer> complete =
                count().filterWhere(CHECKPOINT.COMPLETE.isTrue().and(CHECKPOINT.PARTITION.ge(0)));
        return jooq.select(
                        CHECKPOINT.RUN_ID,
                        CHECKPOINT.COLLECTION,
                        partitions,
                        complete,
                        sum(CHECKPOINT.READ),
                        sum(CHECKPOINT.INSERTED),
                        sum(CHECKPOINT.UPDATED),
                        sum(CHECKPOINT.UNCHANGED),
                        sum(CHECKPOINT.REJECTED),
                        sum(CHECKPOINT.SKIPPED),
                        sum(unmatched),
                        min(CHECKPOINT.SINCE),
                        coalesce(max(DELETION.DELETED), 0L),
                        coalesce(max(DELETION.KEPT), 0L))
                .from(CHECKPOINT)
                .leftJoin(DELETION)
                .on(DELETION.RUN_ID.eq(CHECKPOINT.RUN_ID), DELETION.COLLECTION.eq(CHECKPOINT.COLLECTION))
                .where(CHECKPOINT.RUN_ID.in(runs))
                .groupBy(CHECKPOINT.RUN_ID, CHECKPOINT.COLLECTION)
                .orderBy(CHECKPOINT.RUN_ID, CHECKPOINT.COLLECTION);
    }

    /**
     * Documents that are rejected at present.
     *
     * @param jooq queries on the target
     * @return pipeline, collection, code and number, in that order
     */
    public static ResultQuery<Record4<String, String, String, Integer>> openRejects(DSLContext jooq) {
        return jooq.select(REJECT.PIPELINE, REJECT.COLLECTION, REJECT.CODE, count())
                .from(REJECT)
                .groupBy(REJECT.PIPELINE, REJECT.COLLECTION, REJECT.CODE)
                .orderBy(REJECT.PIPELINE, REJECT.COLLECTION, REJECT.CODE);
    }

    /**
     * Where a run rejected documents that are still rejected.
     *
     * @param jooq queries on the target
     * @param run the run's number
     * @param atMost how many places
     * @return collection, code, path, column and number, the largest first
     */
    public static ResultQuery<Record5<String, String, String, String, Integer>> rejectPlaces(
            DSLContext jooq, long run, int atMost) {
        return jooq.select(REJECT.COLLECTION, REJECT.CODE, REJECT.PATH, REJECT.COLUMN_NAME, count())
                .from(REJECT)
                .where(REJECT.LAST_RUN_ID.eq(run))
                .groupBy(REJECT.COLLECTION, REJECT.CODE, REJECT.PATH, REJECT.COLUMN_NAME)
                .orderBy(count().desc(), REJECT.COLLECTION, REJECT.CODE, REJECT.PATH, REJECT.COLUMN_NAME)
                .limit(atMost);
    }

    /**
     * References whose documents have not arrived.
     *
     * @param jooq queries on the target
     * @return table, column and number, in that order
     */
    public static ResultQuery<Record3<String, String, Integer>> pendingReferences(DSLContext jooq) {
        return jooq.select(PENDING_REFERENCE.TABLE_NAME, PENDING_REFERENCE.COLUMN_NAME, count())
                .from(PENDING_REFERENCE)
                .groupBy(PENDING_REFERENCE.TABLE_NAME, PENDING_REFERENCE.COLUMN_NAME)
                .orderBy(PENDING_REFERENCE.TABLE_NAME, PENDING_REFERENCE.COLUMN_NAME);
    }

    /**
     * References of elements whose documents have not arrived.
     *
     * @param jooq queries on the target
     * @return table, column and number, in that order
     */
    public static ResultQuery<Record3<String, String, Integer>> pendingElements(DSLContext jooq) {
        return jooq.select(PENDING_ELEMENT.TABLE_NAME, PENDING_ELEMENT.COLUMN_NAME, count())
                .from(PENDING_ELEMENT)
                .groupBy(PENDING_ELEMENT.TABLE_NAME, PENDING_ELEMENT.COLUMN_NAME)
                .orderBy(PENDING_ELEMENT.TABLE_NAME, PENDING_ELEMENT.COLUMN_NAME);
    }

    /**
     * Constraints and indexes that are dropped at present.
     *
     * @param jooq queries on the target
     * @return pipeline, run, table, kind, name and when it was dropped, in the order in which they were
     */
    public static ResultQuery<Record6<String, Long, String, String, String, Instant>> droppedConstraints(
            DSLContext jooq) {
        return jooq.select(
                        DEFERRED_CONSTRAINT.PIPELINE,
                        DEFERRED_CONSTRAINT.RUN_ID,
                        DEFERRED_CONSTRAINT.TABLE_NAME,
                        DEFERRED_CONSTRAINT.KIND,
                        DEFERRED_CONSTRAINT.NAME,
                        DEFERRED_CONSTRAINT.DEFERRED)
                .from(DEFERRED_CONSTRAINT)
                .orderBy(DEFERRED_CONSTRAINT.ID);
    }

    /**
     * Which tables were filled from which collections by which pipelines.
     *
     * @param jooq queries on the target
     * @return table, pipeline and collection, in that order
     */
    public static ResultQuery<Record3<String, String, String>> filledTables(DSLContext jooq) {
        return jooq.selectDistinct(FILLED_TABLE.TABLE_NAME, FILLED_TABLE.PIPELINE, FILLED_TABLE.COLLECTION)
                .from(FILLED_TABLE)
                .orderBy(FILLED_TABLE.TABLE_NAME, FILLED_TABLE.PIPELINE, FILLED_TABLE.COLLECTION);
    }

    /**
     * Where pipelines stand that follow their source.
     *
     * @param jooq queries on the target
     * @return pipeline, source, whether everything is loaded, up to when changes are applied as a BSON timestamp, how
     *     many seconds ago that was stored, the number of changes, the source's time then, changes and rows a second,
     *     and the number of documents rejected
     */
    public static ResultQuery<Record10<String, String, Boolean, Long, Long, Long, Long, Double, Double, Long>> followed(
            DSLContext jooq) {
        return jooq.select(
                        FOLLOW.PIPELINE,
                        FOLLOW.SOURCE,
                        FOLLOW.LOADED,
                        FOLLOW.REACHED,
                        DSL.field("floor(extract(epoch FROM now() - {0}))::bigint", SQLDataType.BIGINT, FOLLOW.STORED),
                        FOLLOW.CHANGES,
                        FOLLOW.SOURCE_TIME,
                        FOLLOW.CHANGES_PER_SECOND,
                        FOLLOW.ROWS_PER_SECOND,
                        FOLLOW.REJECTED)
                .from(FOLLOW)
                .orderBy(FOLLOW.PIPELINE);
    }

    /**
     * Who holds the locks of pipelines that have run here.
     *
     * @param jooq queries on the target
     * @return pipeline, process number, application, address and since when it is connected
     */
    public static ResultQuery<Record5<String, Integer, String, String, Instant>> locks(DSLContext jooq) {
        return jooq.selectDistinct(
                        RUN.PIPELINE,
                        DSL.field("l.pid", SQLDataType.INTEGER),
                        DSL.field("a.application_name", SQLDataType.VARCHAR),
                        DSL.field("host(a.client_addr)", SQLDataType.VARCHAR),
                        DSL.field("a.backend_start", SQLDataType.INSTANT))
                .from(RUN)
                .join(DSL.table("pg_locks").as("l"))
                .on(isLockOf(RUN.PIPELINE))
                .leftJoin(DSL.table("pg_stat_activity").as("a"))
                .on("a.pid = l.pid")
                .orderBy(RUN.PIPELINE);
    }
}
