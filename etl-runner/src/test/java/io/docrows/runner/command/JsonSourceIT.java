package io.docrows.runner.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.runner.testing.Databases;
import io.docrows.runner.testing.Etl;
import io.docrows.runner.testing.Etl.Result;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What mongoexport wrote is a source for every command that takes one. */
@Timeout(120)
@Tag("long")
final class JsonSourceIT {

    private static final String USERS = """
            {"_id":{"$oid":"5313354a5c1af00d422b0000"},"name":"Ann","email":"ann@example.com"}
            {"_id":7,"name":"Ben"}
            """;

    private static final String GIGS = "[{\"_id\":1,\"title\":\"Paint a fence\",\"state\":\"unstarted\",\"poster\":7}]";

    @TempDir
    Path directory;

    private final InputStream before = System.in;

    @AfterEach
    void restore() {
        System.setIn(before);
    }

    private Result etl(String... args) {
        return Etl.in(directory).run(args);
    }

    private void export() throws IOException {
        Files.createDirectories(directory.resolve("export"));
        Files.writeString(directory.resolve("export/users.json"), USERS);
        Files.writeString(directory.resolve("export/gigs.json"), GIGS);
    }

    @Test
    void aDirectoryIsLoadedPlannedAndVerified() throws IOException, SQLException {
        export();
        String target = Databases.shared().create();

        Result run = etl("run", "--source", "export", "--target", target);
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(Databases.text(target, "SELECT string_agg(mongo_id, ' ' ORDER BY mongo_id) FROM users"))
                .isEqualTo("5313354a5c1af00d422b0000 7");
        assertThat(etl("verify", "--source", "json:export", "--target", target).exitCode())
                .isZero();
        Files.writeString(
                directory.resolve("export/users.json"), USERS.lines().toList().get(1));
        Result plan = etl("plan", "--source", "export", "--target", target, "--deletes", "delete", "--output", "json");
        assertThat(plan.exitCode()).as(plan.err()).isLessThan(2);
        assertThat(etl("run", "--source", "export", "--target", target, "--collections", "users", "--ids", "7")
                        .exitCode())
                .isZero();
        assertThat(etl("run", "--source", "export", "--target", target, "--deletes", "delete", "--max-deletes", "100%")
                        .exitCode())
                .isZero();
        assertThat(Databases.text(target, "SELECT string_agg(mongo_id, ' ') FROM users"))
                .isEqualTo("7");
    }

    @Test
    void standardInputHoldsTheCollectionThatIsNamed() throws SQLException {
        String target = Databases.shared().create();
        System.setIn(new ByteArrayInputStream(USERS.getBytes(UTF_8)));
        assertThat(etl("run", "--source", "-", "--target", target, "--collections", "users")
                        .exitCode())
                .isZero();
        System.setIn(new ByteArrayInputStream(USERS.getBytes(UTF_8)));
        Result run = etl("run", "--source", "-", "--target", target, "--source-collection", "users");
        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.errorLine()).contains("The collection \"gigs\" is not in json:-", "It contains: users.");
    }

    @Test
    void aFileOfAnyNameIsToldByItsContents() throws IOException, SQLException {
        String target = Databases.shared().create();
        Files.writeString(directory.resolve("export.txt"), USERS);

        Result run = etl(
                "run",
                "--source",
                "export.txt",
                "--target",
                target,
                "--collections",
                "users",
                "--source-collection",
                "users");
        assertThat(run.exitCode()).as(run.err()).isZero();
    }

    @Test
    void linesAreNumberedAndThatIsSaid() throws IOException, SQLException {
        String target = Databases.shared().create();
        Files.writeString(directory.resolve("users.ndjson"), "{\"name\":\"Ann\"}\n{\"name\":\"Ben\"}\n");

        Result without = etl("run", "--source", "users.ndjson", "--target", target, "--collections", "users");
        assertThat(without.exitCode()).isEqualTo(1);
        assertThat(without.out()).contains("MISSING_VALUE");
        Result run = etl(
                "run", "--source", "users.ndjson", "--target", target, "--collections", "users", "--number-documents");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err()).contains("users.ndjson have no _id; they get the number of their line");
        assertThat(Databases.text(target, "SELECT string_agg(mongo_id, ' ' ORDER BY mongo_id) FROM users"))
                .isEqualTo("1 2");
    }

    @Test
    void anIdIsMadeOfAField() throws IOException, SQLException {
        String target = Databases.shared().create();
        Files.writeString(directory.resolve("users.jsonl"), "{\"name\":\"Ann\",\"login\":\"ann\"}\n");

        Result run = etl(
                "run", "--source", "users.jsonl", "--target", target, "--collections", "users", "--id-fields", "login");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(Databases.text(target, "SELECT mongo_id FROM users")).isEqualTo("ann");
    }

    @Test
    void whatIsForJsonIsRefusedElsewhere() {
        String dump = Etl.SAMPLES.resolve("gigs").toString();
        for (String source : new String[] {dump, "mongodb://localhost/x", "embedded"}) {
            Result run = etl("plan", "--source", source, "--target", "postgresql://localhost/x", "--number-documents");
            assertThat(run.exitCode()).as(source).isEqualTo(2);
            assertThat(run.errorLine()).contains("--number-documents");
        }
        Result both = etl("plan", "--source", "x.json", "--id-fields", "a", "--number-documents");
        assertThat(both.exitCode()).isEqualTo(2);
        assertThat(both.errorLine()).contains("not both");
    }

    @Test
    void damageNamesTheLine() throws IOException, SQLException {
        Files.writeString(directory.resolve("users.json"), USERS + "{\"_id\":8,\"name\":\"sEcret");
        Result run = etl(
                "run", "--source", "users.json", "--target", Databases.shared().create(), "--collections", "users");
        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.errorLine())
                .contains("users.json is damaged at line 3, byte " + USERS.length())
                .doesNotContain("sEcret");
    }
}
