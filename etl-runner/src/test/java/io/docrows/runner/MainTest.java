package io.docrows.runner;

import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.cli.Cli;
import io.docrows.cli.session.Interruption;
import io.docrows.cli.session.Secrets;
import io.docrows.cli.session.Session;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What nobody foresees ends with 70 and one line, wherever it comes up: 1 would mean that documents were rejected. */
final class MainTest {

    @TempDir
    Path directory;

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(Throwable thrown, String... args) {
        PrintStream errors = new PrintStream(err, true, StandardCharsets.UTF_8);
        PrintStream broken = new PrintStream(OutputStream.nullOutputStream()) {
            private void fail() {
                if (thrown instanceof Error error) {
                    throw error;
                }
                throw (RuntimeException) thrown;
            }

            @Override
            public void write(byte[] bytes, int from, int length) {
                fail();
            }

            @Override
            public void print(String text) {
                fail();
            }
        };
        return Cli.run(
                List.of(args),
                new Session(
                        broken,
                        errors,
                        Map.of(),
                        directory,
                        false,
                        new Interruption(errors, any -> {}, any -> {}),
                        new Secrets()),
                Main.program());
    }

    private List<String> lines() {
        return err.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--version", "completion", "config"})
    void anErrorIsToldInOneLineWithoutSecrets(String command) {
        assertThat(run(new StackOverflowError("at postgresql://me:s3cret@host/db"), command))
                .isEqualTo(70);
        assertThat(lines()).singleElement().asString().startsWith("etl: ").doesNotContain("s3cret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--version", "completion", "config"})
    void anExceptionIsToldInOneLineWithoutSecrets(String command) {
        assertThat(run(new IllegalStateException("at postgresql://me:s3cret@host/db"), command))
                .as("%s", err)
                .isEqualTo(70);
        assertThat(lines()).singleElement().asString().startsWith("etl: ").doesNotContain("s3cret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--version", "config"})
    void memoryThatDoesNotSufficeIsToldWithWhatToDo(String command) {
        assertThat(run(new OutOfMemoryError("Java heap space"), command)).isEqualTo(70);
        assertThat(lines()).singleElement().asString().contains("memory", "-Xmx");
    }
}
