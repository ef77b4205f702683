package io.docrows.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.docrows.ConnectedPipeline;
import io.docrows.history.RunHistory;
import io.docrows.report.Counts;
import io.docrows.testing.Bookshop;
import io.docrows.testing.Bookshop.Database;
import io.docrows.testing.MemorySource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The script of {@code docs/connections.md} gives each role what it needs for its task. */
@Tag("long")
final class RightsIT {

    private final Database database = Bookshop.database();

    private static ConnectedPipeline pipeline(DataSource target, String... authors) {
        return Bookshop.pipeline()
                .source(new MemorySource()
                        .with("authors", authors)
                        .with("books", "{_id: 1, title: 'T', author: 1, tags: ['new']}")
                        .with("employees", "{_id: 2, boss: 1}"))
                .target(target);
    }

    @Test
    void ofTheScriptAreEnoughAndNoMoreThanThat() throws Exception {
        String page = Files.readString(Path.of("../docs/connections.md"));
        String script = page.substring(page.indexOf("```sql\n") + 7);
        script = script.substring(0, script.indexOf("```"));
        database.execute(script.replace(
                "DATABASE market",
                "DATABASE " + database.rows("SELECT current_database()").get(0)));
        for (String role : List.of("docrows_loader", "docrows_verifier", "docrows_migrator")) {
            database.execute(
                    "ALTER ROLE " + role + " PASSWORD '" + database.another().getPassword() + "'");
        }
        DataSource loader = database.as("docrows_loader");
        DataSource verifier = database.as("docrows_verifier");
        String ada = "{_id: 1, name: 'Ada'}";

        assertThat(pipeline(loader, ada).run(RunOptions.defaults()).total()).isEqualTo(new Counts(3, 3, 0, 0, 0, 0));
        assertThat(pipeline(loader, ada)
                        .run(RunOptions.defaults().deletes(DeleteMode.DELETE))
                        .total())
                .isEqualTo(new Counts(3, 0, 0, 3, 0, 0));
        assertThat(pipeline(loader, ada).retryRejects(RetryOptions.defaults()).total())
                .isEqualTo(Counts.NONE);

        assertThat(pipeline(verifier, ada).verify(VerifyOptions.defaults()).isEqual())
                .isTrue();
        assertThat(pipeline(verifier, ada)
                        .plan(PlanOptions.defaults().deletes(DeleteMode.DELETE))
                        .changesNothing())
                .isTrue();
        assertThat(RunHistory.of(verifier).runs(10)).hasSize(3);
        assertThatThrownBy(() -> pipeline(verifier, "{_id: 1, name: 'Bo'}").run(RunOptions.defaults()))
                .hasMessageContaining("privilege");
        assertThatThrownBy(() -> new Database(loader).execute("ALTER TABLE author ADD more text"))
                .hasMessageContaining("must be owner");

        DataSource migrator = database.as("docrows_migrator");
        assertThat(pipeline(migrator, ada).rebuildConstraints()).isZero();
        pipeline(migrator, ada).checkTarget();
        // A role that may not use the schema docrows asks nothing of it.
        pipeline(database.as("docrows_stranger"), ada).checkTarget();
        new Database(migrator).execute("CREATE TABLE of_the_migrator (id int PRIMARY KEY)");
    }

    @Test
    void whoMigratesMayRebuildWhatAnInterruptedFirstLoadHasLeft() {
        DataSource migrator = database.as("docrows_owner");
        DataSource loader = database.as("docrows_member");
        database.execute("GRANT docrows_owner TO docrows_member; CREATE SCHEMA docrows AUTHORIZATION docrows_member;"
                + " GRANT USAGE, CREATE ON SCHEMA public TO docrows_owner;"
                + " ALTER TABLE author OWNER TO docrows_owner; ALTER TABLE book OWNER TO docrows_owner;"
                + " ALTER TABLE book_tag OWNER TO docrows_owner; ALTER TABLE tag OWNER TO docrows_owner;"
                + " ALTER TABLE employee OWNER TO docrows_owner");
        Cancellation cancellation = new Cancellation();
        RunOptions interrupted = RunOptions.defaults().bulkLoad(BulkLoad.ALWAYS).listener(new RunListener() {
            @Override
            public void batchCommitted(String collection, Counts batch) {
                cancellation.request();
            }
        });
        pipeline(loader, "{_id: 1, name: 'Ada'}").run(interrupted, cancellation);
        database.execute("GRANT USAGE ON SCHEMA docrows TO docrows_owner;"
                + " GRANT SELECT, UPDATE, DELETE ON docrows.deferred_constraint TO docrows_owner");

        assertThat(pipeline(migrator).rebuildConstraints()).isPositive();
    }
}
