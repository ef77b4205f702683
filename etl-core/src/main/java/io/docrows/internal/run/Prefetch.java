package io.docrows.internal.run;

import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.docrows.internal.stage.Batch;
import io.docrows.internal.stage.PartitionFeed;
import io.docrows.run.BatchTiming;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Reads the next batch of a partition while the one before is being written. What ends the reading without a last
 * batch, an {@link Error} or an interrupt included, is told to the writer as well.
 */
final class Prefetch<D> implements Runnable {

    private final PartitionFeed<D> feed;
    private final Handover<Read<D>> batches;
    private final CountDownLatch ended = new CountDownLatch(1);
    private @Nullable Thread thread;

    /** From now on nobody takes batches. The thread may not have begun yet, or the source forget an interrupt. */
    private boolean stopped;

    /**
     * A batch that was read.
     *
     * @param batch the batch
     * @param waiting how long the batch before it waited to be taken, in nanoseconds
     */
    record Read<D>(Batch<D> batch, long waiting) {

        /** What the batch took, which has just been written, by the clock of {@link System#nanoTime}. */
        BatchTiming timing(long idle, long taken) {
            return new BatchTiming(
                    Duration.ofNanos(batch.timing().reading()),
                    Duration.ofNanos(batch.timing().decoding()),
                    Duration.ofNanos(waiting),
                    Duration.ofNanos(taken - idle),
                    Duration.ofNanos(System.nanoTime() - taken));
        }
    }

    Prefetch(PartitionFeed<D> feed, Handover<Read<D>> batches) {
        this.feed = feed;
        this.batches = batches;
    }

    @Override
    public void run() {
        try (feed) {
            synchronized (this) {
                thread = Thread.currentThread();
            }
            requireTaker();
            long waiting = 0;
            Batch<D> batch;
            do {
                batch = feed.next();
                long ready = System.nanoTime();
                give(new Read<>(batch, waiting));
                waiting = System.nanoTime() - ready;
            } while (batch.end() == null);
        } catch (InterruptedException e) {
            // If it was not stopped, its threads are being given back, and somebody waits for the next batch.
            batches.fail(new DocrowsException(
                    ErrorCode.SOURCE_FAILED,
                    "Reading documents was interrupted: the worker that read them was closed. What was committed stays.",
                    e));
        } catch (Throwable e) {
            batches.fail(e);
        } finally {
            synchronized (this) {
                thread = null;
                Thread.interrupted();
            }
            ended.countDown();
        }
    }

    private void give(Read<D> read) throws InterruptedException {
        boolean given = false;
        try {
            requireTaker();
            // An interrupt from here on ends the waiting.
            batches.give(read);
            given = true;
        } finally {
            if (!given) {
                read.batch().memory().release();
            }
        }
    }

    private synchronized void requireTaker() throws InterruptedException {
        if (stopped) {
            throw new InterruptedException("the reading was stopped");
        }
    }

    /** Begins to read, on a thread that must be there: else the reader is let go of at once. */
    void begin(Executor threads) {
        try {
            threads.execute(this);
        } catch (RuntimeException | Error e) {
            feed.close();
            throw e;
        }
    }

    /** Ends the reading, if it has not ended by itself, and waits until file or cursor are let go of. */
    void stop() throws InterruptedException {
        feed.stop();
        synchronized (this) {
            stopped = true;
            if (thread != null) {
                thread.interrupt();
            }
        }
        ended.await();
    }
}
