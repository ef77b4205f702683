package io.docrows.cli.schema;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.docrows.PipelineSchema;
import io.docrows.embedded.PostgresServer;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A history that Flyway wrote, compared with the scripts without Flyway. */
@Tag("long")
final class CurrentHistoryIT {

    private static final PipelineSchema SETTINGS =
            new PipelineSchema("odd", "classpath:db/odd", "odd tables", "odd history");

    @SuppressWarnings("NullAway.Init")
    private static PostgresServer server;

    @TempDir
    Path directory = Path.of("");

    @BeforeAll
    static void start() {
        server = PostgresServer.temporary();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** Whatever a checksum may depend on: ends of lines, none at the end, blank lines, a mark, text beyond ASCII. */
    @BeforeEach
    void migrate() throws SQLException, IOException {
        execute("DROP SCHEMA IF EXISTS \"odd tables\" CASCADE");
        script("V1__first.sql", "SELECT 1;\n");
        script("V2_1__without_an_end.sql", "SELECT 1;\n\n\nSELECT 2");
        script("V2.2__ends_as_on_Windows.sql", "SELECT 'ä€😀';\r\n\r\nSELECT 2;\r\n");
        script("V10__with_a_mark.sql", "\uFEFFSELECT 1;\rSELECT 2;\n");
        script("deeper/V3__two__lines.sql", "-- a comment\n\nSELECT 1;");
        Flyway.configure(loader())
                .dataSource(server.dataSource())
                .locations(SETTINGS.migrations())
                .defaultSchema(SETTINGS.schema())
                .schemas(SETTINGS.schema())
                .table(SETTINGS.history())
                .load()
                .migrate();
    }

    private void script(String name, String text) throws IOException {
        Path file = directory.resolve("db/odd").resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text, UTF_8);
    }

    private URLClassLoader loader() throws IOException {
        return new URLClassLoader(new URL[] {directory.toUri().toURL()}, null);
    }

    private static void execute(String sql) throws SQLException {
        try (Connection connection = server.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static Optional<String> version(ClassLoader loader) throws SQLException {
        return CatalogReading.in(
                server.dataSource(), connection -> CurrentHistory.version(connection, SETTINGS, loader));
    }

    private Optional<String> version() throws SQLException, IOException {
        try (URLClassLoader loader = loader()) {
            return version(loader);
        }
    }

    @Test
    void aLostConnectionOfAPoolIsToldAsWhatItIs() {
        try (HikariDataSource pool = new HikariDataSource()) {
            pool.setDataSource(server.dataSource());

            assertThatThrownBy(() -> CatalogReading.in(pool, connection -> {
                        try (Statement statement = connection.createStatement()) {
                            return statement.execute("SELECT pg_terminate_backend(pg_backend_pid())");
                        }
                    }))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("57P01"));
        }
    }

    @Test
    void nothingIsLeftToDo() throws Exception {
        assertThat(version()).hasValue("10");
    }

    @Test
    void scriptsMayLieInAJar() throws Exception {
        Path jar = directory.resolve("migrations.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new JarEntry("db/odd/"));
            out.putNextEntry(new JarEntry("db/odder/V7__of_others.sql"));
            for (Path file : scripts()) {
                out.putNextEntry(new JarEntry(directory.relativize(file).toString()));
                out.write(Files.readAllBytes(file));
            }
        }
        try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, null)) {
            assertThat(version(loader)).hasValue("10");
        }
    }

    private List<Path> scripts() throws IOException {
        try (var files = Files.walk(directory.resolve("db/odd"))) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    @Test
    void aScriptThatWasChangedIsForFlyway() throws Exception {
        script("V1__first.sql", "SELECT 2;\n");
        assertThat(version()).isEmpty();
    }

    @Test
    void aScriptThatWasRenamedIsForFlyway() throws Exception {
        Path first = directory.resolve("db/odd/V1__first.sql");
        Files.move(first, first.resolveSibling("V1__second.sql"));
        assertThat(version()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "V11__next.sql",
                "R__again.sql",
                "V1__first.sql.conf",
                "afterMigrate.sql",
                "v12__lower_case.sql",
                "deeper/V1__twice.sql",
                "V13__Java.class"
            })
    void anythingElseBesideThemIsForFlyway(String name) throws Exception {
        script(name, "SELECT 1");
        assertThat(version()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DELETE FROM H WHERE version = '2.1'",
                "UPDATE H SET success = false WHERE version = '10'",
                "UPDATE H SET checksum = NULL WHERE version = '1'",
                "UPDATE H SET type = 'BASELINE' WHERE version = '1'",
                "INSERT INTO H SELECT 99, '99', description, type, script, checksum, installed_by, installed_on,"
                        + " execution_time, success FROM H WHERE version = '10'",
                "INSERT INTO H SELECT 99, NULL, 'again', 'SQL', script, checksum, installed_by, installed_on,"
                        + " execution_time, success FROM H WHERE version = '10'"
            })
    void aHistoryOfAnythingElseIsForFlyway(String change) throws Exception {
        execute(change.replaceAll("\\bH\\b", "\"odd tables\".\"odd history\""));
        assertThat(version()).isEmpty();
    }
}
