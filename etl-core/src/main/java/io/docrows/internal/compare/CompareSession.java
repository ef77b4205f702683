package io.docrows.internal.compare;

import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.docrows.internal.metadata.BookkeepingTables;
import io.docrows.internal.metadata.DroppedConstraint;
import io.docrows.internal.metadata.DroppedConstraints;
import io.docrows.internal.metadata.RejectStatements;
import io.docrows.internal.postgres.PipelineLock;
import io.docrows.internal.postgres.PoolerCheck;
import io.docrows.internal.postgres.Statements;
import io.docrows.internal.postgres.StoredText;
import io.docrows.internal.postgres.TargetSession;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one connection over which a collection is staged and compared. It holds the pipeline's lock, so that no run
 * changes the target meanwhile, unless that is allowed for. Not thread-safe.
 */
final class CompareSession implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CompareSession.class);

    private final TargetSession session;
    private final @Nullable PipelineLock lock;
    private final String pipeline;
    private final boolean bookkeeping;

    private CompareSession(TargetSession session, @Nullable PipelineLock lock, String pipeline, boolean bookkeeping) {
        this.session = session;
        this.lock = lock;
        this.pipeline = pipeline;
        this.bookkeeping = bookkeeping;
    }

    /**
     * Connects.
     *
     * @param purpose is shown in PostgreSQL's views
     * @param alone whether to take the lock
     */
    static CompareSession open(DataSource target, String pipeline, String purpose, boolean alone) throws SQLException {
        PoolerCheck.refuseTransactionPooler(target);
        TargetSession session = TargetSession.open(target, false, "docrows " + pipeline + " " + purpose);
        try {
            Connection connection = session.connection();
            PipelineLock lock = alone ? PipelineLock.acquire(connection, pipeline, null) : null;
            boolean bookkeeping = BookkeepingTables.has(connection, "reject")
                    && BookkeepingTables.has(connection, "pending_reference");
            connection.commit();
            return new CompareSession(session, lock, pipeline, bookkeeping);
        } catch (SQLException | RuntimeException | Error e) {
            session.close();
            throw e;
        }
    }

    Connection connection() {
        return session.connection();
    }

    /** Whether a run was ever made on this target. */
    boolean hasBookkeeping() {
        return bookkeeping;
    }

    /**
     * Makes sure that no first load that was cut off has left tables without what tells their rows apart. What else it
     * has left missing makes comparing slower, not wrong, and is logged.
     *
     * @throws DocrowsException {@code TARGET_SCHEMA_MISMATCH}, saying what is missing and how it comes back
     */
    void requireRebuilt() throws SQLException {
        List<DroppedConstraint> missing = DroppedConstraints.readable(connection(), pipeline);
        connection().commit();
        if (missing.isEmpty()) {
            return;
        }
        String told = "a bulk load of the pipeline " + pipeline + " was interrupted and left these dropped: "
                + missing.stream().map(DroppedConstraint::toString).collect(Collectors.joining(", "))
                + ". The next run continues that load and rebuilds them at its end; etl migrate rebuilds them at once";
        if (missing.stream().anyMatch(DroppedConstraint::isUnique)) {
            throw new DocrowsException(ErrorCode.TARGET_SCHEMA_MISMATCH, told);
        }
        LOG.warn("{}", told);
    }

    /** Whether bookkeeping knows owners of rows and of tables, as it does from this release on. */
    boolean hasClaims() throws SQLException {
        return BookkeepingTables.hasClaims(connection());
    }

    /** Whether documents of a collection stand in the reject table. */
    boolean anyRejects(String collection) throws SQLException {
        return bookkeeping
                && Statements.count(
                                connection(),
                                new RejectStatements(StoredText.of(connection()), pipeline, collection).countAny())
                        > 0;
    }

    /**
     * Begins the transaction in which everything is compared: it sees one state of the target, and PostgreSQL itself
     * refuses to let it write to anything but temporary tables.
     */
    void beginSnapshot() throws SQLException {
        connection().commit();
        Statements.execute(
                connection(),
                List.of(
                        "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY",
                        // Joins of whole tables, one after the other: more than the default, and still bounded.
                        "SET LOCAL work_mem = '64MB'"));
    }

    void endSnapshot() throws SQLException {
        connection().rollback();
    }

    @Override
    public void close() {
        if (lock != null) {
            lock.close();
        }
        session.close();
    }
}
