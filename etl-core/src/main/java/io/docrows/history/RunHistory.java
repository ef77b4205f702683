package io.docrows.history;

import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.docrows.internal.metadata.Bookkeeping;
import io.docrows.internal.metadata.HistoryQueries;
import io.docrows.report.Counts;
import io.docrows.report.Deletions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.bson.BsonTimestamp;
import org.jooq.DSLContext;
import org.jooq.Record14;
import org.jooq.Record8;
import org.jooq.Records;
import org.jooq.ResultQuery;
import org.jooq.exception.DataAccessException;

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
     * Returns the history kept in a target.
     *
     * @param target connections to it
     * @return a view, always up to date
     */
    public static RunHistory of(DataSource target) {
        return new RunHistory(target);
    }

    /**
     * Returns the latest runs.
     *
     * @param atMost how many
     * @return runs, the latest first
     * @throws DocrowsException {@code TARGET_FAILED} or {@code TARGET_SCHEMA_MISMATCH}
     */
    public List<PastRun> runs(int atMost) {
        return runs(jooq -> HistoryQueries.runs(jooq, atMost));
    }

    /**
     * Returns the latest runs of one pipeline.
     *
     * @param pipeline its name
     * @param atMost how many
     * @return runs, the latest first; none if there is no such pipeline
     * @throws DocrowsException {@code TARGET_FAILED} or {@code TARGET_SCHEMA_MISMATCH}
     */
    public List<PastRun> runs(String pipeline, int atMost) {
        return runs(jooq -> HistoryQueries.runs(jooq, pipeline, atMost));
    }

    private List<PastRun> runs(
            Function<DSLContext, ResultQuery<Record8<Long, String, String, String, Instant, Instant, String, Boolean>>>
                    query) {
        return read(jooq -> {
            var runs = query.apply(jooq).fetch();
            Set<String> locked = HistoryQueries.locked(jooq);
            Map<Long, List<PastCollection>> collections = collections(jooq, runs.getValues(0, Long.class));
            return runs.map(run -> new PastRun(
                    run.value1(),
                    run.value2(),
                    run.value3(),
                    state(run.value4(), locked.contains(run.value2())),
                    run.value5(),
                    Optional.ofNullable(run.value6()),
                    Optional.ofNullable(run.value7()),
                    !run.value8(),
                    collections.getOrDefault(run.value1(), List.of())));
        });
    }

    /**
     * Documents that were rejected and have not been loaded since.
     *
     * @return counts by pipeline, collection and reason
     * @throws DocrowsException {@code TARGET_FAILED} or {@code TARGET_SCHEMA_MISMATCH}
     */
    public List<OpenRejects> openRejects() {
        return read(jooq -> HistoryQueries.openRejects(jooq)
                .fetch(row -> new OpenRejects(row.value1(), row.value2(), row.value3(), row.value4())));
    }

    /**
     * Returns where a run rejected documents: those that are still rejected.
     *
     * @param run the run's number
     * @param atMost how many places, those with the most documents first
     * @return counts by collection, reason and place; never a value
     * @throws DocrowsException {@code TARGET_FAILED} or {@code TARGET_SCHEMA_MISMATCH}
     */
    public List<RejectPlace> rejectPlaces(long run, int atMost) {
        return read(jooq -> HistoryQueries.rejectPlaces(jooq, run, atMost)
                .fetch(row -> new RejectPlace(
                        row.value1(),
                        row.value2(),
                        Optional.ofNullable(row.value3()),
                        Optional.ofNullable(row.value4()),
                        row.value5())));
    }

    /**
     * References whose documents have not arrived, of documents and of their elements.
     *
     * @return counts by table and column
     * @throws DocrowsException {@code TARGET_FAILED} or {@code TARGET_SCHEMA_MISMATCH}
     */
    public List<WaitingReferences> waitingReferences() {
        List<WaitingReferences> waiting = new ArrayList<>(read(jooq -> HistoryQueries.pendingReferences(jooq)
                .fetch(row -> new WaitingReferences(row.value1(), row.value2(), row.value3()))));
        // A schema of an earlier release knows nothing of those, and is read all the same.
        waiting.addAll(read(
                HistoryQueries.PENDING_ELEMENTS,
                jooq -> HistoryQueries.pendingElements(jooq)
                        .fetch(row -> new WaitingReferences(row.value1(), row.value2(), row.value3()))));
        return waiting;
    }

    /**
     * Constraints and indexes that are missing from their tables for the time being.
     *
     * @return what was dropped for a first load and is not rebuilt yet, in the order in which it was dropped
     * @throws DocrowsException {@code TARGET_FAILED} or {@code TARGET_SCHEMA_MISMATCH}
     */
    public List<MissingConstraint> missingConstraints() {
        return read(jooq -> HistoryQueries.droppedConstraints(jooq)
                .fetch(row -> new MissingConstraint(
                        row.value1(),
                        row.value2(),
                        row.value3().replace("\"", ""),
                        row.value4(),
                        row.value5(),
                        row.value6())));
    }

    /**
     * Returns which tables were filled from which collections by which pipelines. What a pipeline has filled is known
     * until it is forgotten ({@link io.docrows.Docrows#forget}).
     *
     * @return the tables, one line for each collection, by name
     * @throws DocrowsException {@code TARGET_FAILED} or {@code TARGET_SCHEMA_MISMATCH}
     */
    public List<FilledTable> filledTables() {
        // A schema of an earlier release knows nothing of it, and is read all the same.
        return read(
                HistoryQueries.FILLED_TABLES,
                jooq -> HistoryQueries.filledTables(jooq).fetch(Records.mapping(FilledTable::new)));
    }

    /**
     * Returns where pipelines stand that follow their source.
     *
     * @return one for each pipeline that was ever followed, by name
     * @throws DocrowsException {@code TARGET_FAILED} or {@code TARGET_SCHEMA_MISMATCH}
     */
    public List<Following> followed() {
        // A schema of an earlier release knows nothing of it, and is read all the same.
        return read(
                HistoryQueries.FOLLOWED,
                jooq -> HistoryQueries.followed(jooq)
                        .fetch(row -> new Following(
                                row.value1(),
                                row.value2(),
                                row.value3(),
                                Optional.of(row.value4())
                                        .filter(reached -> reached != 0)
                                        .map(reached -> Instant.ofEpochSecond(new BsonTimestamp(reached).getTime())),
                                Duration.ofSeconds(Math.max(0, row.value5())),
                                row.value6(),
                                lag(row.value7(), row.value4()),
                                row.value8(),
                                row.value9(),
                                row.value10())));
    }

    private static Optional<Duration> lag(long sourceTime, long reached) {
        if (sourceTime == 0 || reached == 0) {
            return Optional.empty();
        }
        long seconds = (long) new BsonTimestamp(sourceTime).getTime() - new BsonTimestamp(reached).getTime();
        return Optional.of(Duration.ofSeconds(Math.max(0, seconds)));
    }

    /**
     * Returns who is at work on this target.
     *
     * @return the holder of each pipeline's lock, for pipelines that have run here
     * @throws DocrowsException {@code TARGET_FAILED} or {@code TARGET_SCHEMA_MISMATCH}
     */
    public List<LockHolder> locks() {
        return read(jooq -> HistoryQueries.locks(jooq)
                .fetch(row -> new LockHolder(
                        row.value1(),
                        row.value2(),
                        Optional.ofNullable(row.value3()).filter(name -> !name.isBlank()),
                        Optional.ofNullable(row.value4()),
                        Optional.ofNullable(row.value5()))));
    }

    private static Map<Long, List<PastCollection>> collections(DSLContext jooq, Collection<Long> runs) {
        return HistoryQueries.collections(jooq, runs, HistoryQueries.knowsUnmatched(jooq)).stream()
                .collect(Collectors.groupingBy(
                        Record14::value1,
                        Collectors.mapping(
                                row -> new PastCollection(
                                        row.value2(),
                                        row.value3(),
                                        row.value4(),
                                        new Counts(
                                                row.value5().longValueExact(),
                                                row.value6().longValueExact(),
                                                row.value7().longValueExact(),
                                                row.value8().longValueExact(),
                                                row.value9().longValueExact(),
                                                row.value10().longValueExact(),
                                                row.value11().longValueExact()),
                                        Optional.ofNullable(row.value12()),
                                        new Deletions(row.value13(), row.value14(), 0)),
                                Collectors.toList())));
    }

    private static PastRun.State state(String status, boolean locked) {
        PastRun.State state = PastRun.State.valueOf(status.toUpperCase(Locale.ROOT));
        return state == PastRun.State.RUNNING && !locked ? PastRun.State.CUT_OFF : state;
    }

    private <T> List<T> read(Function<DSLContext, List<T>> query) {
        return read(HistoryQueries.RUNS, query);
    }

    private <T> List<T> read(String table, Function<DSLContext, List<T>> query) {
        try {
            return Bookkeeping.ask(target, table, List.of(), query);
        } catch (DataAccessException e) {
            throw new DocrowsException(
                    ErrorCode.TARGET_FAILED,
                    "The schema docrows cannot be read (SQLSTATE " + e.sqlState()
                            + "). Check the connection and the user's right to read it.",
                    e);
        }
    }
}
