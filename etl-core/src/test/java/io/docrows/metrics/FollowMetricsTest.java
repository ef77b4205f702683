package io.docrows.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.run.FollowProgress;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class FollowMetricsTest {

    private final MockClock clock = new MockClock();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry(SimpleConfig.DEFAULT, clock);
    private final FollowMetrics metrics = new FollowMetrics(registry, "gigs");

    private double seconds(String name) {
        return registry.get(name).tag("pipeline", "gigs").timeGauge().value(TimeUnit.SECONDS);
    }

    private double count(String name) {
        return registry.get(name).tag("pipeline", "gigs").counter().count();
    }

    @Test
    void beforeAnythingIsFollowedNothingIsKnown() {
        assertThat(seconds("docrows.follow.lag")).isNaN();
        assertThat(seconds("docrows.follow.position.age")).isNaN();
        assertThat(count("docrows.follow.changes")).isZero();
    }

    @Test
    void tellsHowFarItIsAndCountsWhatWasApplied() {
        metrics.following(3);
        metrics.progressed(new FollowProgress(Duration.ofSeconds(4), 10, 8, 30, 2, 1, Duration.ofSeconds(5)));
        metrics.progressed(new FollowProgress(Duration.ofSeconds(2), 15, 9, 40, 2, 1, Duration.ZERO));
        assertThat(seconds("docrows.follow.lag")).isEqualTo(2);
        assertThat(count("docrows.follow.changes")).isEqualTo(15);
        assertThat(count("docrows.follow.rows")).isEqualTo(40);
        assertThat(count("docrows.follow.rows.deleted")).isEqualTo(2);
        assertThat(count("docrows.follow.rejects")).isEqualTo(1);
    }

    @Test
    void aPositionGrowsOlderWhenNothingIsHeardAnyMore() {
        metrics.following(3);
        metrics.progressed(new FollowProgress(Duration.ZERO, 1, 1, 1, 0, 0, Duration.ofSeconds(5)));
        clock.add(Duration.ofMinutes(10));
        assertThat(seconds("docrows.follow.position.age")).isEqualTo(605);
    }

    @Test
    void afterARestartItGoesOnCounting() {
        metrics.following(3);
        metrics.progressed(new FollowProgress(Duration.ZERO, 7, 7, 7, 0, 0, Duration.ZERO));
        metrics.historyLost("dropped");
        metrics.following(5);
        metrics.progressed(new FollowProgress(Duration.ZERO, 2, 2, 2, 0, 0, Duration.ZERO));
        assertThat(count("docrows.follow.changes")).isEqualTo(9);
        assertThat(count("docrows.follow.history.lost")).isEqualTo(1);
    }
}
