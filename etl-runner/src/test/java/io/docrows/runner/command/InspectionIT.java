package io.docrows.runner.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.docrows.runner.testing.Databases;
import io.docrows.runner.testing.Etl;
import io.docrows.runner.testing.Etl.Result;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** {@code migrate}, {@code tables} and {@code status}. */
@Tag("long")
final class InspectionIT {

    private static final Databases DATABASES = Databases.shared();

    @TempDir
    Path directory;

    private String target = "";

    @BeforeEach
    void makeDatabase() throws SQLException {
        target = DATABASES.create();
    }

    private Result etl(String command, String... more) {
        String[] args = new String[3 + more.length];
        args[0] = command;
        args[1] = "--target";
        args[2] = target;
        System.arraycopy(more, 0, args, 3, more.length);
        return Etl.in(directory).run(args);
    }

    private void load(String sample) {
        etl("run", "--source", Etl.SAMPLES.resolve(sample).toString(), "--no-progress");
    }

    @Test
    void migratesOnce() {
        Result first = etl("migrate");
        assertThat(first.exitCode()).isZero();
        assertThat(first.out())
                .startsWith("The schema was migrated from version none to ")
                .contains("migrations applied");
        assertThat(etl("migrate").out()).contains("nothing to do");
        JsonNode json = etl("migrate", "--output", "json").json();
        assertThat(json.get("applied").asInt()).isZero();
        assertThat(json.get("from").asString()).isEqualTo(json.get("to").asString());
        assertThat(json.get("target").asString()).isEqualTo(Databases.described(target));
    }

    @Test
    void rebuildsWhatAFirstLoadThatFailedHasDeferred() throws SQLException {
        etl("migrate");
        Databases.execute(
                target,
                "CREATE FUNCTION refuse() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN"
                        + " IF current_query() LIKE '%public.%' THEN RAISE 'disk full'; END IF; END $$",
                "CREATE EVENT TRIGGER refuse ON ddl_command_start WHEN TAG IN ('CREATE INDEX') EXECUTE FUNCTION"
                        + " refuse()");
        String sample = Etl.SAMPLES.resolve("gigs").toString();
        assertThat(etl("run", "--source", sample, "--no-progress", "--defer-indexes", "always")
                        .exitCode())
                .isNotZero();
        Databases.execute(target, "DROP EVENT TRIGGER refuse");
        assertThat(etl("status").out()).contains("users_email_key");

        Result migrated = etl("migrate");

        assertThat(migrated.exitCode()).isZero();
        assertThat(migrated.out()).contains("that it had dropped were rebuilt");
        assertThat(etl("status").out()).doesNotContain("users_email_key");
    }

    @Test
    void countsRowsOfEveryTable() {
        load("gigs");
        Result text = etl("tables");
        assertThat(text.exitCode()).isZero();
        assertThat(text.out()).contains("users_skills", "links of skills", "looked up by skills", "gigs");
        JsonNode json = etl("tables", "--output", "json").json();
        assertThat(json.get("schemaVersion").asString()).isNotBlank();
        assertThat(json.get("tables").get(0).get("table").asString()).isEqualTo("users");
        assertThat(json.get("tables").get(0).get("rows").asLong()).isPositive();
    }

    @Test
    void needsASchemaToCountRows() {
        Result result = etl("tables");
        assertThat(result.exitCode()).isEqualTo(4);
        assertThat(result.errorLine()).contains("./etl migrate");
    }

    @Test
    void forgetsAPipelineThatIsNoMoreSoThatRowsMayGoAgain() throws SQLException {
        load("gigs");
        assertThat(etl("status").out()).doesNotContain("--forget");
        Databases.execute(target, "INSERT INTO docrows.filled_table VALUES ('public.users', 'nightly', 'members')");
        String sample = Etl.SAMPLES.resolve("gigs").toString();
        Result refused = etl("run", "--source", sample, "--no-progress", "--deletes", "delete");
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.errorLine()).contains("by the pipeline nightly", "etl migrate --forget PIPELINE");
        assertThat(etl("status").out()).contains("public.users", "nightly", "./etl migrate --forget PIPELINE");
        assertThat(etl("status", "--output", "json").json().get("filledTables").size())
                .isEqualTo(4);

        assertThat(etl("migrate", "--forget", "nihgtly").errorLine()).contains("These have: gigs, nightly");
        assertThat(etl("migrate", "--adopt", "--forget", "nightly").exitCode()).isEqualTo(2);
        Result forgotten = etl("migrate", "--forget", "nightly");
        assertThat(forgotten.exitCode()).isZero();
        assertThat(forgotten.out()).contains("Forgot that the pipeline nightly has filled 1 table");
        assertThat(etl("run", "--source", sample, "--no-progress", "--deletes", "delete")
                        .exitCode())
                .isZero();
    }

    @Test
    void remembersRuns() {
        assertThat(etl("status").out()).contains("No run yet");
        load("gigs-dirty");
        load("gigs-dirty");
        Result text = etl("status");
        assertThat(text.exitCode()).isZero();
        assertThat(text.out()).contains("completed", "INVALID_VALUE", "open rejects", "pending references", "1/1");
        assertThat(etl("status", "--runs", "0").out())
                .contains("INVALID_VALUE", "open rejects", "pending references")
                .doesNotContain("No run yet", "completed");
        JsonNode json = etl("status", "--runs", "1", "--output", "json").json();
        assertThat(json.get("runs").size()).isEqualTo(1);
        JsonNode run = json.get("runs").get(0);
        assertThat(run.get("state").asString()).isEqualTo("completed");
        assertThat(run.get("collections").get(0).get("rejected").asLong()).isPositive();
        assertThat(json.get("openRejects").isEmpty()).isFalse();
        assertThat(json.get("waitingReferences").get(0).get("column").asString())
                .isEqualTo("poster_id");
    }

    @Test
    void tellsWhoIsAtWork() throws SQLException {
        load("gigs");
        assertThat(etl("status", "--output", "json").json().get("locks")).isEmpty();
        try (Connection worker = Databases.connect(target)) {
            worker.createStatement().execute("SET application_name = 'nightly'");
            worker.createStatement().execute("SELECT pg_advisory_lock(hashtextextended('docrows:gigs', 0))");
            assertThat(etl("status").out())
                    .contains("A run of gigs is active and holds the lock: PostgreSQL process ")
                    .contains(", nightly from 127.0.0.1, connected since ");
            JsonNode lock =
                    etl("status", "--output", "json").json().get("locks").get(0);
            assertThat(lock.get("application").asString()).isEqualTo("nightly");
            assertThat(lock.get("processId").asInt()).isPositive();
        }
    }

    @Test
    void tellsHowFastARunWas() {
        load("gigs");
        JsonNode run = etl("status", "--output", "json").json().get("runs").get(0);
        assertThat(run.get("seconds").asDouble()).isPositive();
        assertThat(run.get("documentsPerSecond").asDouble() * run.get("seconds").asDouble())
                .isCloseTo(7_000, withinPercentage(1));
    }

    @Test
    void makesNoEmbeddedServerJustToLook() {
        target = "embedded:nowhere";
        Result result = etl("status");
        assertThat(result.exitCode()).isEqualTo(4);
        assertThat(result.errorLine()).contains("nowhere", "./etl demo");
        assertThat(directory).isEmptyDirectory();
    }
}
