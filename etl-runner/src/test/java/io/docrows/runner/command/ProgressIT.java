package io.docrows.runner.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.runner.testing.Databases;
import io.docrows.runner.testing.Etl;
import io.docrows.runner.testing.Etl.Result;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** How a run is followed: on a terminal, in a pipe, by a program, or not at all. Standard output stays the result's. */
@Tag("long")
final class ProgressIT {

    private static final Databases DATABASES = Databases.shared();
    private static String target = "";

    @TempDir
    Path directory;

    @BeforeAll
    static void makeDatabase() throws SQLException {
        target = DATABASES.create();
    }

    private static Result run(Etl etl, String... more) {
        List<String> arguments = new java.util.ArrayList<>(
                List.of("run", "--source", Etl.SAMPLES.resolve("gigs-dirty").toString(), "--target", target));
        arguments.addAll(List.of(more));
        Result result = etl.run(arguments.toArray(String[]::new));
        assertThat(result.exitCode()).as(result.err()).isEqualTo(1);
        assertThat(result.out()).startsWith("Run ").doesNotContain("100%", "INFO");
        return result;
    }

    @Test
    void drawsABarForEachCollectionOnATerminal() {
        String screen = run(Etl.in(directory).onTerminal()).err();
        assertThat(screen)
                .containsPattern("users +100% \\[=+] 47/47 docs \\(.* left\\) [?,\\d]+ docs/s 23 rejected")
                .containsPattern("gigs +100% \\[=+] 34/34 docs \\(.* left\\) [?,\\d]+ docs/s 17 rejected")
                .doesNotContain("users: 47 documents in");
    }

    @Test
    void logsLinesInAPipe() {
        assertThat(run(Etl.in(directory)).err())
                .containsPattern("INFO  users: 47 documents in \\d+\\.\\d\\ds\n")
                .containsPattern("INFO  gigs: 34 documents in \\d+\\.\\d\\ds\n")
                .doesNotContain("100%", "\u001b");
    }

    @Test
    void logsObjectsForPrograms() {
        List<JsonNode> lines = run(Etl.in(directory).onTerminal(), "--log-format", "json")
                .err()
                .lines()
                .map(JsonMapper.shared()::readTree)
                .toList();
        assertThat(lines).anySatisfy(line -> {
            assertThat(line.get("message").asString()).startsWith("users: 47 documents in ");
            assertThat(line.get("pipeline").asString()).isEqualTo("gigs");
            assertThat(line.get("run").asString()).matches("\\d+");
        });
    }

    @Test
    void saysNothingOfItWhenToldNotTo() {
        assertThat(run(Etl.in(directory).onTerminal(), "--no-progress").err())
                .doesNotContain("100%", "documents in", "\u001b");
    }
}
