package io.docrows.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Other users of the machine reach the port too. */
@Tag("long")
final class AccessIT {

    @TempDir
    Path parent;

    @Test
    void nobodyGetsInWithoutThePassword() throws Exception {
        try (PostgresServer server = PostgresServer.temporary()) {
            assertRefusesStrangers(server);
            assertThat(ask(server, "SELECT string_agg(DISTINCT auth_method, ' ') FROM pg_hba_file_rules"))
                    .isEqualTo("scram-sha-256");
            assertThat(ask(server, "SHOW unix_socket_directories"))
                    .as("a socket would be in a directory that all users share")
                    .isEmpty();
            assertThat(server.passwordFile()).hasContent("*:*:*:postgres:" + server.password());
            assertThat(server.directory().resolve("initial-password")).doesNotExist();
            assertIsClosed(server.directory());
        }
    }

    @Test
    void everyServerHasAPasswordOfItsOwn() {
        try (PostgresServer one = PostgresServer.temporary();
                PostgresServer other = PostgresServer.temporary()) {
            assertThat(one.password()).matches("[0-9a-f]{32}").isNotEqualTo(other.password());
        }
    }

    @Test
    void thePasswordOutlivesTheServerAndIsNotInWhatIsShown() throws Exception {
        Path directory = parent.resolve("some where/postgres");
        String password;
        try (PostgresServer server = PostgresServer.persistent(directory)) {
            password = server.password();
            assertThat(server.displayUri())
                    .doesNotContain(password)
                    .startsWith("postgres://postgres@localhost:" + server.port() + "/postgres?passfile=/")
                    .endsWith("/some%20where/postgres/pgpass");
        }
        assertIsClosed(directory);
        try (PostgresServer server = PostgresServer.persistent(directory)) {
            assertThat(server.password()).isEqualTo(password);
            assertRefusesStrangers(server);
        }
    }

    @Test
    void aDirectoryOfABuildThatTrustedEverybodyIsBroughtOver() throws Exception {
        Path directory = parent.resolve("postgres");
        try (PostgresServer server = PostgresServer.persistent(directory)) {
            run(server, "CREATE TABLE kept AS SELECT 42 AS answer");
            run(server, "ALTER ROLE postgres PASSWORD NULL");
        }
        Files.delete(directory.resolve("pgpass"));
        Files.writeString(
                directory.resolve("data/pg_hba.conf"), "local all all trust\nhost all all 127.0.0.1/32 trust\n");
        if (posix()) {
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        }

        String password;
        try (PostgresServer server = PostgresServer.persistent(directory)) {
            password = server.password();
            assertThat(ask(server, "SELECT answer FROM kept")).isEqualTo("42");
            assertRefusesStrangers(server);
        }
        assertIsClosed(directory);
        try (PostgresServer server = PostgresServer.persistent(directory)) {
            assertThat(server.password()).isEqualTo(password);
            assertThat(ask(server, "SELECT answer FROM kept")).isEqualTo("42");
        }
    }

    @Test
    void aPasswordThatOthersMayHaveReadIsReplaced() throws Exception {
        assumeTrue(posix());
        Path directory = parent.resolve("postgres");
        String password;
        try (PostgresServer server = PostgresServer.persistent(directory)) {
            password = server.password();
        }
        Files.setPosixFilePermissions(directory.resolve("pgpass"), PosixFilePermissions.fromString("rw-r--r--"));
        try (PostgresServer server = PostgresServer.persistent(directory)) {
            assertThat(server.password()).isNotEqualTo(password);
            assertThat(ask(server, "SELECT 1")).isEqualTo("1");
        }
        assertIsClosed(directory);
    }

    @Test
    void aPasswordThatWasChangedBySomebodyIsSaidAndFileToDeleteNamed() throws Exception {
        Path directory = parent.resolve("postgres");
        try (PostgresServer server = PostgresServer.persistent(directory)) {
            run(server, "ALTER ROLE postgres PASSWORD 'another'");
        }
        assertThatThrownBy(() -> PostgresServer.persistent(directory))
                .isInstanceOf(EmbeddedServerException.class)
                .hasMessageContaining("password of its superuser was changed")
                .hasMessageContaining(directory.resolve("pgpass").toString());
        Files.delete(directory.resolve("pgpass"));
        try (PostgresServer server = PostgresServer.persistent(directory)) {
            assertThat(ask(server, "SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    void theLogHoldsNoRowsAndNoStatements() throws Exception {
        try (PostgresServer server = PostgresServer.temporary()) {
            run(server, "CREATE TABLE people (id int PRIMARY KEY, name text CHECK (name <> 'Mallory'))");
            run(server, "INSERT INTO people VALUES (1, 'Eve')");
            for (String refused : new String[] {
                "INSERT INTO people VALUES (2, 'Mallory')",
                "INSERT INTO people VALUES (1, 'Peggy')",
                "SELECT 'Trudy'::int",
                "DO $$ BEGIN RAISE WARNING 'Trent'; RAISE EXCEPTION 'Wendy' USING DETAIL = 'Walter'; END $$",
                "SELEKT 'Victor'"
            }) {
                assertThatThrownBy(() -> run(server, refused)).isInstanceOf(SQLException.class);
            }
            String log = Files.readString(server.directory().resolve("server.log"), StandardCharsets.UTF_8);
            assertThat(log)
                    .contains("ready to accept connections")
                    .doesNotContain("Mallory", "Eve", "Peggy", "Trudy", "Trent", "Wendy", "Walter", "Victor", "INSERT");
        }
    }

    private static void assertRefusesStrangers(PostgresServer server) {
        String address = "jdbc:postgresql://localhost:" + server.port() + "/postgres?user=postgres";
        for (String guess : new String[] {"", "&password=postgres", "&password=docrows"}) {
            assertThatThrownBy(
                            () -> DriverManager.getConnection(address + guess).close())
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("password");
        }
    }

    /** The directory, and in it all that could tell the password or a row. */
    private static void assertIsClosed(Path directory) throws IOException {
        if (!posix()) {
            return;
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
                .isEqualTo("rwx------");
        try (Stream<Path> files = Stream.of("data", "pgpass", "server.log").map(directory::resolve)) {
            assertThat(files)
                    .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .endsWith("------"));
        }
    }

    private static boolean posix() {
        return Path.of("").getFileSystem().supportedFileAttributeViews().contains("posix");
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
