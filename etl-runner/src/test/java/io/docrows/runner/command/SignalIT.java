package io.docrows.runner.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.runner.testing.Databases;
import io.docrows.runner.testing.Etl;
import io.docrows.runner.testing.Etl.Result;
import io.docrows.runner.testing.EtlProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Real signals to a real process. A table lock of the test holds the process in the middle of its first batch. */
@DisabledOnOs(OS.WINDOWS)
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class SignalIT {

    private static final Databases DATABASES = Databases.shared();
    private static final String SAMPLE = Etl.SAMPLES.resolve("gigs").toString();

    @TempDir
    Path directory;

    private String target = "";

    @BeforeEach
    void migrate() throws SQLException {
        target = DATABASES.create();
        Etl.in(directory).run("migrate", "--target", target);
    }

    private EtlProcess startBehindALock(Connection lock) throws SQLException, IOException {
        lock.setAutoCommit(false);
        lock.createStatement().execute("LOCK TABLE users IN SHARE MODE");
        EtlProcess process = EtlProcess.start(
                directory, "run", "--source", SAMPLE, "--target", target, "--batch-size", "100", "--output", "json");
        process.awaitLine("run 1 of gigs starts");
        awaitBlocked();
        return process;
    }

    /** Until PostgreSQL says that somebody waits for the lock. */
    private void awaitBlocked() throws SQLException {
        while (Databases.text(target, "SELECT count(*) FROM pg_locks WHERE NOT granted")
                .equals("0")) {
            Thread.onSpinWait();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM"})
    @Tag("long")
    void finishesTheBatchInHandAndGoesOnInTheNextRun(String signal) throws Exception {
        try (Connection lock = Databases.connect(target);
                EtlProcess process = startBehindALock(lock)) {
            process.signal(signal);
            process.awaitLine("finishing the current batch");
            lock.rollback();
            Result result = process.result();
            assertThat(result.exitCode()).isEqualTo(130);
            JsonNode report = result.json();
            assertThat(report.get("status").asString()).isEqualTo("interrupted");
            long done = report.get("collections").get(0).get("inserted").asLong();
            assertThat(done).isPositive();
            assertThat(Databases.text(target, "SELECT count(*) FROM users")).isEqualTo(String.valueOf(done));

            JsonNode rest = Etl.in(directory)
                    .run("run", "--source", SAMPLE, "--target", target, "--output", "json")
                    .json();
            assertThat(rest.get("run").asLong()).isEqualTo(report.get("run").asLong());
            assertThat(rest.get("exitCode").asInt()).isZero();
            assertThat(rest.get("collections").get(0).get("inserted").asLong()).isEqualTo(2_000);
        }
    }

    @Test
    @Tag("long")
    void endsAtOnceAtTheSecondSignal() throws Exception {
        try (Connection lock = Databases.connect(target);
                EtlProcess process = startBehindALock(lock)) {
            process.signal("INT");
            process.awaitLine("finishing the current batch");
            process.signal("INT");
            assertThat(process.result().exitCode()).isEqualTo(130);
            assertThat(Databases.text(target, "SELECT count(*) FROM users")).isEqualTo("0");
        }
    }

    @Test
    @Tag("long")
    void stopsTheEmbeddedServerItStarted() throws Exception {
        try (EtlProcess process = EtlProcess.start(directory, "demo", "--stay")) {
            process.awaitLine("PostgreSQL runs until Ctrl-C");
            process.signal("INT");
            assertThat(process.result().exitCode()).isZero();
        }
        assertThat(directory.resolve(".etl/postgres/data/postmaster.pid")).doesNotExist();
    }
}
