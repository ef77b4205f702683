package io.docrows.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.docrows.report.Counts;
import io.docrows.report.RunReport;
import io.docrows.run.BulkLoad;
import io.docrows.run.DeleteLimit;
import io.docrows.run.DeleteMode;
import io.docrows.run.RunListener;
import io.docrows.run.RunOptions;
import io.docrows.testing.Bookshop;
import io.docrows.testing.Bookshop.Database;
import io.docrows.testing.MemorySource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A connection of a pool is lost, in places where more is asked of it before its failure is told. HikariCP then throws
 * "Connection is closed", without an SQLSTATE.
 */
final class PooledConnectionIT {

    private final Database database = Bookshop.database();
    private final HikariDataSource pool = new HikariDataSource();
    private Runnable whenRetrying = () -> {};
    private final List<String> retried = new ArrayList<>();
    private final MemorySource source =
            new MemorySource().with("authors").with("books").with("employees");

    PooledConnectionIT() {
        pool.setDataSource(database.target());
        pool.setMinimumIdle(0);
    }

    @AfterEach
    void close() {
        pool.close();
    }

    private RunReport run(RunOptions options) {
        return Bookshop.pipeline().source(source).target(pool).run(options.listener(new RunListener() {
            @Override
            public void retrying(String what, int attempt, Duration delay) {
                retried.add(what);
                whenRetrying.run();
            }
        }));
    }

    private void addDocuments() {
        source.with("authors", "{_id: 1, name: 'Ada'}", "{_id: 2, name: 'Bo'}")
                .with("books", "{_id: 3, title: 'T', author: 1, tags: ['new']}")
                .with("employees", "{_id: 4}");
    }

    /** What ends the session that first comes across it. */
    private void once(String returns, String trigger) {
        database.execute("CREATE SEQUENCE once; CREATE FUNCTION lose() RETURNS " + returns + " LANGUAGE plpgsql AS $$"
                + " BEGIN IF nextval('public.once') = 1 THEN PERFORM pg_terminate_backend(pg_backend_pid());"
                + " PERFORM pg_sleep(60); END IF;" + (returns.equals("trigger") ? " RETURN OLD;" : "") + " END $$;"
                + trigger + " EXECUTE FUNCTION lose()");
    }

    @ParameterizedTest
    @CsvSource({"ALTER TABLE, dropping constraints", "ALTER SEQUENCE, writing a batch of authors"})
    void isTakenAnewWhenItIsLostWhileSomethingIsChanged(String change, String what) {
        run(RunOptions.defaults());
        addDocuments();
        once("event_trigger", "CREATE EVENT TRIGGER lose ON ddl_command_start WHEN TAG IN ('" + change + "')");

        RunReport report = run(RunOptions.defaults().writers(1).bulkLoad(BulkLoad.ALWAYS));

        assertThat(retried).containsExactly(what);
        assertThat(report.total()).isEqualTo(new Counts(4, 4, 0, 0, 0, 0));
    }

    @Test
    void aThreadThatIsInterruptedBeforeTheNextAttemptStopsTheRun() {
        run(RunOptions.defaults());
        addDocuments();
        once("event_trigger", "CREATE EVENT TRIGGER lose ON ddl_command_start WHEN TAG IN ('ALTER TABLE')");
        whenRetrying = () -> Thread.currentThread().interrupt();

        RunReport report = run(RunOptions.defaults().bulkLoad(BulkLoad.ALWAYS));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(report.status()).isEqualTo(RunReport.Status.INTERRUPTED);
        assertThat(run(RunOptions.defaults()).total()).isEqualTo(new Counts(4, 4, 0, 0, 0, 0));
    }

    @Test
    void isTakenAnewWhenItIsLostInATransactionOfTheBookkeeping() {
        run(RunOptions.defaults());
        addDocuments();
        once("trigger", "CREATE TRIGGER lose AFTER INSERT ON docrows.deferred_constraint");

        RunReport report = run(RunOptions.defaults().bulkLoad(BulkLoad.ALWAYS));

        assertThat(retried).containsExactly("dropping constraints");
        assertThat(report.total()).isEqualTo(new Counts(4, 4, 0, 0, 0, 0));
    }

    @Test
    void isTakenAnewWhenItIsLostWhileRowsAreDeleted() {
        addDocuments();
        run(RunOptions.defaults());
        source.with("authors", "{_id: 1, name: 'Ada'}");
        once("trigger", "CREATE TRIGGER lose BEFORE DELETE ON author FOR EACH ROW");

        RunReport report = run(RunOptions.defaults().deletes(DeleteMode.DELETE).maxDeletes(DeleteLimit.of("100%")));

        assertThat(retried).containsExactly("deleting orphaned rows");
        assertThat(report.status()).isEqualTo(RunReport.Status.COMPLETED);
        assertThat(database.rows("SELECT mongo_id FROM author")).containsExactly("1");
    }
}
