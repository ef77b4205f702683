package io.docrows.cli.progress;

import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.report.CollectionReport;
import io.docrows.report.Counts;
import io.docrows.report.Drift;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class ProgressBarsTest {

    private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
    private final Terminal terminal = new Terminal(new PrintStream(screen, true, StandardCharsets.UTF_8));

    @Test
    void endsEachCollectionWithAFullBarOnItsOwnLine() {
        Counts all = new Counts(10, 8, 0, 0, 2, 0);
        try (ProgressBars bars = new ProgressBars(terminal, 120, () -> false)) {
            bars.collectionStarted("users", OptionalLong.of(12), Counts.NONE);
            bars.batchCommitted("users", all);
            bars.collectionFinished(new CollectionReport(
                    "users", "users", all, Duration.ofSeconds(1), Map.of(), Drift.NONE, List.of()));
            bars.collectionStarted("gigs", OptionalLong.empty(), Counts.NONE);
        }
        String last = screen.toString(StandardCharsets.UTF_8).split("\n", 2)[0];
        assertThat(last.substring(last.lastIndexOf("\u001b[K")))
                .contains("users")
                .contains("100%")
                .contains("10/10 docs")
                .contains("2 rejected");
        assertThat(screen.toString(StandardCharsets.UTF_8)).contains("gigs");
    }

    @Test
    void leavesTheBarOfAStoppedRunWhereItIs() {
        Counts some = new Counts(10, 10, 0, 0, 0, 0);
        try (ProgressBars bars = new ProgressBars(terminal, 120, () -> true)) {
            bars.collectionStarted("users", OptionalLong.of(40), Counts.NONE);
            bars.batchCommitted("users", some);
            bars.collectionFinished(new CollectionReport(
                    "users", "users", some, Duration.ofSeconds(1), Map.of(), Drift.NONE, List.of()));
        }
        assertThat(screen.toString(StandardCharsets.UTF_8))
                .contains("10/40 docs")
                .doesNotContain("100%");
    }

    @Test
    void readsAsPeopleReadNumbers() {
        try (ProgressBars bars = new ProgressBars(terminal, 120, () -> true)) {
            bars.collectionStarted("users", OptionalLong.of(2_000_000), new Counts(1_000, 1_000, 0, 0, 0, 0));
            bars.batchCommitted("users", new Counts(40_000, 38_500, 0, 0, 1_500, 0));
        }
        assertThat(screen.toString(StandardCharsets.UTF_8))
                .contains("41,000/2,000,000 docs (")
                .contains(" left) ")
                .contains(" docs/s 1,500 rejected");
    }

    @Test
    void showsHowManyEvenIfNobodyKnowsOfHowMany() {
        try (ProgressBars bars = new ProgressBars(terminal, 120, () -> true)) {
            bars.collectionStarted("gigs", OptionalLong.empty(), Counts.NONE);
            bars.batchCommitted("gigs", new Counts(40_000, 40_000, 0, 0, 0, 0));
        }
        assertThat(screen.toString(StandardCharsets.UTF_8)).contains("40,000/? docs");
    }

    @Test
    void writesOtherLinesAboveTheBar() throws IOException {
        terminal.redraw("the bar");
        terminal.lines().write("a line\n".getBytes(StandardCharsets.UTF_8));
        terminal.keep();
        terminal.lines().write("the end\n".getBytes(StandardCharsets.UTF_8));
        assertThat(screen.toString(StandardCharsets.UTF_8))
                .isEqualTo("\r\u001b[Kthe bar\r\u001b[Ka line\nthe bar" + System.lineSeparator() + "the end\n");
    }
}
