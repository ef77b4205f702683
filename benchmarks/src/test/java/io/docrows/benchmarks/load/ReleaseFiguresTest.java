package io.docrows.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReleaseFiguresTest {

    private static final ReleaseFigures THEN =
            new ReleaseFigures("1.0.0", "a machine", 30_000, Map.of("first load", 2.0), Map.of("first load", 1.0));

    @TempDir
    Path directory = Path.of("");

    @Test
    void aMachineOfHalfTheSpeedMakesNoDifference() {
        ReleaseFigures now =
                new ReleaseFigures("now", "another", 30_000, Map.of("first load", 4.4), Map.of("first load", 2.0));
        assertThat(now.times("first load", THEN)).isEqualTo(1.1);
        assertThat(now.beside(THEN)).contains("1.0.0 (a machine)", "4.40", "2.00", "1.10x");
    }

    @Test
    void whatIsKeptIsReadAsItWas() throws IOException {
        Path file = directory.resolve("figures.json");
        THEN.write(file);
        assertThat(ReleaseFigures.read(file)).isEqualTo(THEN);
    }

    @Test
    void withoutFiguresItSaysHowToMakeThem() {
        assertThatExceptionOfType(BenchmarkException.class)
                .isThrownBy(() -> ReleaseFigures.read(directory.resolve("none.json")))
                .withMessageContaining("--keep RELEASE");
    }
}
