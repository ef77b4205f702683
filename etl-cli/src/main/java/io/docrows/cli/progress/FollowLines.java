package io.docrows.cli.progress;

import io.docrows.run.FollowListener;
import io.docrows.run.FollowProgress;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs how far following is: every few seconds while there are changes, once a minute while there are none. Called by
 * one thread.
 */
public final class FollowLines implements FollowListener {

    private static final Logger LOG = LoggerFactory.getLogger(FollowLines.class);
    private static final Duration BUSY = Duration.ofSeconds(5);
    private static final Duration QUIET = Duration.ofMinutes(1);

    private final LongSupplier nanoTime;
    private FollowText text;
    private long said;
    private long changes;

    /**
     * Lines by a clock.
     *
     * @param nanoTime as {@link System#nanoTime()}
     */
    public FollowLines(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.said = nanoTime.getAsLong();
        this.text = new FollowText(said);
    }

    @Override
    public void following(long run) {
        said = nanoTime.getAsLong();
        text = new FollowText(said);
        LOG.info("run {} applies changes", run);
    }

    @Override
    public void progressed(FollowProgress progress) {
        long now = nanoTime.getAsLong();
        Duration interval = progress.changes() == changes ? QUIET : BUSY;
        if (now - said < interval.toNanos()) {
            return;
        }
        said = now;
        changes = progress.changes();
        LOG.info("{}", text.of(progress, now));
    }
}
