package io.docrows.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.docrows.ConnectedPipeline;
import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.docrows.history.RunHistory;
import io.docrows.reject.Rejects;
import io.docrows.report.Counts;
import io.docrows.testing.Bookshop;
import io.docrows.testing.Bookshop.Database;
import io.docrows.testing.MemorySource;
import io.docrows.testing.PgBouncer;
import java.nio.file.Path;
import javax.sql.DataSource;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.jdbc.PreferQueryMode;

/** Behind PgBouncer: refused where it shares server processes out by transactions, as good as direct where not. */
final class PoolerIT {

    private final Database database = Bookshop.database();

    @TempDir
    Path directory;

    @BeforeEach
    void isInstalled() {
        assumeTrue(PgBouncer.program().isPresent(), "PgBouncer is not installed (apt-get install pgbouncer)");
    }

    private static ConnectedPipeline pipeline(DataSource target) {
        return Bookshop.pipeline()
                .source(new MemorySource()
                        .with("authors", "{_id: 1, name: 'Ada'}")
                        .with("books", "{_id: 1, title: 'T', author: 1, tags: ['new']}")
                        .with("employees"))
                .target(target);
    }

    @ParameterizedTest
    @ValueSource(strings = {"transaction", "statement", "transaction\nserver_round_robin=1\nmin_pool_size=3"})
    void isRefusedBeforeAnythingIsWritten(String mode) throws Exception {
        try (PgBouncer bouncer = PgBouncer.start((PGSimpleDataSource) database.target(), mode, directory)) {
            ConnectedPipeline pipeline = pipeline(bouncer.target());
            refused(() -> pipeline.run(RunOptions.defaults()));
            PGSimpleDataSource unprepared = bouncer.target();
            unprepared.setPreferQueryMode(PreferQueryMode.SIMPLE);
            refused(() -> pipeline(unprepared).run(RunOptions.defaults()));
            refused(() -> pipeline.plan(PlanOptions.defaults()));
            refused(() -> pipeline.verify(VerifyOptions.defaults()));
            refused(pipeline::rebuildConstraints);
            refused(pipeline::checkTarget);
            refused(() -> RunHistory.of(bouncer.target()).runs(1));
            refused(() -> Rejects.of(bouncer.target(), "bookshop").counts(RejectFilter.ALL));
            assertThat(database.rows(
                            "SELECT application_name FROM pg_stat_activity WHERE datname = current_database()"))
                    .as("nothing was set in the sessions that others get next")
                    .noneMatch(name -> name.startsWith("docrows"));
        }
        assertThat(database.rows("SELECT 1 FROM pg_namespace WHERE nspname = 'docrows'"))
                .isEmpty();
        assertThat(database.rows("SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND database ="
                        + " (SELECT oid FROM pg_database WHERE datname = current_database())"))
                .isEmpty();
    }

    private static void refused(ThrowingCallable work) {
        assertThatThrownBy(work)
                .isInstanceOfSatisfying(
                        DocrowsException.class,
                        e -> assertThat(e.code()).as(e.toString()).isEqualTo(ErrorCode.TARGET_UNAVAILABLE))
                .hasMessageContaining("PgBouncer")
                .hasMessageContaining("session mode");
    }

    @Test
    void inSessionModeIsAsGoodAsDirect() throws Exception {
        try (PgBouncer bouncer = PgBouncer.start((PGSimpleDataSource) database.target(), "session", directory)) {
            ConnectedPipeline pipeline = pipeline(bouncer.target());
            assertThat(pipeline.run(RunOptions.defaults()).total()).isEqualTo(new Counts(2, 2, 0, 0, 0, 0));
            assertThat(pipeline.run(RunOptions.defaults()).total()).isEqualTo(new Counts(2, 0, 0, 2, 0, 0));
            assertThat(pipeline.verify(VerifyOptions.defaults()).isEqual()).isTrue();
        }
    }
}
