package io.docrows.runner.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.runner.testing.Databases;
import io.docrows.runner.testing.Etl;
import io.docrows.runner.testing.Etl.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

final class RunCommandIT {

    private static final Databases DATABASES = Databases.shared();
    private static final String CLEAN = Etl.SAMPLES.resolve("gigs").toString();
    private static final String DIRTY = Etl.SAMPLES.resolve("gigs-dirty").toString();

    @TempDir
    Path directory;

    private String target = "";

    @BeforeEach
    void makeDatabase() throws SQLException {
        target = DATABASES.create();
    }

    private Result run(String source, String... more) {
        String[] args = Arrays.copyOf(new String[] {"run", "--source", source, "--target", target}, 5 + more.length);
        System.arraycopy(more, 0, args, 5, more.length);
        return Etl.in(directory).run(args);
    }

    @Test
    void loadsTheSampleOnceAndThenWritesNothing() {
        JsonNode first = run(CLEAN, "--output", "json").json();
        assertThat(first.get("exitCode").asInt()).isZero();
        assertThat(first.get("pipeline").asString()).isEqualTo("gigs");
        assertThat(first.get("seconds").asDouble()).isPositive();
        assertThat(first.get("rejectsByCode").isEmpty()).isTrue();
        assertThat(first.get("pendingReferences").isIntegralNumber()).isTrue();
        JsonNode users = first.get("collections").get(0);
        assertThat(users.propertyNames())
                .contains(
                        "collection",
                        "table",
                        "read",
                        "inserted",
                        "updated",
                        "unchanged",
                        "rejected",
                        "skipped",
                        "seconds");
        assertThat(users.get("collection").asString()).isEqualTo("users");
        assertThat(users.get("inserted").asLong())
                .isEqualTo(users.get("read").asLong())
                .isPositive();

        JsonNode second = run(CLEAN, "--output", "json").json();
        assertThat(second.get("run").asLong()).isGreaterThan(first.get("run").asLong());
        for (JsonNode collection : second.get("collections")) {
            assertThat(collection.get("inserted").asLong()).isZero();
            assertThat(collection.get("updated").asLong()).isZero();
            assertThat(collection.get("unchanged").asLong())
                    .isEqualTo(collection.get("read").asLong())
                    .isPositive();
        }
    }

    @Test
    void endsWithOneWhenDocumentsWereRejected() {
        Result text = run(DIRTY);
        assertThat(text.exitCode()).isEqualTo(1);
        assertThat(text.out()).contains("INVALID_VALUE", "docrows.reject", "total");
        JsonNode json = run(DIRTY, "--output", "json").json();
        assertThat(json.get("exitCode").asInt()).isEqualTo(1);
        assertThat(json.get("rejectsByCode").get("INVALID_VALUE").asLong()).isPositive();
    }

