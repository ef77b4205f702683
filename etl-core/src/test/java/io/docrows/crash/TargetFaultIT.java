package io.docrows.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.zaxxer.hikari.HikariDataSource;
import io.docrows.ConnectedPipeline;
import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.docrows.report.Counts;
import io.docrows.report.RunFailedException;
import io.docrows.report.RunReport;
import io.docrows.run.RunListener;
import io.docrows.run.RunOptions;
import io.docrows.source.dump.DumpSource;
import io.docrows.testing.Bookshop;
import io.docrows.testing.Bookshop.Database;
import io.docrows.testing.CuttingProxy;
import io.docrows.testing.MemorySource;
import io.docrows.testing.Postgres13;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

/** The target fails in ways that pass, and in ways that do not, while a run is at work. */
final class TargetFaultIT {

    private static final String END_OTHERS = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            + " WHERE datname = current_database() AND pid <> pg_backend_pid()";

    @TempDir
    Path directory;

    private final Database database = Shop.alone(Bookshop.database());
    private final AtomicInteger retries = new AtomicInteger();
    private final AtomicInteger batches = new AtomicInteger();

    private RunOptions options(Runnable afterEachBatch) {
        return RunOptions.defaults().batch(50, 1 << 20).listener(new RunListener() {
            @Override
            public void batchCommitted(String collection, Counts batch) {
                batches.incrementAndGet();
                afterEachBatch.run();
            }

            @Override
            public void retrying(String what, int attempt, Duration delay) {
                retries.incrementAndGet();
            }
        });
    }

    private static PGSimpleDataSource through(CuttingProxy proxy, Database database) {
        PGSimpleDataSource direct = (PGSimpleDataSource) database.target();
        PGSimpleDataSource target = new PGSimpleDataSource();
        target.setServerNames(new String[] {"localhost"});
        target.setPortNumbers(new int[] {proxy.port()});
        target.setUser(direct.getUser());
        target.setPassword(direct.getPassword());
        target.setDatabaseName(direct.getDatabaseName());
        return target;
    }

    @Test
    @Tag("long")
    void aConnectionThatIsCutAgainAndAgainCostsNothing() throws IOException {
        Path dump = Shop.write(directory, 1_000, 3);
        try (CuttingProxy proxy = new CuttingProxy(((PGSimpleDataSource) database.target()).getPortNumbers()[0]);
                DumpSource source = DumpSource.open(dump)) {
            proxy.cutEveryBothWays(150_000);
            RunReport report = Bookshop.pipeline()
                    .source(source)
                    .target(through(proxy, database))
                    .run(options(() -> {}));

            assertThat(report.status()).isEqualTo(RunReport.Status.COMPLETED);
            System.out.println(proxy.cuts() + " cuts, " + retries.get() + " retries, " + batches.get() + " batches");
            assertThat(proxy.cuts()).isPositive();
            assertThat(retries.get()).isPositive();
            Shop.assertHolds(database, Killing.undisturbed(dump, 1));
        }
    }

