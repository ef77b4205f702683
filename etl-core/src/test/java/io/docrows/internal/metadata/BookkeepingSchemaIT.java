package io.docrows.internal.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.docrows.internal.postgres.TargetSession;
import io.docrows.testing.Bookshop;
import io.docrows.testing.Bookshop.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

@Tag("long")
final class BookkeepingSchemaIT {

    private static final List<String> CONTENT = List.of(
            "SELECT table_name, column_name, ordinal_position, data_type, character_maximum_length, is_nullable,"
                    + " column_default, is_identity, identity_generation"
                    + " FROM information_schema.columns WHERE table_schema = 'docrows' ORDER BY 1, 3",
            "SELECT conrelid::regclass, conname, pg_get_constraintdef(oid) FROM pg_constraint"
                    + " WHERE connamespace = 'docrows'::regnamespace ORDER BY conrelid::regclass::text, conname",
            "SELECT indexdef FROM pg_indexes WHERE schemaname = 'docrows' ORDER BY 1",
            "SELECT c.relname, d.objsubid, d.description FROM pg_description d JOIN pg_class c ON c.oid = d.objoid"
                    + " WHERE c.relnamespace = 'docrows'::regnamespace ORDER BY 1, 2",
            "SELECT installed_rank, version, description, type, script, checksum, installed_by, success"
                    + " FROM docrows.schema_history ORDER BY 1");

    private final Database database = Bookshop.database();

    /** Counts how often it is asked for a connection: Flyway takes several. */
    private static final class Counting extends PGSimpleDataSource {

        private static final long serialVersionUID = 1;

        private int opened;

        @Override
        public Connection getConnection() throws SQLException {
            opened++;
            return super.getConnection();
        }
    }

    @BeforeEach
    void migrate() {
        BookkeepingSchema.migrate(database.target());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "DROP SCHEMA docrows CASCADE"})
    void startsFlywayOnlyWhereThereIsAnOlderSchema(String before) throws SQLException {
        if (!before.isEmpty()) {
            database.execute(before);
        }
        Counting target = new Counting();
        target.setUrl(database.address());
        BookkeepingSchema.migrate(target);
        assertThat(target.opened)
                .as("SchemaHistory must list what Flyway writes about every migration: "
                        + database.rows("SELECT * FROM docrows.schema_history ORDER BY installed_rank"))
                .isEqualTo(1);
    }

    @Test
    void whatIsMadeWithoutFlywayIsWhatFlywayMakes() {
        Database byFlyway = Bookshop.database();
        BookkeepingSchema.flyway(byFlyway.target()).migrate();
        for (String content : CONTENT) {
            assertThat(database.rows(content)).as(content).isNotEmpty().isEqualTo(byFlyway.rows(content));
        }
        Flyway flyway = BookkeepingSchema.flyway(database.target());
        assertThat(flyway.validateWithResult().invalidMigrations).isEmpty();
        assertThat(flyway.info().pending()).isEmpty();
    }

    @Test
    void severalProcessesAtOnceMakeOneSchema() throws Exception {
        database.execute("DROP SCHEMA docrows CASCADE");
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            CyclicBarrier together = new CyclicBarrier(4);
            List<Future<?>> processes = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                processes.add(threads.submit(() -> {
                    try (TargetSession session = TargetSession.open(database.another(), true, "test")) {
                        together.await();
                        return BookkeepingSchema.createIfAbsent(session.connection());
                    }
                }));
            }
            for (Future<?> process : processes) {
                assertThat(process.get()).isEqualTo(true);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(database.rows("SELECT count(*) FROM docrows.schema_history"))
                .containsExactly(String.valueOf(SchemaHistory.CURRENT.size() + 1));
    }

    @Test
    void aRoleThatMayNotMakeItIsToldSo() {
        database.execute("DROP SCHEMA docrows CASCADE; CREATE ROLE no_maker LOGIN PASSWORD 'x'");
        PGSimpleDataSource target = database.another();
        target.setUser("no_maker");
        target.setPassword("x");
        assertThatExceptionOfType(DocrowsException.class)
                .isThrownBy(() -> BookkeepingSchema.migrate(target))
                .withMessageContaining("The user needs the right to create it")
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.TARGET_FAILED));
    }

    @Test
    void refusesASchemaOfANewerRelease() {
        database.execute("INSERT INTO docrows.schema_history SELECT installed_rank + 1, '999', 'later', type,"
                + " 'V999__later.sql', 1, installed_by, installed_on, 1, true FROM docrows.schema_history"
                + " ORDER BY installed_rank DESC LIMIT 1");
        assertThatExceptionOfType(DocrowsException.class)
                .isThrownBy(() -> BookkeepingSchema.migrate(database.target()))
                .withMessageContaining("at version 999, made by a newer release")
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.TARGET_SCHEMA_MISMATCH));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE docrows.schema_history SET checksum = checksum + 1 WHERE version = '2'",
                "UPDATE docrows.schema_history SET success = false WHERE version = '8'",
                "ALTER TABLE docrows.schema_history RENAME TO elsewhere"
            })
    void refusesAHistoryThatIsNotTheOneOfThisRelease(String change) {
        database.execute(change);
        assertThatExceptionOfType(DocrowsException.class)
                .isThrownBy(() -> BookkeepingSchema.migrate(database.target()))
                .withMessageContaining("could not be created or migrated")
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.TARGET_FAILED));
    }

    @Test
    void makesWhatIsGone() {
        database.execute("DROP SCHEMA docrows CASCADE");
        BookkeepingSchema.migrate(database.target());
        assertThat(database.rows("SELECT count(*) FROM docrows.run")).containsExactly("0");
    }

    @Test
    void appliesAllThatIsMissingOrNothing() {
        database.execute(
                "DELETE FROM docrows.schema_history WHERE version IN ('5', '6'); DROP TABLE docrows.policy_use");
        assertThatExceptionOfType(DocrowsException.class)
                .as("of version 6 all is there already")
                .isThrownBy(() -> BookkeepingSchema.migrate(database.target()))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.TARGET_FAILED));
        assertThat(database.rows("SELECT to_regclass('docrows.policy_use') IS NULL"))
                .containsExactly("t");
    }
}
