package io.docrows.runner;

import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.cli.session.Interruption;
import io.docrows.runner.testing.Etl;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher uses whatever archive comes of it, so a command that fails there would only be noticed here. */
@Tag("slow")
final class TrainingRunIT {

    @TempDir
    Path directory;

    @Test
    void goesTheWholeWayIntoEmptyTablesAndIntoFilledOnes() throws Exception {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream errors = new PrintStream(said, true, StandardCharsets.UTF_8);
        Interruption never = new Interruption(errors, exitCode -> {}, exitCode -> {});

        int exitCode = TrainingRun.run(directory, errors, never);

        assertThat(said.toString(StandardCharsets.UTF_8)).isEmpty();
        assertThat(exitCode).isZero();
        String runs = Etl.in(directory).run("status", "--target", "embedded").out();
        assertThat(runs)
                .containsPattern("users +1/1 +2,000 +2,000 +0 +0 +0")
                .containsPattern("gigs +1/1 +5,000 +100 +0 +4,900 +0")
                .containsPattern("users +1/1 +2,000 +0 +40 +1,960 +0");
    }
}
