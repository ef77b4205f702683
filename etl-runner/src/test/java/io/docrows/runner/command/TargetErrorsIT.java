package io.docrows.runner.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.runner.testing.Databases;
import io.docrows.runner.testing.Etl;
import io.docrows.runner.testing.Etl.Result;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is wrong with a target: exit code 4 and one line that says what to do, without the password. */
@Tag("long")
final class TargetErrorsIT {

    private static final Databases DATABASES = new Databases();
    private static final String SECRET = "sEcret-word";

    @TempDir
    Path directory;

    @BeforeAll
    static void makeUser() throws SQLException, IOException {
        String database = DATABASES.create();
        Databases.execute(
                database,
                "CREATE ROLE ann LOGIN PASSWORD '" + SECRET + "'",
                "CREATE ROLE guest NOLOGIN PASSWORD '" + SECRET + "'",
                "CREATE DATABASE anns OWNER ann");
        DATABASES.requirePassword("ann");
    }

    @AfterAll
    static void stop() {
        DATABASES.close();
    }

    private Etl etl() {
        return Etl.in(directory);
    }

    private static String anns(String credentials) {
        return "postgresql://" + credentials + "@localhost:" + DATABASES.port() + "/anns";
    }

    private static String line(Result result) {
        assertThat(result.exitCode()).as(result.err()).isEqualTo(4);
        assertThat(result.out() + result.err()).doesNotContain(SECRET);
        return result.errorLine();
    }

    @Test
    void letsTheRightPasswordIn() {
        assertThat(etl().run("status", "--target", anns("ann:" + SECRET)).exitCode())
                .isZero();
        assertThat(etl().with("PGPASSWORD", SECRET)
                        .run("status", "--target", anns("ann"))
                        .exitCode())
                .isZero();
    }

    @Test
    void wrongPassword() {
        String line = line(etl().run("status", "--target", anns("ann:wrong-" + SECRET)));
        assertThat(line).contains("refuses the password of the user \"ann\"", "PGPASSFILE");
    }

    @Test
    void noPassword() {
        assertThat(line(etl().run("status", "--target", anns("ann")))).contains("\"ann\"", "PGPASSWORD");
    }

    @Test
    void noStackTraceHoldsThePassword() {
        Result result = etl().run("status", "--log-level", "debug", "--target", anns("ann:wrong-" + SECRET));
        assertThat(result.err()).contains("\tat ").doesNotContain(SECRET);
    }

    @Test
    void userWhoMayNotLogIn() {
        assertThat(line(etl().run("status", "--target", anns("guest:" + SECRET))))
                .contains("refuses the user \"guest\"");
    }

    @Test
    void missingDatabase() {
        assertThat(line(etl().run("status", "--target", DATABASES.address("missing"))))
                .contains("the database \"missing\" does not exist", "CREATE DATABASE");
    }

    @Test
    void nobodyListening() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        assertThat(line(etl().run("migrate", "--target", "postgresql://ann:" + SECRET + "@localhost:" + port + "/x")))
                .contains("no PostgreSQL answers at localhost:" + port + " (Connection refused)", "--target");
    }

    @Test
    void serverThatNeverAnswers() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(line(etl().run(
                                    "migrate",
                                    "--target",
                                    "postgresql://localhost:" + silent.getLocalPort() + "/x?loginTimeout=1")))
                    .contains("no PostgreSQL answers");
        }
    }

    @Test
    void unknownHost() {
        assertThat(line(etl().run("migrate", "--target", "postgresql://ann:" + SECRET + "@no-such-host.invalid/x")))
                .contains("there is no host no-such-host.invalid");
    }

    @Test
    void noTls() {
        assertThat(line(etl().run("migrate", "--target", DATABASES.address("postgres") + "?sslmode=require")))
                .contains("does not offer TLS", "sslmode");
    }

    @Test
    void embeddedDirectoryOfSomebodyElse() throws IOException {
        Files.writeString(directory.resolve("mine.txt"), "");
        assertThat(line(etl().run("migrate", "--target", "embedded:" + directory)))
                .contains("is not empty");
    }

    @Test
    void schemaNewerThanThisBuild() throws SQLException {
        String database = migrated();
        Databases.execute(
                database,
                "INSERT INTO docrows_gigs_history SELECT 1000, '1000', 'later', type, 'V1000__later.sql', 1, installed_by,"
                        + " now(), 1, true FROM docrows_gigs_history ORDER BY installed_rank LIMIT 1");
        for (String command : new String[] {"migrate", "tables"}) {
            assertThat(line(etl().run(command, "--target", database)))
                    .contains("is at version 1000", "newer than version", "rebuild");
        }
    }

    @Test
    void schemaOlderThanThisBuild() throws SQLException {
        String database = migrated();
        Databases.execute(
                database,
                "DELETE FROM docrows_gigs_history WHERE installed_rank ="
                        + " (SELECT max(installed_rank) FROM docrows_gigs_history)");
        assertThat(line(etl().run("tables", "--target", database))).contains("this build needs", "./etl migrate");
    }

    @Test
    void migrationChangedAfterItWasApplied() throws SQLException {
        String database = migrated();
        Databases.execute(database, "UPDATE docrows_gigs_history SET checksum = 1 WHERE version = '1'");
        assertThat(line(etl().run("migrate", "--target", database))).contains("version 1", "restore the files");
    }

    @Test
    void migrationThatFailedBefore() throws SQLException {
        String database = migrated();
        Databases.execute(database, "UPDATE docrows_gigs_history SET success = false WHERE version = '1'");
        assertThat(line(etl().run("migrate", "--target", database)))
                .contains("migration 1", "failed", "fix the schema");
    }

    @Test
    void migrationThatFailsNow() throws SQLException {
        String database = migrated();
        Databases.execute(
                database,
                "DELETE FROM docrows_gigs_history WHERE installed_rank ="
                        + " (SELECT max(installed_rank) FROM docrows_gigs_history)");
        assertThat(line(etl().run("migrate", "--target", database)))
                .contains("(create gigs) was refused", "already exists", "./etl migrate");
    }

    @Test
    void tablesOfSomebodyElse() throws SQLException {
        String database = DATABASES.create();
        Databases.execute(database, "CREATE TABLE theirs (x int)");
        assertThat(line(etl().run("migrate", "--target", database))).contains("name an empty database");
    }

    @Test
    void tableThatIsNotWhatTheMappingsWereCompiledFor() throws SQLException {
        String database = migrated();
        Databases.execute(database, "ALTER TABLE users DROP COLUMN email");
        assertThat(line(etl().run("run", "--source", Etl.SAMPLES.resolve("gigs").toString(), "--target", database)))
                .contains("users.email does not exist");
    }

    @Test
    void anotherRunAtWork() throws SQLException {
        String database = migrated();
        try (Connection other = Databases.connect(database)) {
            other.createStatement().execute("SELECT pg_advisory_lock(hashtextextended('docrows:gigs', 0))");
            assertThat(line(etl().run(
                                    "run",
                                    "--source",
                                    Etl.SAMPLES.resolve("gigs").toString(),
                                    "--target",
                                    database)))
                    .contains("Another run");
        }
    }

    private String migrated() throws SQLException {
        String database = DATABASES.create();
        assertThat(etl().run("migrate", "--target", database).exitCode()).isZero();
        return database;
    }
}
