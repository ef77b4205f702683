package io.docrows.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.error.RejectCode;
import io.docrows.report.CollectionReport;
import io.docrows.report.Counts;
import io.docrows.report.Drift;
import io.docrows.report.RunReport;
import io.docrows.run.BatchTiming;
import io.docrows.run.RunListener;
import io.docrows.text.ForeignText;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class RunMetricsTest {

    private static final Counts COUNTS = new Counts(15, 5, 4, 3, 2, 1);

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry(SimpleConfig.DEFAULT, new MockClock());
    private final RunListener metrics = new RunMetrics(registry, "gigs");

    private static CollectionReport report() {
        return new CollectionReport(
                "users",
                "users",
                COUNTS,
                Duration.ofSeconds(3),
                Map.of(RejectCode.TOO_LONG, 2L),
                Drift.NONE,
                List.of());
    }

    private void run(RunReport.Status status, boolean toItsEnd) {
        metrics.runStarted(1, false);
        metrics.collectionStarted("users", OptionalLong.of(20), Counts.NONE);
        metrics.batchCommitted("users", COUNTS);
        metrics.batchTimed(
                "users",
                new BatchTiming(
                        Duration.ofMillis(100),
                        Duration.ofMillis(200),
                        Duration.ofMillis(300),
                        Duration.ofMillis(400),
                        Duration.ofMillis(500)));
        assertThat(gauge("docrows.run.active")).isEqualTo(1);
        if (toItsEnd) {
            metrics.collectionFinished(report());
        }
        metrics.retrying("writing", 1, Duration.ZERO);
        metrics.runFinished(new RunReport(
                1,
                "gigs",
                "dump:/d",
                status,
                Instant.ofEpochSecond(1_000),
                Duration.ofSeconds(3),
                List.of(report()),
                7));
    }

    private double gauge(String name) {
        return registry.get(name).tag("pipeline", "gigs").gauge().value();
    }

    private double documents(String outcome) {
        return registry.get("docrows.documents")
                .tags("pipeline", "gigs", "collection", "users", "outcome", outcome)
                .counter()
                .count();
    }

    private double runs(String status) {
        return registry.get("docrows.runs").tag("status", status).counter().count();
    }

    private double rejects() {
        return registry.get("docrows.rejects").tag("code", "TOO_LONG").counter().count();
    }

    @Test
    void countsDocumentsBatchesAndTime() {
        run(RunReport.Status.COMPLETED, true);
        run(RunReport.Status.COMPLETED, true);
        assertThat(documents("inserted")).isEqualTo(10);
        assertThat(documents("updated")).isEqualTo(8);
        assertThat(documents("unchanged")).isEqualTo(6);
        assertThat(documents("rejected")).isEqualTo(4);
        assertThat(documents("skipped")).isEqualTo(2);
        assertThat(rejects()).isEqualTo(4);
        assertThat(registry.get("docrows.documents.expected").gauge().value()).isEqualTo(20);
        assertThat(registry.get("docrows.batch").timer().count()).isEqualTo(2);
        assertThat(registry.get("docrows.batch").timer().totalTime(TimeUnit.MILLISECONDS))
                .isEqualTo(1_000);
        assertThat(registry.get("docrows.phase.time")
                        .tag("phase", "reader_waiting")
                        .counter()
                        .count())
                .isEqualTo(0.6);
        assertThat(registry.get("docrows.retries").counter().count()).isEqualTo(2);
    }

    @Test
    void tellsHowTheLastRunEnded() {
        assertThat(gauge("docrows.run.last.success")).isZero();
        assertThat(runs("failed")).isZero();
        run(RunReport.Status.COMPLETED, true);
        assertThat(gauge("docrows.run.active")).isZero();
        assertThat(gauge("docrows.run.duration")).isEqualTo(3);
        assertThat(gauge("docrows.pending.references")).isEqualTo(7);
        assertThat(gauge("docrows.run.last.success")).isEqualTo(1_003);
        assertThat(runs("completed")).isEqualTo(1);
    }

    @Test
    void saysWhatEachOneIs() {
        run(RunReport.Status.COMPLETED, true);
        assertThat(registry.getMeters())
                .hasSizeGreaterThan(10)
                .allSatisfy(meter -> assertThat(meter.getId().getDescription()).isNotBlank());
    }

    @Test
    void countsTheRejectsOfACollectionThatWasCutShort() {
        run(RunReport.Status.FAILED, false);
        assertThat(rejects()).isEqualTo(2);
        assertThat(runs("failed")).isEqualTo(1);
        assertThat(gauge("docrows.run.last.success")).isZero();
    }

    @Test
    void labelsArePrintable() {
        String hostile = "\u001b[2J\n\u202E";
        RunListener follower = new RunMetrics(registry, hostile);
        follower.collectionStarted(hostile, OptionalLong.of(20), Counts.NONE);
        follower.batchCommitted(hostile, COUNTS);
        follower.batchTimed(hostile, BatchTiming.NONE);
        follower.collectionFinished(new CollectionReport(
                hostile,
                hostile,
                COUNTS,
                Duration.ofSeconds(3),
                Map.of(RejectCode.TOO_LONG, 2L),
                Drift.NONE,
                List.of()));
        assertThat(registry.getMeters())
                .flatExtracting(meter -> meter.getId().getTags())
                .allSatisfy(tag -> assertThat(tag.getValue()).isEqualTo(ForeignText.printable(tag.getValue())))
                .anySatisfy(tag -> assertThat(tag.getValue()).isEqualTo("\\u001b[2J\\u000a\\u202e"));
    }
}
