package io.docrows.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.docrows.report.RunReport;
import io.docrows.run.RunListener;
import io.docrows.run.RunOptions;
import io.docrows.testing.Bookshop;
import io.docrows.testing.Bookshop.Database;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two processes, one pipeline, one target. */
@Tag("long")
final class ExclusionIT {

    private final Database database = Bookshop.database();
    private Process holder;

    @BeforeEach
    void startTheHolder() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LockHolder.class.getName())
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put(Database.ADDRESS, database.address());
        holder = builder.start();
        BufferedReader out = new BufferedReader(new InputStreamReader(holder.getInputStream(), StandardCharsets.UTF_8));
        String line = out.readLine();
        while (line != null && !line.equals(LockHolder.HOLDING)) {
            line = out.readLine();
        }
        assertThat(line).as("what the holder printed last").isNotNull();
    }

    @AfterEach
    void endTheHolder() {
        holder.destroyForcibly();
    }

    private RunReport run(RunOptions options) {
        return Bookshop.pipeline()
                .source(LockHolder.source())
                .target(database.target())
                .run(options);
    }

    @Test
    void theSecondIsToldWhoHoldsTheLockAndTheFirstGoesOn() throws IOException, InterruptedException {
        assertThatExceptionOfType(DocrowsException.class)
                .isThrownBy(() -> run(RunOptions.defaults()))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.PIPELINE_LOCKED))
                .withMessageContaining("docrows bookshop of process " + holder.pid())
                .withMessageContaining("127.0.0.1");

        holder.getOutputStream().close();
        assertThat(holder.waitFor()).isZero();
        assertThat(database.rows("SELECT count(*) FROM author")).containsExactly(LockHolder.DOCUMENTS + "");
        assertThat(database.rows("SELECT count(*), max(status) FROM docrows.run"))
                .containsExactly("1|completed");
    }

    @Test
    void theLockOfAKilledProcessIsFreeAtOnce() {
        List<Boolean> resumed = new ArrayList<>();
        holder.destroyForcibly();

        RunReport report = run(RunOptions.defaults().listener(new RunListener() {
            @Override
            public void runStarted(long run, boolean goesOn) {
                resumed.add(goesOn);
            }
        }));

        assertThat(resumed).containsExactly(true);
        assertThat(report.total().read()).isEqualTo(LockHolder.DOCUMENTS);
        assertThat(database.rows("SELECT count(*) FROM author")).containsExactly(LockHolder.DOCUMENTS + "");
    }
}
