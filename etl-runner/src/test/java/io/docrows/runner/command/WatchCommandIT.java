package io.docrows.runner.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import io.docrows.embedded.MongoServer;
import io.docrows.runner.testing.Databases;
import io.docrows.runner.testing.Etl;
import io.docrows.runner.testing.Etl.Result;
import io.docrows.runner.testing.EtlProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Tables that are kept in step with the changes of an embedded server, on the command line. */
final class WatchCommandIT {

    private static final Databases DATABASES = Databases.shared();

    @SuppressWarnings("NullAway.Init")
    private static MongoServer server;

    @SuppressWarnings("NullAway.Init")
    private static MongoClient client;

    private static int databases;

    @TempDir
    Path directory;

    private final String name = "market" + ++databases;
    private final String source = server.connectionString() + "/" + name;
    private String target = "";

    @BeforeAll
    static void start() {
        server = MongoServer.startWithOplog();
        client = MongoClients.create(server.connectionString());
    }

    @AfterAll
    static void stop() {
        client.close();
        server.close();
    }

    @BeforeEach
    void fill() throws SQLException {
        target = DATABASES.create();
        collection("users").insertMany(List.of(user(1, "Ann"), user(2, "Bob")));
        collection("gigs").insertMany(List.of(gig(1, "Paint a door", 1), gig(2, "Mow a lawn", 2)));
    }

    private MongoCollection<BsonDocument> collection(String collection) {
        return client.getDatabase(name).getCollection(collection, BsonDocument.class);
    }

    private static BsonDocument user(int id, String name) {
        return BsonDocument.parse("{_id: " + id + ", created: {$date: '2020-01-01T00:00:00Z'}, updated:"
                + " {$date: '2020-01-01T00:00:00Z'}, name: '" + name + "', email: '" + id
                + "@example.com', skills: ['paint']}");
    }

    private static BsonDocument gig(int id, String title, int poster) {
        return BsonDocument.parse("{_id: " + id + ", created: {$date: '2020-01-01T00:00:00Z'}, updated:"
                + " {$date: '2020-01-01T00:00:00Z'}, title: '" + title + "', description: 'x', state: 'unstarted',"
                + " poster: " + poster + ", budget: {$numberDecimal: '10.00'}}");
    }

    private static BsonDocument id(int id) {
        return new BsonDocument("_id", new BsonInt32(id));
    }

    private Result etl(Etl etl, String command, String... more) {
        List<String> args = new ArrayList<>(List.of(command, "--source", source, "--target", target));
        args.addAll(List.of(more));
        return etl.run(args.toArray(String[]::new));
    }

    private Result watch(String... more) {
        List<String> args = new ArrayList<>(List.of("--until-caught-up"));
        args.addAll(List.of(more));
        return etl(Etl.in(directory), "watch", args.toArray(String[]::new));
    }

    @Test
    void loadsOnceThenAppliesInsertsUpdatesAndDeletes() {
        Result first = watch();
        assertThat(first.exitCode()).as(first.err()).isZero();
        assertThat(first.out())
                .contains("Run 1 of gigs completed", "Run 2 of gigs completed")
                .containsPattern("\\d changes applied; \\ds behind the source at the end\\.\n");

        collection("gigs").replaceOne(id(1), gig(1, "Paint two doors", 2));
        collection("gigs").insertOne(gig(3, "Walk a dog", 1));
        collection("gigs").deleteOne(id(2));
        Result second = watch("--output", "json");
        assertThat(second.exitCode()).as(second.err()).isZero();
        JsonNode report = second.json();
        assertThat(report.get("changes").asInt()).isEqualTo(3);
        assertThat(report.get("lagSeconds").asDouble()).isBetween(0.0, 60.0);
        assertThat(report.get("status").asString()).isEqualTo("completed");
        assertThat(report.has("load")).isFalse();
        assertThat(report.at("/collections/0/inserted").asInt()).isEqualTo(1);
        assertThat(report.at("/collections/0/updated").asInt()).isEqualTo(1);
        assertThat(report.at("/collections/0/deletions/deleted").asInt()).isEqualTo(1);
        assertThat(second.err()).doesNotContain("WARN", "ERROR");

        assertThat(etl(Etl.in(directory), "verify").exitCode()).isZero();

        Result text = Etl.in(directory).run("status", "--target", target);
        assertThat(text.out())
                .containsPattern(
                        "\ngigs follows mongodb://.*: changes until .* are applied, and the position is .* old");
        JsonNode followed = Etl.in(directory)
                .run("status", "--target", target, "--output", "json")
                .json()
                .at("/followed/0");
        assertThat(followed.get("pipeline").asString()).isEqualTo("gigs");
        assertThat(followed.get("loaded").asBoolean()).isTrue();
        assertThat(followed.get("changes").asInt()).isGreaterThanOrEqualTo(3);
        assertThat(followed.get("lagSeconds").asDouble()).isBetween(0.0, 60.0);
        assertThat(followed.get("rejected").asInt()).isZero();
        assertThat(followed.has("changesPerSecond")).isTrue();
        assertThat(followed.has("rowsPerSecond")).isTrue();
        assertThat(text.out())
                .containsPattern("It was \\ds behind the source then, and applied \\d+ changes with \\d+ rows");
        assertThat(followed.get("positionAgeSeconds").asDouble()).isBetween(0.0, 600.0);
        assertThat(Instant.parse(followed.get("reached").asString())).isAfter(Instant.EPOCH);
    }

