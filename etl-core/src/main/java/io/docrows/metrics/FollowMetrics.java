package io.docrows.metrics;

import io.docrows.run.FollowListener;
import io.docrows.run.FollowProgress;
import io.docrows.text.ForeignText;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import java.util.concurrent.TimeUnit;

/**
 * Measures how far behind its source a pipeline is that is followed. One instance serves the pipeline for as long as
 * the application lives; it is thread-safe. All meters have the tag {@code pipeline}.
 *
 * <table>
 * <caption>Meters</caption>
 * <tr><th>name</th><th>what it is</th></tr>
 * <tr><td>docrows.follow.lag</td><td>gauge, in seconds: how far behind the source the tables are, by the source's
 * clock; NaN before anything is followed</td></tr>
 * <tr><td>docrows.follow.position.age</td><td>gauge, in seconds: how long ago the position was stored. Goes on growing
 * when nothing is heard of following any more; NaN before</td></tr>
 * <tr><td>docrows.follow.changes</td><td>counter: changes applied, each as often as it was told</td></tr>
 * <tr><td>docrows.follow.rows</td><td>counter: rows inserted, updated or deleted for them, in all tables</td></tr>
 * <tr><td>docrows.follow.rows.deleted</td><td>counter: rows of deleted documents that were deleted or marked</td></tr>
 * <tr><td>docrows.follow.rejects</td><td>counter: documents that were rejected</td></tr>
 * <tr><td>docrows.follow.history.lost</td><td>counter: how often changes were missed, and everything was loaded
 * again</td></tr>
 * </table>
 */
public final class FollowMetrics implements FollowListener {

    private final Clock clock;
    private final Counter changes;
    private final Counter rows;
    private final Counter deleted;
    private final Counter rejected;
    private final Counter lost;
    private FollowProgress before = FollowProgress.NONE;
    private double lag = Double.NaN;
    private double storedAt = Double.NaN;

    /**
     * Metrics of a pipeline.
     *
     * @param registry where they are registered
     * @param pipeline the pipeline's name
     */
    public FollowMetrics(MeterRegistry registry, String pipeline) {
        clock = registry.config().clock();
        Tags tags = Tags.of("pipeline", ForeignText.name(pipeline));
        TimeGauge.builder("docrows.follow.lag", this, TimeUnit.MILLISECONDS, FollowMetrics::lag)
                .description("How far behind the source the tables are")
                .tags(tags)
                .strongReference(true)
                .register(registry);
        TimeGauge.builder("docrows.follow.position.age", this, TimeUnit.MILLISECONDS, FollowMetrics::age)
                .description("How long ago the position was stored")
                .tags(tags)
                .strongReference(true)
                .register(registry);
        changes = counter(registry, tags, "docrows.follow.changes", "Changes applied");
        rows = counter(registry, tags, "docrows.follow.rows", "Rows inserted, updated or deleted for changes");
        deleted = counter(registry, tags, "docrows.follow.rows.deleted", "Rows of deleted documents that went");
        rejected = counter(registry, tags, "docrows.follow.rejects", "Changed documents that were rejected");
        lost = counter(registry, tags, "docrows.follow.history.lost", "How often changes were missed");
    }

    private static Counter counter(MeterRegistry registry, Tags tags, String name, String description) {
        return Counter.builder(name).description(description).tags(tags).register(registry);
    }

    private synchronized double lag() {
        return lag;
    }

    private synchronized double age() {
        return clock.wallTime() - storedAt;
    }

    @Override
    public synchronized void following(long run) {
        before = FollowProgress.NONE;
        storedAt = clock.wallTime();
    }

    @Override
    public synchronized void progressed(FollowProgress progress) {
        lag = progress.lag().toMillis();
        storedAt = (double) clock.wallTime() - progress.positionAge().toMillis();
        changes.increment(progress.changes() - before.changes());
        rows.increment(progress.rows() - before.rows());
        deleted.increment(progress.deleted() - before.deleted());
        rejected.increment(progress.rejected() - before.rejected());
        before = progress;
    }

    @Override
    public void historyLost(String reason) {
        lost.increment();
    }
}
