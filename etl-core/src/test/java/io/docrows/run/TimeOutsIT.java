package io.docrows.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.docrows.ConnectedPipeline;
import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.docrows.testing.Bookshop;
import io.docrows.testing.Bookshop.Database;
import io.docrows.testing.MemorySource;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Time-outs that a role has in a database: each is told as what it is, by the name of the setting. */
@Tag("long")
final class TimeOutsIT {

    private static final RunOptions OPTIONS = RunOptions.defaults().writers(1).bulkLoad(BulkLoad.NEVER);

    private final Database database = Bookshop.database();
    private final MemorySource source = new MemorySource()
            .with("authors", "{_id: 1, name: 'Ada'}", "{_id: 2, name: 'Bob'}")
            .with("books", "{_id: 1, title: 'T', author: 1, tags: ['new']}")
            .with("employees", "{_id: 1}");

    private ConnectedPipeline pipeline() {
        return Bookshop.pipeline().source(source).target(database.target());
    }

    private void set(String setting, String value) {
        database.execute("ALTER ROLE postgres IN DATABASE "
                + database.rows("SELECT current_database()").get(0) + " SET " + setting + " = '" + value + "'");
    }

    private static DocrowsException failure(ThrowingCallable work) {
        return catchThrowableOfType(DocrowsException.class, work);
    }

    @Test
    void aStatementThatTakesLongerThanItsTimeOut() {
        pipeline().run(OPTIONS);
        database.execute("CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
                + " PERFORM pg_sleep(60); RETURN NEW; END $$;"
                + " CREATE TRIGGER slow BEFORE UPDATE ON author FOR EACH ROW EXECUTE FUNCTION slow()");
        source.with("authors", "{_id: 1, name: 'Eve'}", "{_id: 2, name: 'Bob'}");
        set("statement_timeout", "1s");

        DocrowsException told = failure(() -> pipeline().run(OPTIONS));

        assertThat(told.code()).isEqualTo(ErrorCode.TARGET_FAILED);
        assertThat(told)
                .hasMessageContaining("canceling statement due to statement timeout")
                .hasMessageContaining("SET statement_timeout = 0")
                .hasMessageNotContaining("lock_timeout");
    }

    @Test
    void aLockThatIsNotToBeHadWithinItsTimeOut() throws Exception {
        pipeline().run(OPTIONS);
        source.with("authors", "{_id: 1, name: 'Eve'}", "{_id: 2, name: 'Bob'}");
        set("lock_timeout", "20ms");
        try (Connection other = database.target().getConnection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("LOCK TABLE author IN EXCLUSIVE MODE");

            DocrowsException told = failure(() -> pipeline().run(OPTIONS));

            assertThat(told.code()).isEqualTo(ErrorCode.TARGET_FAILED);
            assertThat(told)
                    .hasMessageContaining("canceling statement due to lock timeout")
                    .hasMessageContaining("SET lock_timeout = 0")
                    .hasMessageContaining("pg_blocking_pids")
                    .hasMessageNotContaining("statement_timeout");
        }
    }

    @Test
    void aStatementThatSomebodyCancelledIsNoTimeOut() {
        pipeline().run(OPTIONS);
        database.execute("CREATE FUNCTION cancelled() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
                + " PERFORM pg_cancel_backend(pg_backend_pid()); PERFORM pg_sleep(60); RETURN NEW; END $$;"
                + " CREATE TRIGGER cancelled BEFORE UPDATE ON author FOR EACH ROW EXECUTE FUNCTION cancelled()");
        source.with("authors", "{_id: 1, name: 'Eve'}", "{_id: 2, name: 'Bob'}");

        DocrowsException told = failure(() -> pipeline().run(OPTIONS));

        assertThat(told.code()).isEqualTo(ErrorCode.TARGET_FAILED);
        assertThat(told)
                .hasMessageContaining("canceling statement due to user request")
                .hasMessageContaining("cancelled a statement")
                .hasMessageNotContaining("time-out");
    }

    @Test
    void aSessionThatIsIdleWhileTheSourceIsRead() {
        pipeline().run(OPTIONS);
        set("idle_session_timeout", "200ms");
        untilTheServerEnds("state = 'idle'");

        DocrowsException told = failure(() -> pipeline().verify(VerifyOptions.defaults()));

        assertThat(told.code()).isEqualTo(ErrorCode.TARGET_UNAVAILABLE);
        // The driver reads why the server hung up, or only finds that it did.
        assertThat(told).hasMessageContaining("an idle session").hasMessageContaining("idle_session_timeout");
    }

    @Test
    void noSessionIsIdleInATransactionWhileTheSourceIsRead() {
        List<String> idle = new CopyOnWriteArrayList<>();
        source.beforeEach(
                () -> idle.addAll(
                        database.rows(
                                "SELECT application_name FROM pg_stat_activity WHERE datname ="
                                        + " current_database() AND application_name LIKE 'docrows%' AND state LIKE 'idle in transaction%'")));

        pipeline().run(OPTIONS);
        pipeline().plan(PlanOptions.of(OPTIONS));
        pipeline().verify(VerifyOptions.defaults());

        assertThat(idle).isEmpty();
    }

    /** The source takes as long as the server needs to end sessions of ours that wait for it. */
    private void untilTheServerEnds(String state) {
        AtomicBoolean first = new AtomicBoolean(true);
        source.beforeEach(() -> {
            while (first.get()
                    && !database.rows("SELECT 1 FROM pg_stat_activity WHERE datname = current_database()"
                                    + " AND application_name LIKE 'docrows%' AND " + state)
                            .isEmpty()) {
                Thread.onSpinWait();
            }
            first.set(false);
        });
    }
}
