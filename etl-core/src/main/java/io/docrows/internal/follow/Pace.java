package io.docrows.internal.follow;

import java.time.Duration;

/** How fast changes are applied, lately: over the last ten seconds or somewhat more. Not thread-safe. */
final class Pace {

    private static final long SPAN_NANOS = Duration.ofSeconds(10).toNanos();

    private long since;
    private long changes;
    private long rows;
    private double changesPerSecond;
    private double rowsPerSecond;

    Pace(long now) {
        since = now;
    }

    /** Some changes were applied. */
    void add(long someChanges, long someRows) {
        changes += someChanges;
        rows += someRows;
    }

    /** Ends the span if it is long enough. */
    void look(long now) {
        long spent = now - since;
        if (spent >= SPAN_NANOS) {
            changesPerSecond = changes * 1e9 / spent;
            rowsPerSecond = rows * 1e9 / spent;
            since = now;
            changes = 0;
            rows = 0;
        }
    }

    double changesPerSecond() {
        return changesPerSecond;
    }

    double rowsPerSecond() {
        return rowsPerSecond;
    }
}
