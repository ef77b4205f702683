package io.docrows.internal.follow;

import io.docrows.run.Cancellation;
import io.docrows.source.Change;
import io.docrows.source.ChangeReader;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.bson.BsonTimestamp;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Reads and collects changes on a thread of its own, while those before them are applied. Of a document that is changed
 * again and again meanwhile, only its {@code _id} is kept, once. Used by one thread.
 *
 * <p>{@link #close} does not interrupt the reader, because the driver would drop the connection then, and the server
 * keep the cursor. It waits as long as a reader usually waits for a change; after that the thread lets go of the cursor
 * when its answer comes.
 */
final class ChangesAhead implements AutoCloseable {

    /** So long is a change waited for before it is said that there is none. */
    private static final long PATIENCE_NANOS = Duration.ofMillis(500).toNanos();

    private static final long CLOSING_MILLIS = 1_000;

    private final ChangeReader reader;
    private final int most;
    private final long moment;
    private final @Nullable BsonTimestamp goal;
    private final Cancellation cancellation;
    private final Thread thread;
    private CollectedChanges changes = new CollectedChanges();
    private byte[] position;
    private BsonTimestamp reached;
    private boolean drained;
    private boolean caughtUp;
    private boolean closed;
    private @Nullable Throwable failure;

    /**
     * Begins to read.
     *
     * @param reader where changes come from; closed with this
     * @param most how many changed documents are collected before reading waits for them to be applied
     * @param moment how long changes are collected before they are applied, at most
     * @param goal the moment up to which changes are read; null to read on until this is closed
     * @param cancellation asked for when the thread that waits is interrupted
     */
    ChangesAhead(
            ChangeReader reader, int most, Duration moment, @Nullable BsonTimestamp goal, Cancellation cancellation) {
        this.reader = reader;
        this.most = most;
        this.moment = moment.toNanos();
        this.goal = goal;
        this.cancellation = cancellation;
        position = reader.position();
        reached = reader.reached();
        @Nullable Map<String, String> fields = MDC.getCopyOfContextMap();
        thread = new Thread(() -> read(fields), "docrows-changes");
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Changes to apply.
     *
     * @param changes what was collected; empty if nothing happened for a while
     * @param position the position behind them
     * @param reached up to when all changes are among them, or were among those before
     * @param drained whether the source had nothing more to tell
     * @param caughtUp whether these are the last, because the goal is reached
     */
    record Round(CollectedChanges changes, byte[] position, BsonTimestamp reached, boolean drained, boolean caughtUp) {}

    /**
     * Returns what is to be applied next: when enough was collected, or for long enough, or when there is nothing more.
     * Waits half a second at most for the first change. An interrupt is a request to stop.
     *
     * @return the changes
     * @throws RuntimeException what ended the reading; what was collected before will be read again
     */
    synchronized Round next() {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        boolean interrupted = false;
        while (!isReady() && !interrupted) {
            long end = changes.isEmpty() ? deadline : changes.since() + moment;
            long left = end - System.nanoTime();
            if (left <= 0) {
                break;
            }
            try {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            } catch (InterruptedException e) {
                cancellation.request();
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (failure != null) {
            throw told(failure);
        }
        Round round = new Round(changes, position, reached, drained, caughtUp);
        changes = new CollectedChanges();
        drained = false;
        notifyAll();
        return round;
    }

    private boolean isReady() {
        return failure != null || drained || changes.isFull(most);
    }

    /** As it would have been thrown here. */
    private static RuntimeException told(Throwable reason) {
        if (reason instanceof Error error) {
            throw error;
        }
        return reason instanceof RuntimeException known ? known : new IllegalStateException(reason);
    }

    private void read(@Nullable Map<String, String> fields) {
        try (reader) {
            if (fields != null) {
                MDC.setContextMap(fields);
            }
            while (awaitRoom()) {
                Change change = reader.read();
                take(change, reader.position(), reader.reached());
            }
        } catch (Throwable e) {
            fail(e);
        }
    }

    /** Waits until more may be collected; false if nobody wants any. */
    private synchronized boolean awaitRoom() throws InterruptedException {
        while (changes.isFull(most) && !closed) {
            wait();
        }
        return !closed && !caughtUp;
    }

    private synchronized void take(@Nullable Change change, byte[] behind, BsonTimestamp upTo) {
        if (change != null) {
            changes.add(change, System.nanoTime());
        }
        position = behind;
        reached = upTo;
        drained = change == null;
        // Only what comes after nothing is certain: others of the same moment may follow a change.
        caughtUp = drained && goal != null && reached.compareTo(goal) >= 0;
        if (isReady()) {
            notifyAll();
        }
    }

    private synchronized void fail(Throwable reason) {
        failure = reason;
        notifyAll();
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        try {
            thread.join(CLOSING_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
