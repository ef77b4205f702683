package io.docrows.internal.run;

import io.docrows.run.Cancellation;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * What a run does beside loading a collection. None of it outlives the run; when some of it fails, loading leaves off,
 * for the run is going to fail. Thread-safe.
 */
final class BackgroundWork implements AutoCloseable {

    private final ExecutorService threads;
    private final Cancellation cancellation;
    private final List<Future<?>> begun = new CopyOnWriteArrayList<>();
    private volatile boolean closed;
    private volatile boolean failed;

    /**
     * Nothing yet.
     *
     * @param threads where to work
     * @param cancellation asked for when the thread that waits is interrupted
     */
    BackgroundWork(ExecutorService threads, Cancellation cancellation) {
        this.threads = threads;
        this.cancellation = cancellation;
    }

    /** Begins some work, which must leave off soon once this is closed. */
    <T extends @Nullable Object> Future<T> begin(Callable<T> work) {
        Future<T> future = threads.submit(() -> {
            boolean done = false;
            try {
                T result = work.call();
                done = true;
                return result;
            } finally {
                if (!done) {
                    failed = true;
                }
            }
        });
        begun.add(future);
        return future;
    }

    /** Whether some of the work has failed; who awaits it is told why. */
    boolean hasFailed() {
        return failed;
    }

    /** Throws what has ended some of the work, if any has failed. */
    void requireNoFailure() throws SQLException {
        if (failed) {
            for (Future<?> work : begun) {
                await(work);
            }
        }
    }

    /**
     * Waits for the end of some work. An interrupt is a request to stop the run, and does not end the waiting.
     *
     * @return what the work returned
     * @throws SQLException what it threw; as are unchecked exceptions and errors
     */
    <T extends @Nullable Object> T await(Future<T> work) throws SQLException {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return work.get();
                } catch (InterruptedException e) {
                    cancellation.request();
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SQLException sql) {
                throw sql;
            }
            if (e.getCause() instanceof RuntimeException unchecked) {
                throw unchecked;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException("work in the background failed", e.getCause());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Whether work should leave off because the run is at its end. */
    boolean isClosed() {
        return closed;
    }

    /** Waits for what is still going on. Exceptions thrown there are ignored. */
    @Override
    public void close() {
        closed = true;
        for (Future<?> work : begun) {
            try {
                await(work);
            } catch (SQLException | RuntimeException | Error e) {
                // The run has ended for a reason of its own, or was told by another wait.
            }
        }
    }
}
