package io.docrows.cli.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.docrows.cli.testing.CommandLine;
import io.docrows.cli.testing.CommandLine.Result;
import io.docrows.cli.testing.Dump;
import io.docrows.cli.testing.LibraryDatabase;
import io.docrows.cli.testing.LibraryPipeline;
import io.docrows.cli.testing.PgBouncer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every command through PgBouncer: refused before anything is written, or set in the sessions of others. */
final class PoolerCommandsIT {

    private static final List<List<String>> COMMANDS = List.of(
            List.of("run"),
            List.of("run", "--no-migrate"),
            List.of("migrate"),
            List.of("migrate", "--adopt"),
            List.of("plan"),
            List.of("verify"),
            List.of("rejects", "retry"),
            List.of("rejects", "list"),
            List.of("rejects", "discard", "--all", "--yes"),
            List.of("tables"),
            List.of("status"));

    /** Everything that anybody could have made, and every session's search path and name. */
    private static final String MADE = """
        SELECT 'schema ' || nspname FROM pg_namespace WHERE nspname NOT LIKE 'pg\\_%' AND nspname <> 'information_schema'
        UNION ALL SELECT relname FROM pg_class WHERE oid >= 16384
        UNION ALL SELECT 'lock' FROM pg_locks WHERE locktype = 'advisory'
          AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
        """;

    private LibraryDatabase database;

    @TempDir
    Path directory;

    @BeforeEach
    void isInstalled() throws Exception {
        assumeTrue(PgBouncer.isInstalled(), "PgBouncer is not installed (apt-get install pgbouncer)");
        database = LibraryDatabase.create();
        Dump.write(directory.resolve("dump"), "readers", "{_id: 1, name: 'Ada'}");
        Dump.write(directory.resolve("dump"), "loans", "{_id: 'a', title: 'Solaris', reader: 1}");
    }

    private CommandLine etl(PgBouncer bouncer) {
        return new CommandLine(
                directory,
                Map.of("DB_URL_MONGO", "dump", "DB_URL_PSQL", bouncer.address(database.name())),
                List.of(new LibraryPipeline()));
    }

    private PgBouncer bouncer(String mode) throws Exception {
        return PgBouncer.start(LibraryDatabase.server(), mode, Files.createDirectories(directory.resolve("bouncer")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"transaction", "statement", "transaction\nserver_round_robin=1\nmin_pool_size=3"})
    @Tag("long")
    void inTransactionModeEveryCommandIsRefusedBeforeAnythingIsWritten(String mode) throws Exception {
        try (PgBouncer bouncer = bouncer(mode)) {
            for (List<String> command : COMMANDS) {
                Result result = etl(bouncer).run(command.toArray(String[]::new));
                assertThat(result.exitCode())
                        .as(command + result.out() + result.err())
                        .isEqualTo(4);
                assertThat(result.err())
                        .as(command.toString())
                        .contains("PgBouncer", "transaction mode", "Give the server's own address", "session mode");
                assertThat(result.out()).as(command.toString()).isEmpty();
            }
            assertThat(database.rows(MADE)).containsExactly("schema public");
            // The server processes that applications behind the pooler get next.
            assertThat(database.rows(
                            "SELECT application_name FROM pg_stat_activity WHERE datname = current_database()"))
                    .noneMatch(name -> name.contains("library"));
        }
    }

    @Test
    @Tag("long")
    void inSessionModeEveryCommandDoesItsWork() throws Exception {
        try (PgBouncer bouncer = bouncer("session")) {
            for (List<String> command : COMMANDS) {
                Result result = etl(bouncer).run(command.toArray(String[]::new));
                assertThat(result.exitCode())
                        .as(command + result.out() + result.err())
                        .isZero();
            }
        }
        assertThat(database.rows("SELECT title FROM loans")).containsExactly("Solaris");
    }
}
