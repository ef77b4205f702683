package io.docrows.cli.progress;

import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.cli.logging.LogFormat;
import io.docrows.cli.logging.LogLevel;
import io.docrows.cli.logging.Logging;
import io.docrows.cli.session.Secrets;
import io.docrows.report.CollectionReport;
import io.docrows.report.Counts;
import io.docrows.report.Drift;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ProgressLinesTest {

    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private final AtomicLong clock = new AtomicLong();
    private final ProgressLines lines = new ProgressLines(clock::get);

    @BeforeEach
    void logIntoMemory() {
        Logging.start(LogFormat.TEXT, LogLevel.INFO, log, new Secrets());
    }

    @Test
    void speaksEveryFewSecondsOnly() {
        lines.collectionStarted("users", OptionalLong.of(40_000), new Counts(1_000, 1_000, 0, 0, 0, 0));
        for (int second = 1; second <= 9; second++) {
            clock.addAndGet(Duration.ofSeconds(1).toNanos());
            lines.batchCommitted("users", new Counts(1_000, 999, 0, 0, 1, 0));
        }
        assertThat(log.toString(StandardCharsets.UTF_8).lines())
                .singleElement()
                .asString()
                .endsWith(
                        "INFO  users: 6,000 of about 40,000 documents, 1,000 a second, about 34.00s left, 5 rejected");
    }

    @Test
    void doesWithoutAnEstimate() {
        lines.collectionStarted("users", OptionalLong.empty(), Counts.NONE);
        clock.addAndGet(Duration.ofSeconds(5).toNanos());
        lines.batchCommitted("users", new Counts(10, 10, 0, 0, 0, 0));
        assertThat(log.toString(StandardCharsets.UTF_8)).contains("users: 10 documents, 2 a second, 0 rejected");
    }

    @Test
    void saysWhenACollectionIsDone() {
        lines.collectionFinished(new CollectionReport(
                "users",
                "users",
                new Counts(1, 1, 0, 0, 0, 0),
                Duration.ofMillis(20),
                Map.of(),
                Drift.NONE,
                List.of()));
        assertThat(log.toString(StandardCharsets.UTF_8)).contains("users: 1 document in 0.02s");
    }
}