    @Test
    void whatTheLoadRejectedIsInItsReportAndExitCode() {
        collection("gigs").insertOne(gig(3, "Walk a dog", 1).append("state", new BsonInt32(5)));
        Result result = watch("--output", "json");
        assertThat(result.exitCode()).as(result.err()).isEqualTo(1);
        JsonNode report = result.json();
        assertThat(report.get("exitCode").asInt()).isEqualTo(1);
        assertThat(report.at("/load/collections/1/rejected").asInt()).isEqualTo(1);
    }

    @Test
    void showsALineOnATerminal() {
        Result result = etl(Etl.in(directory).onTerminal(), "watch", "--until-caught-up");
        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.err())
                .containsPattern(
                        "\\ds behind; \\d changes; - changes and - rows a second; 0 rows deleted; 0 rejected; position \\ds old\n");
    }

    @Test
    void aServerThatIsNoReplicaSetIsToldWhatToDo() {
        try (MongoServer plain = MongoServer.start();
                MongoClient other = MongoClients.create(plain.connectionString())) {
            other.getDatabase("market").createCollection("users");
            other.getDatabase("market").createCollection("gigs");
            Result result = Etl.in(directory)
                    .run("watch", "--source", plain.connectionString() + "/market", "--target", "embedded:pg");
            assertThat(result.exitCode()).isEqualTo(3);
            assertThat(result.err()).contains("cannot be followed", "--replSet", "on a schedule");
            assertThat(directory.resolve("pg")).doesNotExist();
        }
    }

    @Test
    void itsMetricsTellHowFarItIsBehind() throws Exception {
        Path metrics = directory.resolve("etl.prom");
        assertThat(watch("--metrics-file", metrics.toString()).exitCode()).isZero();
        collection("gigs").deleteOne(id(1));
        assertThat(watch("--metrics-file", metrics.toString()).exitCode()).isZero();
        assertThat(Files.readString(metrics))
                .containsPattern("docrows_follow_lag_seconds\\{pipeline=\"gigs\"} \\d")
                .containsPattern("docrows_follow_position_age_seconds\\{pipeline=\"gigs\"} \\d")
                .contains("docrows_follow_changes_total{pipeline=\"gigs\"} 1.0")
                .contains("docrows_follow_rows_total{pipeline=\"gigs\"} 1.0")
                .contains("docrows_follow_rejects_total{pipeline=\"gigs\"} 0.0");
    }

    @Test
    void lostHistoryEndsItOrLoadsEverythingAgain() {
        assertThat(watch().exitCode()).isZero();
        collection("gigs").deleteOne(id(1));
        collection("gigs").deleteOne(id(2));
        server.forgetChanges();
        Result lost = watch();
        assertThat(lost.exitCode()).isEqualTo(3);
        assertThat(lost.err()).contains("--on-lost-history run");
        Result again = watch("--on-lost-history", "run", "--max-deletes", "100%");
        assertThat(again.exitCode()).as(again.err()).isZero();
        assertThat(etl(Etl.in(directory), "verify").exitCode()).isZero();
    }

    @Test
    void aDumpOrJsonIsRefusedBeforeTheTargetIsTouched() throws Exception {
        String dump = Etl.SAMPLES.resolve("gigs").toString();
        Result result = Etl.in(directory).run("watch", "--source", dump, "--target", "embedded:pg");
        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.errorLine()).contains(dump, "cannot be followed", "mongodb://", "on a schedule");
        assertThat(directory.resolve("pg")).doesNotExist();

        Path json = Files.writeString(directory.resolve("users.json"), "{\"_id\": 1}\n");
        Result other = Etl.in(directory).run("watch", "--source", json.toString(), "--target", "embedded:pg");
        assertThat(other.exitCode()).isEqualTo(3);
        assertThat(other.errorLine()).contains("cannot be followed");
    }

    @Test
    void wrongOptionsAreRefused() {
        assertThat(watch("--on-lost-history", "hope").exitCode()).isEqualTo(2);
        assertThat(watch("--limit", "5").exitCode()).isEqualTo(2);
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    @Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    @Tag("long")
    void aSignalEndsItInOrderAndTheNextOneGoesOn() throws Exception {
        try (EtlProcess process =
                EtlProcess.start(directory, "watch", "--source", source, "--target", target, "--output", "json")) {
            process.awaitLine("applies changes");
            process.signal("TERM");
            Result result = process.result();
            assertThat(result.exitCode()).as(result.err()).isEqualTo(130);
            assertThat(result.json().get("status").asString()).isEqualTo("interrupted");
            assertThat(result.json().at("/load/collections/0/inserted").asInt()).isEqualTo(2);
        }
        collection("gigs").deleteOne(id(1));
        JsonNode rest = watch("--output", "json").json();
        assertThat(rest.get("changes").asInt()).isPositive();
        assertThat(rest.has("load")).isFalse();
        assertThat(Databases.text(target, "SELECT count(*) FROM gigs")).isEqualTo("1");
    }
}
