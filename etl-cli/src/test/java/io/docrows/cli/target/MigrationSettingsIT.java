package io.docrows.cli.target;

import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.cli.testing.CommandLine;
import io.docrows.cli.testing.CommandLine.Result;
import io.docrows.cli.testing.Dump;
import io.docrows.cli.testing.LibraryDatabase;
import io.docrows.cli.testing.LibraryPipeline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What migrations set, and what is set around them, makes no difference to where things go and how they are loaded. */
@Tag("long")
final class MigrationSettingsIT {

    private LibraryDatabase database;
    private Path migrations;

    @TempDir
    Path directory;

    @BeforeEach
    void writeDumpAndMigrations() throws Exception {
        database = LibraryDatabase.create();
        Dump.write(directory.resolve("dump"), "readers", "{_id: 1, name: 'Ada'}");
        Dump.write(
                directory.resolve("dump"),
                "loans",
                "{_id: 'a', title: 'Solaris', reader: 1}",
                "{_id: 'b', title: 'Kafka', reader: 9}");
        migrations = Files.createDirectories(directory.resolve("migrations"));
        try (var first = MigrationSettingsIT.class.getResourceAsStream("/db/library/V1__library.sql")) {
            Files.copy(first, migrations.resolve("V1__library.sql"));
        }
    }

    private CommandLine etl() {
        return new CommandLine(
                directory,
                Map.of("DB_URL_MONGO", "dump", "DB_URL_PSQL", database.address()),
                List.of(new LibraryPipeline("library", "filesystem:" + migrations)));
    }

    private void migration(String name, String... statements) throws IOException {
        Files.writeString(migrations.resolve(name), String.join(";\n", statements) + ";\n");
    }

    private Result ended(int exitCode, String... args) {
        Result result = etl().run(args);
        assertThat(result.exitCode()).as(result.out() + result.err()).isEqualTo(exitCode);
        return result;
    }

    @Test
    void thatAMigrationSetsEndWithIt() throws Exception {
        database.execute("CREATE SCHEMA elsewhere", "CREATE ROLE migrations_set_this_role");
        migration(
                "V2__settings.sql",
                "SET timezone = 'Pacific/Apia'",
                "SET work_mem = '64kB'",
                "SET lock_timeout = '1ms'",
                "SET statement_timeout = '1min'",
                "SET datestyle = 'ISO, DMY'",
                "SET session_replication_role = replica",
                "SET search_path = elsewhere",
                "SET role = migrations_set_this_role");
        // What sessions have that load, seen by the rows they write.
        migration(
                "V3__seen.sql",
                "CREATE TABLE seen (setting text)",
                "CREATE FUNCTION see() RETURNS trigger LANGUAGE plpgsql SET search_path = public AS $$ BEGIN INSERT"
                        + " INTO seen SELECT current_setting(name) FROM unnest(ARRAY['TimeZone', 'work_mem',"
                        + " 'lock_timeout', 'statement_timeout', 'DateStyle', 'session_replication_role', 'role']) name;"
                        + " RETURN NULL; END $$",
                "CREATE TRIGGER seen AFTER INSERT ON loans FOR EACH STATEMENT EXECUTE FUNCTION see()");

        // A reference to nobody is a reject, which it is not where replication's role skips the constraint.
        assertThat(ended(1, "run", "--writers", "4").out()).contains("MISSING_REFERENCE");
        ended(0, "verify", "--accept-rejects");

        assertThat(database.rows("SELECT DISTINCT setting FROM public.seen"))
                .containsExactlyInAnyOrder("UTC", "4MB", "0", "ISO, MDY", "origin", "none");
        assertThat(database.rows("SELECT title FROM public.loans")).containsExactly("Solaris");
        assertThat(database.rows("SELECT count(*) FROM pg_class WHERE relnamespace = 'elsewhere'::regnamespace"))
                .containsExactly("0");
        assertThat(database.rows("SELECT DISTINCT installed_by FROM public.docrows_library_history"))
                .containsExactly("postgres");
    }

    /** Hosted databases keep extensions in a schema of their own, and lead to it by the database's search path. */
    @Test
    void namesOfMigrationsLeadToTheirOwnSchemaAndToExtensionsWhateverThePathIs() throws Exception {
        database.execute(
                "CREATE SCHEMA extensions",
                "CREATE EXTENSION citext SCHEMA extensions",
                "CREATE SCHEMA evil",
                "CREATE DOMAIN evil.citext AS int",
                "CREATE FUNCTION evil.lower(citext text) RETURNS text IMMUTABLE LANGUAGE sql AS $$ SELECT 'evil' $$",
                "ALTER DATABASE " + database.name() + " SET search_path = evil, pg_catalog",
                "ALTER DATABASE " + database.name() + " SET timezone = 'Pacific/Apia'");
        migration(
                "V2__names.sql",
                "CREATE TABLE named (email citext, said text DEFAULT lower('ME'), at timestamptz DEFAULT '2020-01-01')",
                "INSERT INTO named VALUES ('a@example.org')");
        ended(1, "run");
        assertThat(database.rows("SELECT said || ' ' || (at AT TIME ZONE 'UTC') FROM public.named"))
                .containsExactly("me 2020-01-01 00:00:00");
        assertThat(database.rows("SELECT atttypid::regtype::text FROM pg_attribute"
                        + " WHERE attrelid = 'public.named'::regclass AND attname = 'email'"))
                .containsExactly("extensions.citext");
    }
}
