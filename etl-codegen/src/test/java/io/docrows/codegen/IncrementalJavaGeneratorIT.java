package io.docrows.codegen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.jooq.codegen.GenerationTool;
import org.jooq.meta.jaxb.Configuration;
import org.jooq.meta.jaxb.Database;
import org.jooq.meta.jaxb.Generate;
import org.jooq.meta.jaxb.Generator;
import org.jooq.meta.jaxb.Logging;
import org.jooq.meta.jaxb.Property;
import org.jooq.meta.jaxb.Target;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IncrementalJavaGeneratorIT {

    private static final FileTime LONG_AGO = FileTime.from(Instant.parse("2001-01-01T00:00:00Z"));

    @TempDir
    Path parent;

    private Path module;
    private Path migrations;

    @BeforeEach
    void aModuleWithOneMigration() throws IOException {
        module = Files.createDirectories(parent.resolve("module"));
        migrations = Files.createDirectories(module.resolve("sql"));
        Files.writeString(module.resolve("pom.xml"), "<project/>");
        Files.writeString(migrations.resolve("V1__first.sql"), "CREATE TABLE first (id int PRIMARY KEY);");
    }

    @Test
    void generatesWhenSomethingChangedAndOnlyThen() throws Exception {
        generate();
        Path first = generated("First");
        assertThat(first).exists();
        assertThat(generated("FlywaySchemaHistory")).doesNotExist();

        Path stamp = module.resolve("out/.fingerprint");
        Files.setLastModifiedTime(stamp, LONG_AGO);
        generate();
        assertThat(Files.getLastModifiedTime(stamp)).isEqualTo(LONG_AGO);

        Files.writeString(
                migrations.resolve("V2__second.sql"),
                "CREATE TABLE second (id int PRIMARY KEY); CREATE INDEX ON first (id);");
        Files.writeString(migrations.resolve("V3__index.sql"), "CREATE INDEX CONCURRENTLY ON second (id);");
        generate();
        assertThat(generated("Second")).exists();

        Files.delete(first);
        generate();
        assertThat(first).exists();
    }

    @Tag("long")
    @Test
    void aBrokenMigrationFailsWithFlywaysMessageEveryTime() throws Exception {
        Files.writeString(migrations.resolve("V2__broken.sql"), "CREATE TABEL second ();");
        for (int attempt = 0; attempt < 2; attempt++) {
            assertThatThrownBy(this::generate)
                    .hasNoCause()
                    .hasMessageContaining("V2__broken.sql")
                    .hasMessageContaining("42601")
                    .hasMessageContaining("syntax error at or near \"TABEL\"");
        }
    }

    @Tag("long")
    @Test
    void migrationsThatAreNotThereOrMakeNothingFail() throws Exception {
        Files.writeString(migrations.resolve("V1__first.sql"), "SELECT 1;");
        assertThatThrownBy(this::generate).hasMessageContaining("made no table");
        Files.delete(migrations.resolve("V1__first.sql"));
        assertThatThrownBy(this::generate).hasMessageContaining("There is no migration in");
        Files.delete(migrations);
        assertThatThrownBy(this::generate).hasMessageContaining("sql");
    }

    @Test
    void aMisspeltMigrationFails() throws Exception {
        Files.writeString(migrations.resolve("V2_second.sql"), "CREATE TABLE second (id int PRIMARY KEY);");
        assertThatThrownBy(this::generate).hasMessageContaining("V2_second.sql");
    }

    private Path generated(String table) {
        return module.resolve("out/test/db/tables/" + table + ".java");
    }

    private void generate() throws Exception {
        Generator generator = new Generator()
                .withName(IncrementalJavaGenerator.class.getName())
                .withDatabase(new Database()
                        .withName(MigratedPostgresDatabase.class.getName())
                        .withInputSchema("public")
                        .withExcludes("flyway_schema_history")
                        .withProperties(new Property().withKey("locations").withValue("sql")))
                .withGenerate(new Generate())
                .withTarget(new Target()
                        .withDirectory(module.resolve("out").toString())
                        .withPackageName("test.db"));
        GenerationTool.generate(new Configuration()
                .withBasedir(module.toString())
                .withLogging(Logging.ERROR)
                .withGenerator(generator));
    }
}
