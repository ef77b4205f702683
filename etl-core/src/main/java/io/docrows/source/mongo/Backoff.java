package io.docrows.source.mongo;

import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * How often to try again, and how long to wait before: exponentially longer, half of it by chance, so that readers cut
 * off together do not come back together. Not thread-safe; one for each reader.
 */
final class Backoff {

    /** Waits. */
    @FunctionalInterface
    interface Pause {
        /**
         * Waits.
         *
         * @param millis how long
         * @throws InterruptedException if the thread is interrupted
         */
        void millis(long millis) throws InterruptedException;
    }

    private static final int MAX_ATTEMPTS = 8;
    private static final long BUDGET_NANOS = 30_000_000_000L;
    private static final long FIRST_MILLIS = 200;
    private static final long LONGEST_MILLIS = 8_000;

    private final Pause pause;
    private final LongSupplier nanoClock;
    private final RandomGenerator random;
    private int attempts;
    private long firstFailure;

    Backoff(Pause pause, LongSupplier nanoClock, RandomGenerator random) {
        this.pause = pause;
        this.nanoClock = nanoClock;
        this.random = random;
    }

    /** Attempts since the last success. */
    int attempts() {
        return attempts;
    }

    /** Forgets past failures. */
    void succeeded() {
        attempts = 0;
    }

    /**
     * Waits before another attempt.
     *
     * @return false, at once, when there have been enough
     * @throws InterruptedException if the thread is interrupted while waiting
     */
    boolean await() throws InterruptedException {
        long now = nanoClock.getAsLong();
        if (attempts == 0) {
            firstFailure = now;
        }
        if (attempts >= MAX_ATTEMPTS || now - firstFailure > BUDGET_NANOS) {
            return false;
        }
        long longest = Math.min(LONGEST_MILLIS, FIRST_MILLIS << attempts);
        attempts++;
        pause.millis(longest / 2 + random.nextLong(longest / 2 + 1));
        return true;
    }
}
