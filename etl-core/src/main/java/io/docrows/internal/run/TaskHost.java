package io.docrows.internal.run;

import io.docrows.cluster.PartitionOutcome;
import io.docrows.cluster.PartitionTask;
import io.docrows.error.DocrowsException;
import io.docrows.error.RejectCode;
import io.docrows.internal.incremental.WatermarkFilter;
import io.docrows.internal.metadata.RejectStore;
import io.docrows.internal.stage.Allowance;
import io.docrows.internal.stage.FeedLimits;
import io.docrows.internal.write.DocumentWriter;
import io.docrows.internal.write.KeyCache;
import io.docrows.internal.write.WriteResult;
import io.docrows.mapping.RejectedDocument;
import io.docrows.report.Drift;
import io.docrows.report.RowCounts;
import io.docrows.run.BatchTiming;
import io.docrows.source.DocumentSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** What the writer of a task is given, and what it told. For one task after the other; used by one thread at a time. */
final class TaskHost<D> implements PartitionHost<D> {

    private final TaskEngine engine;
    private final CollectionWork<D> work;
    private final TaskEngine.Key key;
    private final KeyCache keyCache;
    private final RejectStore rejects;
    private String sessionName = "docrows task";
    private boolean anyRejects;
    private @Nullable FeedLimits limits;
    private @Nullable PartitionTask task;
    private Map<RejectCode, Long> rejectsByCode = new EnumMap<>(RejectCode.class);
    private Drift drift = Drift.NONE;
    private Map<String, RowCounts> rows = Map.of();
    private BatchTiming timing = BatchTiming.NONE;

    TaskHost(TaskEngine engine, CollectionWork<D> work, TaskEngine.Key key, KeyCache keyCache) {
        this.engine = engine;
        this.work = work;
        this.key = key;
        this.keyCache = keyCache;
        this.rejects = new RejectStore(engine.pipeline(), work.collection().name(), key.run());
    }

    /** Begins a task: nothing was told yet. */
    void begin(PartitionTask next, BooleanSupplier stopped) {
        task = next;
        int documents = next.batchDocuments();
        // As in a run of one process: a first load takes half as many.
        limits = new FeedLimits(
                next.copying() ? (documents + 1) / 2 : documents,
                next.batchBytes(),
                new Allowance(next.limit()),
                engine.memory(),
                stopped);
        rejectsByCode = new EnumMap<>(RejectCode.class);
        drift = Drift.NONE;
        rows = Map.of();
        timing = BatchTiming.NONE;
    }

    /** What PostgreSQL is to call the connection. */
    void named(String name) {
        sessionName = name;
    }

    /** What the task did; null stands for having been stopped. */
    PartitionOutcome outcome(PartitionOutcome.@Nullable End end) {
        return ended(this, end == null ? PartitionOutcome.End.STOPPED : end, null);
    }

    /** What a task did that came so far, if it did. */
    static PartitionOutcome ended(
            @Nullable TaskHost<?> host, PartitionOutcome.End end, @Nullable DocrowsException failure) {
        return new PartitionOutcome(
                end,
                host == null ? Map.of() : host.rejectsByCode,
                host == null ? Drift.NONE : host.drift,
                host == null ? Map.of() : host.rows,
                host == null ? BatchTiming.NONE : host.timing,
                failure == null ? null : failure.code(),
                failure == null ? null : failure.getMessage());
    }

    @Override
    public CollectionWork<D> work() {
        return work;
    }

    @Override
    public DocumentSource source() {
        return engine.source();
    }

    @Override
    public DataSource target() {
        return engine.target();
    }

    @Override
    public long runNumber() {
        return key.run();
    }

    @Override
    public UUID owner() {
        return key.owner();
    }

    @Override
    public Retries retries() {
        return engine.retries();
    }

    @Override
    public Executor threads() {
        return engine.threads();
    }

    @Override
    public String sessionName() {
        return sessionName;
    }

    @Override
    public WatermarkFilter watermarkFilter() {
        return new WatermarkFilter(work.collection().first(), begun().since());
    }

    @Override
    public FeedLimits limits() {
        FeedLimits known = limits;
        if (known == null) {
            throw new IllegalStateException("no task has begun");
        }
        return known;
    }

    private PartitionTask begun() {
        PartitionTask known = task;
        if (known == null) {
            throw new IllegalStateException("no task has begun");
        }
        return known;
    }

    @Override
    public DocumentWriter<D> batchWriter(Connection connection) throws SQLException {
        return work.writer(connection, key.run(), keyCache, key.copying());
    }

    @Override
    public RejectStore rejectStore() {
        return rejects;
    }

    /** The fencing token, which each transaction looks at, tells whether the run is still that one. */
    @Override
    public void ensureHeld() {}

    /** Another process may just have rejected the first document. */
    @Override
    public boolean anyRejects(Connection connection) {
        anyRejects = anyRejects || rejects.any(connection);
        return anyRejects;
    }

    @Override
    public void rejectsAdded() {
        anyRejects = true;
    }

    /** Each checkpoint tells of its own partition; the process that planned the tasks looks at all of them. */
    @Override
    public void requireNothingLost(Connection connection) {}

    @Override
    public void committed(WriteResult result) {
        rows = RowCounts.sum(rows, result.rows());
        for (RejectedDocument<?> reject : result.rejects()) {
            rejectsByCode.merge(reject.code(), 1L, Long::sum);
        }
    }

    @Override
    public void timed(BatchTiming batch) {
        timing = timing.plus(batch);
    }

    @Override
    public void drifted(Drift more) {
        drift = drift.plus(more);
    }
}
