package io.docrows.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
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
}
