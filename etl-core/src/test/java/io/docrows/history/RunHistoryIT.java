package io.docrows.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.docrows.embedded.PostgresServer;
import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.docrows.internal.metadata.BookkeepingSchema;
import io.docrows.report.Counts;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("long")
final class RunHistoryIT {

    private static final PostgresServer SERVER = PostgresServer.temporary();

    private final RunHistory history = RunHistory.of(SERVER.dataSource());

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    private static void execute(String... statements) throws SQLException {
        try (Connection connection = SERVER.dataSource().getConnection()) {
            for (String statement : statements) {
                connection.createStatement().execute(statement);
            }
        }
    }

    @BeforeEach
    void fill() throws SQLException {
        execute("DROP SCHEMA IF EXISTS docrows CASCADE");
        BookkeepingSchema.migrate(SERVER.dataSource());
        execute(
                """
                INSERT INTO docrows.run (pipeline, source, status, started, finished, error_code, resumable,
                owner) VALUES
                ('gigs', 'dump:/d', 'failed', '2026-01-01T00:00:00Z', '2026-01-01T00:00:02Z', 'SOURCE_CORRUPT', true,
                 gen_random_uuid()),
                ('gigs', 'dump:/d', 'completed', '2026-01-02T00:00:00Z', '2026-01-02T00:00:03Z', NULL, false, gen_random_uuid()),
                ('gigs', 'dump:/d', 'running', '2026-01-03T00:00:00Z', NULL, NULL, true, gen_random_uuid())""",
                """
                INSERT INTO docrows.checkpoint (run_id, collection, partition, spec, complete, read, inserted, updated,
                unchanged, rejected, skipped) VALUES
                (3, 'users', 0, '', true, 15, 5, 4, 3, 2, 1), (3, 'users', 1, '', false, 1, 1, 0, 0, 0, 0),
                (3, 'gigs', 0, '', false, 0, 0, 0, 0, 0, 0)""",
                """
                INSERT INTO docrows.reject (pipeline, collection, document_key, code, path, column_name, document, run_id,
                last_run_id) VALUES
                ('gigs', 'users', '1', 'INVALID_VALUE', 'email', 'public.users.email', '', 1, 3),
                ('gigs', 'users', '2', 'INVALID_VALUE', 'email', 'public.users.email', '', 1, 3),
                ('gigs', 'gigs', '1', 'MISSING_VALUE', NULL, NULL, '', 3, 3),
                ('gigs', 'gigs', '2', 'TOO_LONG', 'title', NULL, '', 2, 2)""",
                "INSERT INTO docrows.pending_reference VALUES ('public.gigs', 'poster_id', '1', '9', 3)");
    }

    @Test
    void tellsPastRunsTheLatestFirst() {
        List<PastRun> runs = history.runs(10);
        assertThat(runs).extracting(PastRun::run).containsExactly(3L, 2L, 1L);
        PastRun latest = runs.get(0);
        assertThat(latest.finished()).isEmpty();
        assertThat(latest.collections())
                .containsExactly(
                        new PastCollection("gigs", 1, 0, Counts.NONE),
                        new PastCollection("users", 2, 1, new Counts(16, 6, 4, 3, 2, 1)));
        assertThat(latest.total().read()).isEqualTo(16);
        assertThat(runs.get(1).partial()).isTrue();
        assertThat(runs.get(1).state()).isEqualTo(PastRun.State.COMPLETED);
        assertThat(runs.get(2).errorCode()).contains("SOURCE_CORRUPT");
        assertThat(runs.get(2).state()).isEqualTo(PastRun.State.FAILED);
        assertThat(history.runs(1)).hasSize(1);
    }

    @Test
    void knowsARunAtWorkFromOneThatWasCutOff() throws SQLException {
        assertThat(history.runs(1).get(0).state()).isEqualTo(PastRun.State.CUT_OFF);
        try (Connection worker = SERVER.dataSource().getConnection()) {
            worker.createStatement().execute("SELECT pg_advisory_lock(hashtextextended('docrows:gigs', 0))");
            assertThat(history.runs(1).get(0).state()).isEqualTo(PastRun.State.RUNNING);
        }
    }

    @Test
    void tellsWhoHoldsALock() throws SQLException {
        assertThat(history.locks()).isEmpty();
        try (Connection worker = SERVER.dataSource().getConnection()) {
            worker.createStatement().execute("SET application_name = 'worker'");
            worker.createStatement().execute("SELECT pg_advisory_lock(hashtextextended('docrows:gigs', 0))");
            worker.createStatement().execute("SELECT pg_advisory_lock(hashtextextended('docrows:others', 0))");
            ResultSet pid = worker.createStatement().executeQuery("SELECT pg_backend_pid()");
            pid.next();
            assertThat(history.locks()).singleElement().satisfies(holder -> {
                assertThat(holder.pipeline()).isEqualTo("gigs");
                assertThat(holder.processId()).isEqualTo(pid.getInt(1));
                assertThat(holder.application()).contains("worker");
                assertThat(holder.address()).contains("127.0.0.1");
                assertThat(holder.since()).isPresent();
            });
        }
    }

    @Test
    void countsWhatIsOpen() {
        assertThat(history.openRejects())
                .containsExactly(
                        new OpenRejects("gigs", "gigs", "MISSING_VALUE", 1),
                        new OpenRejects("gigs", "gigs", "TOO_LONG", 1),
                        new OpenRejects("gigs", "users", "INVALID_VALUE", 2));
        assertThat(history.waitingReferences()).containsExactly(new WaitingReferences("public.gigs", "poster_id", 1));
    }

    @Test
    void tellsWhereARunRejectedDocuments() {
        assertThat(history.rejectPlaces(3, 10))
                .containsExactly(
                        new RejectPlace(
                                "users", "INVALID_VALUE", Optional.of("email"), Optional.of("public.users.email"), 2),
                        new RejectPlace("gigs", "MISSING_VALUE", Optional.empty(), Optional.empty(), 1));
        assertThat(history.rejectPlaces(3, 1)).hasSize(1);
        assertThat(history.rejectPlaces(1, 10)).isEmpty();
    }

    @Test
    void isEmptyWhereNothingRanAndChangesNothing() throws SQLException {
        execute("DROP SCHEMA docrows CASCADE");
        assertThat(history.runs(10)).isEmpty();
        assertThat(history.openRejects()).isEmpty();
        assertThat(history.waitingReferences()).isEmpty();
    }

    @Test
    void saysSoWhenTheSchemaIsOfAnotherRelease() throws SQLException {
        execute("ALTER TABLE docrows.run DROP COLUMN resumable");
        assertThatThrownBy(() -> history.runs(1))
                .isInstanceOfSatisfying(
                        DocrowsException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TARGET_SCHEMA_MISMATCH));
    }
}
