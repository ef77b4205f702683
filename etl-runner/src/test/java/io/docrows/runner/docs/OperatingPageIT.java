package io.docrows.runner.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.runner.docs.ConsolePage.Part;
import io.docrows.runner.testing.Databases;
import io.docrows.runner.testing.Etl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the commands that {@code docs/operating.md} shows, and compares what they print with what stands there. */
@Tag("long")
final class OperatingPageIT {

    private static final Page PAGE = new Page(Page.DOCS.resolve("operating.md"));

    private static final Pattern METRIC = Pattern.compile("\\bdocrows_[a-z_]*[a-z]");

    @TempDir
    Path directory;

    @Test
    void showsWhatTheCommandsPrint() throws Exception {
        copySample();
        ConsolePage page = ConsolePage.parse(PAGE.text());
        List<Part> shown = new ArrayList<>();
        try (Databases databases = new Databases();
                Mongo mongo = new Mongo()) {
            Map<String, String> addresses = Map.of(
                    "mongodb://localhost/market",
                    mongo.address(),
                    "postgresql://etl@localhost/market",
                    databases.create());
            Shell shell = new Shell(directory, addresses, mongo);
            for (Part part : page.parts()) {
                shown.add(part.isCommand() ? now(part, shell) : part);
            }
        }
        metricsExist();
        assertThat(shown).filteredOn(Part::isCommand).hasSizeGreaterThan(20);
        PAGE.is(new ConsolePage(shown).text());
    }

    private void copySample() throws IOException {
        Path sample = Files.createDirectories(directory.resolve("samples/gigs"));
        try (Stream<Path> files = Files.list(Etl.SAMPLES.resolve("gigs"))) {
            for (Path file : files.toList()) {
                Files.copy(file, sample.resolve(file.getFileName()));
            }
        }
    }

    /** Every metric that a page names is among those that a run with a reject left. */
    private void metricsExist() throws IOException {
        String left = Files.readString(directory.resolve("etl.prom"));
        for (String name : List.of("operating.md", "metrics.md")) {
            List<String> metrics = METRIC.matcher(new Page(Page.DOCS.resolve(name)).text())
                    .results()
                    .map(MatchResult::group)
                    .toList();
            assertThat(metrics).as(name).hasSizeGreaterThan(5).allMatch(left::contains);
        }
    }

    /** The part with what its command prints now; as it is, if that differs in times and rates only. */
    private static Part now(Part part, Shell shell) {
        List<String> printed = shell.run(part.typed());
        return Steady.of(printed).equals(Steady.of(part.lines())) ? part : new Part(part.command(), printed);
    }
}
