package io.docrows.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresServerIT {

    /** Made once, because that is what takes long: the directory of a persistent server that does not run. */
    @TempDir
    static Path shared;

    private static Path established;

    @TempDir
    Path parent;

    @BeforeAll
    static void establish() {
        established = shared.resolve("some where/postgres");
        PostgresServer.persistent(established).close();
    }

    @Test
    void aTemporaryServerIsEmptyFastAndGoneAfterwards() throws SQLException {
        Path directory;
        ProcessHandle process;
        try (PostgresServer server = PostgresServer.temporary()) {
            directory = server.directory();
            process = server.process();
            assertThat(directory).exists();
            assertThat(program(process)).isPresent();
            assertThat(ask(server, "SHOW fsync")).isEqualTo("off");
            assertThat(ask(server, "SHOW synchronous_commit")).isEqualTo("off");
            assertThat(ask(
                            server,
                            "SELECT rolpassword LIKE 'SCRAM-SHA-256$1:%' FROM pg_authid WHERE rolname = 'postgres'"))
                    .as("connecting costs no hashing")
                    .isEqualTo("t");
            assertThat(ask(server, "SHOW server_version") + ".0")
                    .isEqualTo(System.getProperty("docrows.postgres", "17.11.0"));
            assertThat(ask(server, "SHOW server_encoding")).isEqualTo("UTF8");
            assertThat(ask(server, "SELECT 'a' > 'B' AND lower('Ä') = 'ä'"))
                    .as("text is ordered and folded as C.UTF-8 does on every platform")
                    .isEqualTo("t");
            assertThat(server.connectionUri())
                    .isEqualTo("postgres://postgres:%s@localhost:%d/postgres", server.password(), server.port());
            assertThat(server.user()).isEqualTo(ask(server, "SELECT current_user"));
            server.close();
        }
        assertThat(program(process)).isEmpty();
        assertThat(directory).doesNotExist();
    }

    @Tag("long")
    @Test
    void aTemporaryServerSweepsAwayWhatKilledJvmsLeftBehind() throws Exception {
        try (PostgresServer server = PostgresServer.temporary()) {
            Path leftBehind = server.directory().resolveSibling("left-behind");
            Files.createDirectories(leftBehind.resolve("data"));
            Files.writeString(leftBehind.resolve("data/epg-lock"), "");
            Files.writeString(leftBehind.resolve("docrows-temporary-server"), "");
            close(leftBehind);
            Files.setLastModifiedTime(server.directory(), FileTime.from(Instant.EPOCH));

            PostgresServer.temporary().close();

            assertThat(leftBehind).doesNotExist();
            assertThat(ask(server, "SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    void whatNoServerMadeIsNotSweptAwayNorWhatALinkLeadsTo() throws Exception {
        Path precious = Files.writeString(
                Files.createDirectory(parent.resolve("elsewhere")).resolve("file"), "");
        Files.writeString(parent.resolve("elsewhere/docrows-temporary-server"), "");
        close(parent.resolve("elsewhere"));
        try (PostgresServer server = PostgresServer.temporary()) {
            Path link = Files.createSymbolicLink(server.directory().resolveSibling("link"), precious.getParent());
            Path unmarked = Files.createDirectory(server.directory().resolveSibling("unmarked"));
            try {
                close(unmarked);

                PostgresServer.temporary().close();

                assertThat(precious).exists();
                assertThat(unmarked).exists();
            } finally {
                Files.delete(link);
                Files.delete(unmarked);
            }
        }
    }

    /** As old, and as closed to others, as what a killed JVM leaves behind. */
    private static void close(Path directory) throws IOException {
        if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        }
        Files.setLastModifiedTime(directory, FileTime.from(Instant.EPOCH));
    }

    @Test
    void aDurableTemporaryServerWaitsForTheDisk() throws SQLException {
        try (PostgresServer server = PostgresServer.temporaryDurable()) {
            assertThat(ask(server, "SHOW fsync")).isEqualTo("on");
            assertThat(ask(server, "SHOW synchronous_commit")).isEqualTo("on");
            assertThat(ask(server, "SHOW full_page_writes")).isEqualTo("on");
            assertThat(ask(server, "SHOW scram_iterations")).isEqualTo("4096");
        }
    }

    @Tag("long")
    @Test
    void aPersistentServerKeepsWhatWasCommittedAlsoThroughACrash() throws Exception {
        try (PostgresServer server = PostgresServer.persistent(established)) {
            assertThat(server.directory()).isEqualTo(established);
            assertThat(ask(server, "SHOW fsync")).isEqualTo("on");
            assertThat(ask(server, "SHOW synchronous_commit")).isEqualTo("on");
            assertThat(ask(server, "SHOW full_page_writes")).isEqualTo("on");
            run(server, "CREATE TABLE kept AS SELECT 42 AS answer");
            server.process().destroyForcibly();
            server.process().onExit().get(10, TimeUnit.SECONDS);
        }
        try (PostgresServer server = PostgresServer.persistent(established)) {
            assertThat(ask(server, "SELECT answer FROM kept")).isEqualTo("42");
            run(server, "UPDATE kept SET answer = 43");
        }
        try (PostgresServer server = PostgresServer.persistent(established)) {
            assertThat(ask(server, "SELECT answer FROM kept")).isEqualTo("43");
        }
    }

    @Tag("long")
    @Test
    void aServerThatOutlivedItsJvmIsStoppedFirst() throws Exception {
        Path directory = parent.resolve("postgres");
        ProcessHandle leftBehind;
        Process owner = startInAnotherJvm(directory);
        try {
            leftBehind = ProcessHandle.of(awaitPid(owner)).orElseThrow();
            owner.destroyForcibly().waitFor();
        } finally {
            owner.destroyForcibly();
        }
        assertThat(program(leftBehind)).isPresent();

        try (PostgresServer server = PostgresServer.persistent(directory)) {
            assertThat(program(leftBehind)).isEmpty();
            assertThat(ask(server, "SELECT answer FROM kept")).isEqualTo("42");
        }
    }

    @Test
    void aFirstStartThatWasCutOffIsMadeAnew() throws Exception {
        Path directory = parent.resolve("postgres");
        Files.createDirectories(directory.resolve("data/base"));
        Files.writeString(directory.resolve("data/PG_VERSION"), "17");
        Files.writeString(directory.resolve("lock"), "");
        Files.writeString(directory.resolve("initializing"), "");
        try (PostgresServer server = PostgresServer.persistent(directory)) {
            assertThat(ask(server, "SELECT 1")).isEqualTo("1");
        }
        assertThat(directory.resolve("initializing")).doesNotExist();
    }

    @Test
    void aPidThatNowBelongsToSomebodyElseDoesNotKeepItFromStarting() throws Exception {
        String somebodyElse = Long.toString(ProcessHandle.current().pid());
        Files.writeString(established.resolve("data/postmaster.pid"), somebodyElse + "\n" + established + "/data\n");
        try (PostgresServer server = PostgresServer.persistent(established)) {
            assertThat(ask(server, "SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    void oneDirectoryIsForOneServer() {
        try (PostgresServer server = PostgresServer.persistent(established)) {
            assertThatThrownBy(() -> PostgresServer.persistent(established))
                    .isInstanceOf(EmbeddedServerException.class)
                    .hasMessageContaining("in use")
                    .hasMessageContaining("process " + ProcessHandle.current().pid());
            assertThat(server.process().isAlive()).isTrue();
        }
    }

    @Test
    void aDirectoryOfOtherThingsIsRefusedAndLeftAlone() throws IOException {
        Files.writeString(parent.resolve("letter.txt"), "dear");
        assertThatThrownBy(() -> PostgresServer.persistent(parent))
                .isInstanceOf(EmbeddedServerException.class)
                .hasMessageContaining("is not empty");
        assertThat(parent).isDirectoryContaining("glob:**letter.txt");
        assertThat(parent.resolve("lock")).doesNotExist();
    }

    @Test
    void aDirectoryOfAnotherMajorVersionIsRefused() throws IOException {
        Path version = established.resolve("data/PG_VERSION");
        String ours = Files.readString(version);
        Files.writeString(version, "9.6\n");
        try {
            assertThatThrownBy(() -> PostgresServer.persistent(established))
                    .isInstanceOf(EmbeddedServerException.class)
                    .hasMessageContaining("initialized by PostgreSQL version 9.6");
        } finally {
            Files.writeString(version, ours);
        }
    }

    @Test
    void whatPostgresSaysOfAFailedStartIsInTheMessage() throws IOException {
        Path settings = established.resolve("data/postgresql.auto.conf");
        String ours = Files.readString(settings);
        Files.writeString(settings, "no_such_setting = 1\n");
        try {
            assertThatThrownBy(() -> PostgresServer.persistent(established))
                    .isInstanceOf(EmbeddedServerException.class)
                    .hasMessageContaining("no_such_setting");
        } finally {
            Files.writeString(settings, ours);
        }
    }

    /** Run in another JVM by a test: starts a server, says its process, and waits to be killed. */
    static final class Owner {

        public static void main(String[] arguments) throws Exception {
            PostgresServer server = PostgresServer.persistent(Path.of(arguments[0]));
            run(server, "CREATE TABLE kept AS SELECT 42 AS answer");
            System.out.println("pid=" + server.process().pid());
            Thread.currentThread().join();
        }
    }

    private static Process startInAnotherJvm(Path directory) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Owner.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static long awaitPid(Process owner) throws IOException {
        try (var lines = owner.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("pid=")) {
                    return Long.parseLong(line.substring("pid=".length()));
                }
            }
        }
        throw new IllegalStateException("The other JVM started no server");
    }

    /** What a process runs: nothing, once it has ended, also while its parent has not taken notice of that. */
    private static Optional<String> program(ProcessHandle process) {
        return process.info().command();
    }

    private static String ask(PostgresServer server, String sql) throws SQLException {
        try (Connection connection = server.dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getString(1);
        }
    }

    private static void run(PostgresServer server, String sql) throws SQLException {
        try (Connection connection = server.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
