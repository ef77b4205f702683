package io.docrows.embedded;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The time of an embedded server: that of the machine, or some seconds later. Thread-safe. */
final class EmbeddedClock extends Clock {

    private volatile Duration ahead = Duration.ZERO;

    /** Puts it forward. */
    synchronized void advance(Duration by) {
        ahead = ahead.plus(by);
    }

    @Override
    public Instant instant() {
        return Instant.now().plus(ahead);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("an embedded server has no zone");
    }
}
