package io.docrows.runner.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.runner.testing.Databases;
import io.docrows.runner.testing.Etl;
import io.docrows.runner.testing.Etl.Result;
import io.docrows.runner.testing.EtlProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every place a password may come from, and which one counts. */
@Tag("long")
final class PasswordsIT {

    private static final Databases DATABASES = new Databases();
    private static final String SECRET = "s: pläce@word";

    @TempDir
    Path directory;

    @BeforeAll
    static void makeUser() throws SQLException, IOException {
        Databases.execute(
                DATABASES.address("postgres"),
                "CREATE ROLE ann LOGIN PASSWORD '" + SECRET + "'",
                "CREATE DATABASE anns OWNER ann");
        DATABASES.requirePassword("ann");
    }

    @AfterAll
    static void stop() {
        DATABASES.close();
    }

    private static String anns(String credentials) {
        return "postgresql://" + credentials + "@localhost:" + DATABASES.port() + "/anns";
    }

    private Path file(String content, String permissions) throws IOException {
        Path file = Files.writeString(directory.resolve("password"), content);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }

    private Etl etl() {
        return Etl.in(directory);
    }

    @Test
    void fromAFile() throws IOException {
        file(SECRET + "\n", "rw-------");
        Result result = etl().run("status", "--target", anns("ann"), "--target-password-file", "password");
        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.err()).isEmpty();
    }

    @Test
    void fromAFileThatEverybodyMayReadWithAWarning() throws IOException {
        Path file = file(SECRET + "\r\nmore", "rw-r--r--");
        Result result = etl().run("status", "--target", anns("ann"), "--target-password-file", file.toString());
        assertThat(result.exitCode()).isZero();
        assertThat(result.err()).contains("WARN", file.toString(), "chmod 600").doesNotContain(SECRET);
    }

    @Test
    void aFileOverridesTheEnvironment() throws IOException {
        file(SECRET, "rw-------");
        Etl wrong = etl().with("PGPASSWORD", "wrong");
        assertThat(wrong.run("status", "--target", anns("ann")).exitCode()).isEqualTo(4);
        assertThat(wrong.run("status", "--target", anns("ann"), "--target-password-file", "password")
                        .exitCode())
                .isZero();
        assertThat(etl().with("DB_URL_PSQL", anns("ann:wrong"))
                        .run("status", "--target-password-file", "password")
                        .exitCode())
                .isZero();
    }

    @Test
    void whatIsNearerOverridesWhatIsFarther() throws IOException {
        file(SECRET, "rw-------");
        Path settings = directory.resolve("etl.yaml");
        Files.writeString(settings, "target-password-file: password\n");
        assertThat(etl().run("status", "--target", anns("ann")).exitCode()).isZero();
        assertThat(etl().run("status", "--target", anns("ann:wrong")).exitCode())
                .isEqualTo(4);
        Files.writeString(settings, "target: " + anns("ann:wrong") + "\n");
        assertThat(etl().run("status", "--target-password-file", "password").exitCode())
                .isZero();
        Files.writeString(settings, "target: " + anns("ann:wrong") + "\ntarget-password-file: password\n");
        assertThat(etl().run("status").errorLine()).contains("--target already has a password");
    }

    @Test
    void twoOnOneCommandLineAreOneTooMany() throws IOException {
        file(SECRET, "rw-------");
        Result target = etl().run("status", "--target", anns("ann:other"), "--target-password-file", "password");
        assertThat(target.exitCode()).isEqualTo(2);
        assertThat(target.errorLine()).contains("--target already has a password");
        Result source = etl().run(
                        "run",
                        "--target",
                        anns("ann"),
                        "--source",
                        "mongodb://ann:other@localhost/x",
                        "--source-password-file",
                        "password");
        assertThat(source.exitCode()).isEqualTo(2);
        assertThat(source.errorLine()).contains("--source already has a password");
    }

    @Test
    void aFileThatIsOfNoUseIsSaidSo() throws IOException {
        file("\n" + SECRET, "rw-------");
        Files.write(directory.resolve("latin1"), "pläce".getBytes(StandardCharsets.ISO_8859_1));
        for (String[] wrong : new String[][] {
            {"missing", "there is no file"}, {"password", "first line"}, {"latin1", "UTF-8"}, {".", "cannot be read"}
        }) {
            Result result = etl().run("status", "--target", anns("ann"), "--target-password-file", wrong[0]);
            assertThat(result.exitCode()).isEqualTo(2);
            assertThat(result.errorLine()).contains("--target-password-file", wrong[1]);
        }
        assertThat(etl().run("migrate", "--target", "embedded", "--target-password-file", "password")
                        .exitCode())
                .isEqualTo(2);
        assertThat(etl().run("run", "--source", "dump", "--source-password-file", "password", "--target", "embedded")
                        .exitCode())
                .isEqualTo(2);
    }

    @Test
    void fromWherePostgresqlsOwnToolsTakeIt() throws Exception {
        Path file = file("*:*:anns:ann:" + SECRET.replace(":", "\\:") + "\n", "rw-------");
        Path home = Files.createDirectory(directory.resolve("home"));
        Files.copy(file, home.resolve(".pgpass"));
        for (Map<String, String> environment : java.util.List.of(
                Map.of("PGPASSFILE", file.toString()), Map.of("JAVA_TOOL_OPTIONS", "-Duser.home=" + home))) {
            try (EtlProcess process = EtlProcess.start(directory, environment, "status", "--target", anns("ann"))) {
                assertThat(process.result().exitCode()).isZero();
            }
        }
    }

    @Test
    void ofADatabaseWhoseSchemaIsMapped() {
        String[] command = {
            "scaffold",
            "--source",
            Etl.SAMPLES.resolve("gigs").toString(),
            "--into",
            "shop",
            "--schema",
            anns("ann"),
            "--no-progress"
        };
        Result without = etl().run(command);
        assertThat(without.exitCode()).isEqualTo(4);
        assertThat(without.errorLine())
                .contains("password in --schema, PGPASSWORD")
                .doesNotContain("--target");
        Result with = etl().with("PGPASSWORD", SECRET).run(command);
        assertThat(with.exitCode()).as(with.err()).isNotEqualTo(4);
        assertThat(with.out() + with.err()).doesNotContain(SECRET);
    }

    @Test
    void fromWherePostgresqlsOwnToolsTakeEverythingElse() throws IOException {
        Etl variables = etl().with("PGHOST", "localhost")
                .with("PGPORT", String.valueOf(DATABASES.port()))
                .with("PGDATABASE", "anns")
                .with("PGUSER", "ann");
        Result result = variables.with("PGPASSWORD", SECRET).run("status", "--target", "postgresql://");
        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.out()).contains("postgresql://localhost:" + DATABASES.port() + "/anns");
        Path services = Files.writeString(
                directory.resolve("services"),
                "[hers]\nhost=localhost\nport=" + DATABASES.port() + "\ndbname=anns\nuser=ann\npassword=" + SECRET
                        + "\n");
        Etl service = etl().with("PGSERVICEFILE", services.toString());
        assertThat(service.run("status", "--target", "postgresql:///?service=hers")
                        .exitCode())
                .isZero();
        Result wrong = service.with("PGHOST", "no-such-host.invalid")
                .run("status", "--target", "postgresql:///none?service=hers");
        assertThat(wrong.errorLine()).contains("\"none\" does not exist").doesNotContain(SECRET);
    }
}
