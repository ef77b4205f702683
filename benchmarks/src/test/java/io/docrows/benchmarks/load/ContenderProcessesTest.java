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
        ContenderProcesses cold = ContenderProcesses.cold("some.jar:" + directory, 1, List.of("-Xint"));
        assertThat(cold.javaOptions()).contains("-XX:+UseParallelGC", "-Xint");
        assertThatThrownBy(() -> cold.archived(directory.resolve("classes.jsa"), List.of()))
                .isInstanceOf(BenchmarkException.class)
                .hasMessageContaining(directory.toString())
                .hasMessageContaining("--no-archive");
    }

    @Test
    void compilesWhenTheLauncherAndTheImageDo() throws IOException {
        List<String> forMuch = options(Long.MAX_VALUE);
        assertThat(forMuch).isNotEmpty();
        assertThat(thresholds(Files.readString(Path.of("..", "Dockerfile")))).isEqualTo(forMuch);
        assertThat(thresholds(Files.readString(Path.of("..", "etl"))))
                .contains("-XX:TieredStopAtLevel=1")
                .containsAll(options(1))
                .containsAll(options(33 << 20))
                .containsAll(forMuch);
        assertThat(options(1))
                .containsAll(options(33 << 20))
                .hasSizeGreaterThan(options(33 << 20).size());
    }

    private static List<String> options(long bytes) {
        return thresholds(String.join(
                " ", ContenderProcesses.cold("some.jar", bytes, List.of()).javaOptions()));
    }

    private static List<String> thresholds(String options) {
        return Pattern.compile("-XX:Tier\\w+=\\d+")
                .matcher(options)
                .results()
                .map(MatchResult::group)
                .distinct()
                .sorted()
                .toList();
    }
}