    @Test
    void readsTheEmbeddedServer() {
        Result result = run("embedded", "--collections", "users", "--limit", "10", "--writers", "2");
        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).contains("from mongodb://127.0.0.1").doesNotContain("\ngigs ");
        assertThat(result.err()).contains("embedded MongoDB-compatible server", "users: 10 documents");
    }

    @Test
    void loadsChosenDocumentsOnly() throws SQLException {
        run(CLEAN, "--collections", "users", "--limit", "3", "--no-progress");
        String id = Databases.text(target, "SELECT min(mongo_id) FROM users");
        JsonNode json = run(CLEAN, "--collections", "users", "--ids", id, "--ids", "no-such,-5", "--output", "json")
                .json();
        assertThat(json.get("collections").get(0).get("read").asLong()).isEqualTo(1);
    }

    @Test
    void keepsWhatWasReadBeforeADumpBreaksOff() throws IOException {
        Path broken = Files.createDirectory(directory.resolve("broken"));
        byte[] users = Files.readAllBytes(Etl.SAMPLES.resolve("gigs/users.bson"));
        Files.write(broken.resolve("users.bson"), Arrays.copyOf(users, users.length / 2));
        Files.copy(Etl.SAMPLES.resolve("gigs/gigs.bson"), broken.resolve("gigs.bson"));
        Result result = run(broken.toString(), "--output", "json");
        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.errorLine()).contains("users.bson");
        assertThat(result.json().get("error").get("code").asString()).isEqualTo("SOURCE_CORRUPT");
        assertThat(result.json().get("status").asString()).isEqualTo("failed");
        assertThat(result.json().get("collections").get(0).get("inserted").asLong())
                .isPositive();
        assertThat(run(broken.toString()).out()).contains("failed; what it committed stays");
    }

    @Test
    void reportsARunAsAPage() throws IOException, SQLException {
        assertThat(run(DIRTY, "--report", "report.html").exitCode()).isEqualTo(1);
        Document first = page();
        assertThat(first.select("h1").text()).isEqualTo("Run 1 of gigs");
        assertThat(first.select(".pill").text()).isEqualTo("completed");
        assertThat(first.select(".way dd").eachText()).containsExactly("dump:" + DIRTY, Databases.described(target));
        assertThat(first.select(".figures dd").get(0).text()).isEqualTo("81");
        assertThat(first.select(".reason code").eachText()).contains("INVALID_VALUE", "email", "public.users.email");
        assertThat(first.select(".command").text()).contains("./etl rejects list --runs 1");
        assertThat(first.select("svg.wide .line")).hasSize(2);
        assertThat(first.select(".phase")).hasSize(2);
        for (String value : Databases.text(target, "SELECT string_agg(email, ' ') FROM users")
                .split(" ")) {
            assertThat(first.text()).doesNotContain(value);
        }

        run(DIRTY, "--report", "report.html");
        assertThat(page().text()).contains("Compared with run 1 of the same source: the same number of documents");
        assertThat(directory).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void reportsARunThatFails() throws IOException {
        Path broken = Files.createDirectory(directory.resolve("broken"));
        byte[] users = Files.readAllBytes(Etl.SAMPLES.resolve("gigs/users.bson"));
        Files.write(broken.resolve("users.bson"), Arrays.copyOf(users, users.length / 2));
        Files.copy(Etl.SAMPLES.resolve("gigs/gigs.bson"), broken.resolve("gigs.bson"));
        assertThat(run(broken.toString(), "--report", "report.html").exitCode()).isEqualTo(3);
        assertThat(page().select(".pill").text()).isEqualTo("failed");
        assertThat(page().select(".failure").text()).contains("users.bson", "byte");
    }

    @Test
    void refusesAReportThatCannotBeWrittenBeforeAnythingIsLoaded() throws SQLException {
        Result result = run(CLEAN, "--report", "nowhere/report.html");
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.errorLine()).contains("--report", "nowhere");
        assertThat(run(CLEAN, "--report", ".").errorLine()).contains("is a directory");
        assertThat(Databases.text(target, "SELECT to_regclass('users')")).isNull();
    }

    @Test
    void leavesMetricsInAFile() throws IOException {
        assertThat(run(DIRTY, "--metrics-file", "etl.prom").exitCode()).isEqualTo(1);
        assertThat(Files.readString(directory.resolve("etl.prom")))
                .contains("# TYPE docrows_documents_total counter")
                .containsPattern(
                        "docrows_documents_total\\{collection=\"users\",outcome=\"rejected\",pipeline=\"gigs\"} 23\\.0")
                .contains("docrows_runs_total{pipeline=\"gigs\",status=\"completed\"} 1.0")
                .contains("docrows_rejects_total{code=\"NUL_CHARACTER\"")
                .containsPattern("docrows_run_last_success_seconds\\{pipeline=\"gigs\"} 1\\.\\d+E9");
        Result refused = run(CLEAN, "--metrics-file", "nowhere/etl.prom");
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.errorLine()).contains("--metrics-file", "nowhere");
        assertThat(run(CLEAN, "--metrics-port", "70000").errorLine()).contains("0 to 65535");
    }

    private Document page() throws IOException {
        return Jsoup.parse(Files.readString(directory.resolve("report.html")));
    }

    @Test
    void drawsBarsOnATerminal() {
        Result result =
                Etl.in(directory).onTerminal().with("COLUMNS", "100").run("run", "--source", CLEAN, "--target", target);
        assertThat(result.err()).contains("\r\u001b[K", "users", "100%", "docs").doesNotContain("documents in");
    }

    @Test
    void keepsQuietWhenAsked() {
        assertThat(run(CLEAN, "--no-progress", "--log-level", "warn").err()).isEmpty();
    }

    @Test
    void changesNoSchemaWhenToldNotTo() {
        Result refused = run(CLEAN, "--no-migrate");
        assertThat(refused.exitCode()).isEqualTo(4);
        assertThat(refused.errorLine()).contains("version none", "./etl migrate");
        Etl.in(directory).run("migrate", "--target", target);
        assertThat(run(CLEAN, "--no-migrate").exitCode()).isZero();
    }

    @Test
    void stopsWhenMoreDocumentsAreRejectedThanAllowed() {
        Result stopped = run(DIRTY, "--max-rejects", "5");
        assertThat(stopped.exitCode()).isEqualTo(5);
        assertThat(stopped.err()).contains("more than the limit of 5");

        assertThat(run(DIRTY, "--max-rejects", "90%", "--force").exitCode()).isEqualTo(1);
        assertThat(run(DIRTY, "--max-rejects", "few").exitCode()).isEqualTo(2);
    }
}
