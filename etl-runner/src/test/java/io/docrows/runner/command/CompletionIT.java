package io.docrows.runner.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.runner.testing.Etl;
import io.docrows.runner.testing.Etl.Result;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script of {@code completion}, asked in a real bash as the Tab key does. */
final class CompletionIT {

    @TempDir
    Path directory;

    @BeforeEach
    void writeScript() throws IOException {
        Result script = Etl.in(directory).run("completion");
        assertThat(script.exitCode()).isZero();
        assertThat(script.err()).isEmpty();
        Files.writeString(directory.resolve("etl.bash"), script.out());
    }

    /** What is offered for the last word. */
    private List<String> complete(String... words) throws IOException, InterruptedException {
        String line = String.join(" ", words);
        String bash = """
                source etl.bash
                complete -p etl >&2
                COMP_WORDS=(%s)
                COMP_CWORD=%d
                COMP_LINE=$(printf '%%s ' "${COMP_WORDS[@]}")
                %s
                printf '%%s\\n' "${COMPREPLY[@]}"
                """.formatted(line.isEmpty() ? "''" : line.replace("_", "''"), words.length - 1, "_complete_etl");
        Process process = new ProcessBuilder("bash", "-c", bash)
                .directory(directory.toFile())
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(err).isZero();
        assertThat(err).contains("_complete_etl etl");
        return out.lines().map(String::strip).toList();
    }

    @Test
    void completesCommands() throws Exception {
        assertThat(complete("./etl", "re")).containsExactly("rejects");
        assertThat(complete("./etl", "rejects", "_")).contains("list", "show", "export", "retry", "discard");
        assertThat(complete("etl", "_")).contains("run", "plan", "verify", "status", "completion");
    }

    @Test
    void completesOptions() throws Exception {
        assertThat(complete("./etl", "run", "--metrics-p")).containsExactly("--metrics-port");
        assertThat(complete("./etl", "status", "--"))
                .contains("--target", "--runs")
                .doesNotContain("--source");
    }

    @Test
    void completesChoicesAsTheyAreWritten() throws Exception {
        assertThat(complete("./etl", "run", "--bulk-load", "_")).containsExactly("auto", "always", "never");
        assertThat(complete("./etl", "status", "--output", "j")).containsExactly("json");
    }

    @Test
    void isPrintedEvenWhereTheConfigurationIsWrong() throws IOException {
        Files.writeString(directory.resolve("etl.yaml"), "sorce: nowhere\n");
        assertThat(Etl.in(directory).run("completion").exitCode()).isZero();
        assertThat(Etl.in(directory).run("completion", "--help").out()).contains("source <(./etl completion)");
    }
}
