package io.docrows.internal.run;

import io.docrows.internal.incremental.WatermarkFilter;
import io.docrows.internal.metadata.RejectStore;
import io.docrows.internal.stage.FeedLimits;
import io.docrows.internal.write.DocumentWriter;
import io.docrows.internal.write.WriteResult;
import io.docrows.report.Drift;
import io.docrows.run.BatchTiming;
import io.docrows.source.DocumentSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import java.util.concurrent.Executor;
import javax.sql.DataSource;

/**
 * What the writer of a partition is given, and whom it tells what it did: the load of the collection, or a task of a
 * cluster. Thread-safe where several writers have the same.
 *
 * @param <D> what a document is decoded into
 */
interface PartitionHost<D> {

    /** How the collection's documents are decoded and written. */
    CollectionWork<D> work();

    DocumentSource source();

    DataSource target();

    long runNumber();

    /** The run's fencing token. */
    UUID owner();

    Retries retries();

    /** Where to read ahead. */
    Executor threads();

    /** What PostgreSQL calls the writer's connection. */
    String sessionName();

    /** Looks at what was changed when, on the thread that reads. */
    WatermarkFilter watermarkFilter();

    /** What bounds the batches. */
    FeedLimits limits();

    /** A writer of batches over a connection. */
    DocumentWriter<D> batchWriter(Connection connection) throws SQLException;

    RejectStore rejectStore();

    /** Makes sure, after a failure that passes, that the run is still this one's. */
    void ensureHeld() throws SQLException;

    /** Whether documents of the collection may stand in the reject table, so that those that load must be looked up. */
    boolean anyRejects(Connection connection);

    void rejectsAdded();

    /** Makes sure, over a new connection, that what was confirmed before is there. */
    void requireNothingLost(Connection connection);

    /** A batch was committed. */
    void committed(WriteResult result);

    /** So long did the batch take that was committed last on this thread. */
    void timed(BatchTiming timing);

    /** A decoder has done its work. */
    void drifted(Drift more);
}
