package io.docrows.internal.run;

import dev.failsafe.function.CheckedFunction;
import io.docrows.internal.postgres.PipelineLock;
import io.docrows.internal.postgres.TargetSession;
import io.docrows.internal.postgres.Transaction;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The run's own connection, which holds the pipeline's lock and does the bookkeeping. When the connection is lost it is
 * opened anew and takes the lock again before anything else happens. Thread-safe.
 */
final class RunSession implements AutoCloseable {

    private final DataSource target;
    private final String pipeline;
    private final Retries retries;
    private TargetSession session;
    private Consumer<Connection> connectedAgain = connection -> {};
    private PipelineLock lock;

    private RunSession(DataSource target, String pipeline, Retries retries, TargetSession session, PipelineLock lock) {
        this.target = target;
        this.pipeline = pipeline;
        this.retries = retries;
        this.session = session;
        this.lock = lock;
    }

    /** Connects and takes the lock. Fails at once if either cannot be had: nothing has begun that could be lost. */
    static RunSession open(DataSource target, String pipeline, Retries retries) throws SQLException {
        TargetSession session = connect(target, pipeline);
        try {
            return new RunSession(
                    target, pipeline, retries, session, PipelineLock.acquire(session.connection(), pipeline, null));
        } catch (SQLException | RuntimeException | Error e) {
            session.close();
            throw e;
        }
    }

    private static TargetSession connect(DataSource target, String pipeline) {
        return TargetSession.open(
                target,
                true,
                "docrows " + pipeline + " of process " + ProcessHandle.current().pid());
    }

    /** What is to be made sure of with each further connection. */
    synchronized void whenConnectedAgain(Consumer<Connection> check) {
        connectedAgain = check;
    }

    /** Does some bookkeeping, again if the connection is lost meanwhile. */
    synchronized <T extends @Nullable Object> T call(String what, CheckedFunction<Connection, T> work)
            throws SQLException {
        return retries.call(what, () -> {
            ensureHeld();
            return work.apply(session.connection());
        });
    }

    /** Does some bookkeeping in one transaction, which is committed when the work returns. */
    <T extends @Nullable Object> T transaction(String what, CheckedFunction<Connection, T> work) throws SQLException {
        return call(what, connection -> Transaction.of(connection, work::apply));
    }

    /** Makes sure that this run still has its lock, and takes it again if it went with its connection. */
    synchronized void ensureHeld() throws SQLException {
        if (session.isAlive()) {
            return;
        }
        // A broken session is of no further use, also when the attempts below fail.
        session.close();
        TargetSession next = connect(target, pipeline);
        try {
            lock = PipelineLock.acquire(next.connection(), pipeline, lock);
            connectedAgain.accept(next.connection());
            session = next;
        } catch (SQLException | RuntimeException | Error e) {
            next.close();
            throw e;
        }
    }

    @Override
    public synchronized void close() {
        lock.close();
        session.close();
    }
}
