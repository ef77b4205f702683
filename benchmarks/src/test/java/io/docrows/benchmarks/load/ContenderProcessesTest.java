package io.docrows.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ContenderProcessesTest {

    @TempDir
    Path directory;

    @Test
    void refusesAnArchiveOfClassesThatAreNotInJars() {
        ContenderProcesses cold = ContenderProcesses.cold("some.jar:" + directory, List.of("-Xint"));
        assertThat(cold.javaOptions()).contains("-XX:+UseParallelGC", "-Xint");
        assertThatThrownBy(() -> cold.archived(directory.resolve("classes.jsa"), List.of()))
                .isInstanceOf(BenchmarkException.class)
                .hasMessageContaining(directory.toString())
                .hasMessageContaining("--no-archive");
    }

    @Test
    void compilesWhenTheLauncherAndTheImageDo() throws IOException {
        List<String> ours = thresholds(
                String.join(" ", ContenderProcesses.cold("some.jar", List.of()).javaOptions()));
        assertThat(ours).isNotEmpty();
        assertThat(thresholds(Files.readString(Path.of("..", "etl")))).isEqualTo(ours);
        assertThat(thresholds(Files.readString(Path.of("..", "Dockerfile")))).isEqualTo(ours);
    }

    /** Those of the second compiler: the launcher changes those of the first one only where little is read. */
    private static List<String> thresholds(String options) {
        return Pattern.compile("-XX:Tier4\\w+=\\d+")
                .matcher(options)
                .results()
                .map(MatchResult::group)
                .sorted()
                .toList();
    }
}