    @Test
    @Tag("long")
    void aCommitWhoseAnswerIsLostIsNotDoneTwice() throws IOException {
        Path dump = Shop.write(directory, 1_000, 6);
        try (CuttingProxy proxy = new CuttingProxy(((PGSimpleDataSource) database.target()).getPortNumbers()[0]);
                DumpSource source = DumpSource.open(dump)) {
            RunReport report = Bookshop.pipeline()
                    .source(source)
                    .target(through(proxy, database))
                    .run(options(() -> proxy.loseEveryCommit(9)));

            assertThat(report.status()).isEqualTo(RunReport.Status.COMPLETED);
            System.out.println(proxy.cuts() + " answers to COMMIT lost, " + retries.get() + " retries, " + batches.get()
                    + " batches");
            assertThat(proxy.cuts()).isGreaterThan(5);
            assertThat(report.total().unchanged()).as("documents written twice").isZero();
            Shop.assertHolds(database, Killing.undisturbed(dump, 1));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @Tag("long")
    void sessionsThatTheServerEndsAreOpenedAnewAndTheLockIsTakenAgain(boolean pooled) throws IOException {
        Path dump = Shop.write(directory, 1_000, 4);
        try (HikariDataSource pool = new HikariDataSource();
                DumpSource source = DumpSource.open(dump)) {
            pool.setDataSource(database.target());
            RunReport report = Bookshop.pipeline()
                    .source(source)
                    .target(pooled ? pool : database.target())
                    .run(options(() -> {
                        if (batches.get() % 20 == 0) {
                            database.execute(END_OTHERS);
                        }
                    }));

            assertThat(report.status()).isEqualTo(RunReport.Status.COMPLETED);
            assertThat(retries.get()).isPositive();
            Shop.assertHolds(database, Killing.undisturbed(dump, 1));
        }
    }

    @Test
    void theLockOfALostConnectionIsTakenAgainOnPostgres13() {
        Postgres13.imitate(database);
        MemorySource source = new MemorySource()
                .with("authors", "{_id: 1, name: 'a'}", "{_id: 2, name: 'b'}", "{_id: 3, name: 'c'}")
                .with("books")
                .with("employees");

        RunReport report = Bookshop.pipeline()
                .source(source)
                .target(database.target())
                .run(options(() -> {
                            if (batches.get() == 1) {
                                database.execute(END_OTHERS);
                            }
                        })
                        .batch(1, 1));

        assertThat(retries.get()).isPositive();
        assertThat(report.total()).isEqualTo(new Counts(3, 3, 0, 0, 0, 0));
    }

    @Test
    void aProcessWhoseRunWasTakenOverCommitsNothingMore() {
        MemorySource source = new MemorySource()
                .with("authors", "{_id: 1, name: 'a'}", "{_id: 2, name: 'b'}", "{_id: 3, name: 'c'}")
                .with("books")
                .with("employees");
        ConnectedPipeline pipeline = Bookshop.pipeline().source(source).target(database.target());
        RunReport[] second = new RunReport[1];
        RunOptions first = options(() -> {
                    if (second[0] == null) {
                        // What happens when the host of the first process loses its network for some minutes.
                        database.execute(
                                "SELECT pg_terminate_backend(l.pid) FROM pg_locks l WHERE l.locktype = 'advisory' AND"
                                        + " l.database = (SELECT oid FROM pg_database WHERE datname = current_database())");
                        second[0] = pipeline.run(RunOptions.defaults());
                    }
                })
                .batch(1, 1);

        assertThatExceptionOfType(DocrowsException.class)
                .isThrownBy(() -> pipeline.run(first))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.PIPELINE_LOCKED));

        assertThat(second[0].total()).isEqualTo(new Counts(3, 3, 0, 0, 0, 0));
        assertThat(database.rows("SELECT status FROM docrows.run")).containsExactly("completed");
        assertThat(database.rows("SELECT sum(read) FROM docrows.checkpoint")).containsExactly("3");
    }

    @Test
    void whatDoesNotPassFailsAtOnce() {
        MemorySource source = new MemorySource()
                .with("authors", "{_id: 1, name: 'a'}", "{_id: 2, name: 'b'}")
                .with("books")
                .with("employees");

        assertThatExceptionOfType(DocrowsException.class)
                .isThrownBy(() -> Bookshop.pipeline()
                        .source(source)
                        .target(database.target())
                        .run(options(() -> database.execute("ALTER TABLE author RENAME TO writer"))
                                .batch(1, 1)))
                .satisfies(e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.TARGET_FAILED);
                    assertThat(e).hasMessageContaining("42P01");
                    assertThat(((RunFailedException) e).report().total().inserted())
                            .isEqualTo(1);
                });
        assertThat(retries.get()).isZero();
    }
}
