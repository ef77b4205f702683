package io.docrows.runner.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.gigs.GigsPipeline;
import io.docrows.runner.testing.Databases;
import io.docrows.runner.testing.Etl;
import io.docrows.runner.testing.Etl.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables and history have one place, whoever comes; and what others have made there stays theirs. */
@Tag("long")
final class SchemaIT {

    private static final Databases DATABASES = new Databases();
    private static final String CLEAN = Etl.SAMPLES.resolve("gigs").toString();
    private static final String PASSWORD = "pass-of-roles";

    @TempDir
    Path directory;

    @BeforeAll
    static void makeRoles() throws SQLException {
        for (String role : new String[] {"docrows", "market", "loader"}) {
            Databases.execute(
                    DATABASES.address("postgres"), "CREATE ROLE " + role + " LOGIN PASSWORD '" + PASSWORD + "'");
        }
        Databases.execute(DATABASES.address("postgres"), "ALTER ROLE docrows CREATEDB");
    }

    @AfterAll
    static void stop() {
        DATABASES.close();
    }

    private Result etl(String... args) {
        return Etl.in(directory).run(args);
    }

    private Result run(String target, String... more) {
        String[] args = {
            "run", "--source", CLEAN, "--target", target, "--limit", "50", "--log-level", "warn", "--output", "json"
        };
        String[] all = java.util.Arrays.copyOf(args, args.length + more.length);
        System.arraycopy(more, 0, all, args.length, more.length);
        return etl(all);
    }

    private static String name(String database) {
        return database.substring(database.lastIndexOf('/') + 1);
    }

    private static String as(String role, String database) {
        return "postgresql://" + role + ":" + PASSWORD + "@localhost:" + DATABASES.port() + "/" + name(database);
    }

    private static String ownedBy(String role) throws SQLException {
        String database = DATABASES.create();
        Databases.execute(database, "ALTER DATABASE " + name(database) + " OWNER TO " + role);
        return database;
    }

    private static long tables(String database) throws SQLException {
        return Long.parseLong(Databases.text(
                database,
                "SELECT count(*) FROM pg_tables WHERE tablename IN ('users', 'gigs', 'skills', 'users_skills')"));
    }

    private static String line(Result result) {
        assertThat(result.exitCode()).as(result.err()).isEqualTo(4);
        return result.errorLine();
    }

    /** The role of docker-compose.yml: its first run makes a schema docrows, which is first on its path ever after. */
    @Test
    void roleNamedLikeTheSchemaOfTheBookkeepingRunsTwice() throws SQLException {
        String database = ownedBy("docrows");
        for (int run = 1; run <= 2; run++) {
            Result result = etl("run", "--source", CLEAN, "--target", as("docrows", database));
            assertThat(result.exitCode()).as(result.err()).isZero();
        }
        assertThat(etl("verify", "--source", CLEAN, "--target", as("docrows", database))
                        .exitCode())
                .isZero();
        assertThat(tables(database)).isEqualTo(4);
        assertThat(Databases.text(
                        database,
                        "SELECT string_agg(tablename, ' ') FROM pg_tables WHERE schemaname = 'docrows'"
                                + " AND tablename NOT IN ('schema_history', 'reject')"))
                .doesNotContain("history", "skills");
    }

    @Test
    void roleNamedLikeAnySchemaMakesNoSecondSetOfTables() throws SQLException {
        String database = ownedBy("market");
        Databases.execute(database, "CREATE SCHEMA market AUTHORIZATION market");
        assertThat(run(as("market", database)).exitCode()).isZero();
        assertThat(run(as("market", database)).exitCode()).isZero();
        assertThat(tables(database)).isEqualTo(4);
        assertThat(Databases.text(database, "SELECT count(*) FROM public.users"))
                .isNotEqualTo("0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"?currentSchema=app", "?options=-csearch_path=app", "?currentSchema=app,public"})
    void searchPathInTheAddressMakesNoSecondSetOfTables(String parameters) throws SQLException {
        String database = DATABASES.create();
        Databases.execute(database, "CREATE SCHEMA app");
        Result first = etl("run", "--source", CLEAN, "--limit", "50", "--target", database + parameters);
        assertThat(first.exitCode()).as(first.err()).isZero();
        assertThat(first.err()).contains("search path", "has no effect", "public");
        assertThat(run(database + parameters).exitCode()).isZero();
        assertThat(tables(database)).isEqualTo(4);
        assertThat(Databases.text(database, "SELECT count(*) FROM pg_class WHERE relnamespace = 'app'::regnamespace"))
                .isEqualTo("0");
    }

    @Test
    void searchPathOfTheDatabaseMakesNoSecondSetOfTables() throws SQLException {
        String database = DATABASES.create();
        Databases.execute(database, "CREATE SCHEMA app", "ALTER DATABASE " + name(database) + " SET search_path = app");
        assertThat(run(database).exitCode()).isZero();
        assertThat(run(database).exitCode()).isZero();
        assertThat(tables(database)).isEqualTo(4);
        assertThat(Databases.text(database, "SELECT count(*) FROM pg_class WHERE relnamespace = 'app'::regnamespace"))
                .isEqualTo("0");
    }

    @Test
    void historyOfAnApplicationIsNotTouched() throws SQLException {
        String database = DATABASES.create();
        migrateAsApplication(database);
        String before = rows(database, "flyway_schema_history");
        for (String command : new String[] {"migrate", "run"}) {
            String line = line(
                    command.equals("run")
                            ? etl("run", "--source", CLEAN, "--target", database)
                            : etl("migrate", "--target", database));
            assertThat(line)
                    .contains("the table flyway_schema_history", "the table orders", "name an empty database")
                    .doesNotContain("changed or removed");
        }
        assertThat(rows(database, "flyway_schema_history")).isEqualTo(before);
        assertThat(tables(database)).isZero();
        assertThat(Databases.text(database, "SELECT to_regclass('public.docrows_gigs_history')"))
                .isNull();
    }

    @Test
    void targetOfAnEarlierBuildIsTakenOver() throws SQLException {
        String database = migratedByAnEarlierBuild();
        String before = rows(database, "flyway_schema_history");
        assertThat(etl("plan", "--source", CLEAN, "--target", database).exitCode())
                .isEqualTo(1);
        assertThat(etl("tables", "--target", database).out()).contains("schema version 6");
        assertThat(Databases.text(database, "SELECT to_regclass('public.docrows_gigs_history')"))
                .isNull();

        Result run = etl("run", "--source", CLEAN, "--limit", "50", "--target", database);
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err()).contains("public.docrows_gigs_history now records what an earlier build has migrated");
        assertThat(rows(database, "docrows_gigs_history")).isEqualTo(before);
        assertThat(rows(database, "flyway_schema_history")).isEqualTo(before);
        assertThat(etl("migrate", "--target", database).out()).contains("at version 6 already");
    }

    @Test
    void whatAnEarlierBuildAppendedToTheHistoryOfAnApplicationIsTakenOverAlone() throws SQLException {
        String database = migratedByAnEarlierBuild();
        Databases.execute(
                database,
                "INSERT INTO flyway_schema_history SELECT 50, '0.1', 'theirs', type, 'V0_1__theirs.sql', 7, installed_by,"
                        + " now(), 1, true FROM flyway_schema_history LIMIT 1");
        assertThat(etl("migrate", "--target", database).out()).contains("at version 6 already");
        assertThat(Databases.text(
                        database, "SELECT string_agg(version, ' ' ORDER BY installed_rank) FROM docrows_gigs_history"))
                .isEqualTo("1 2 3 4 5 6");
    }

    @Test
    void olderTargetOfAnEarlierBuildIsMigratedFurther() throws SQLException {
        String database = migratedByAnEarlierBuild();
        Databases.execute(database, "DROP TABLE gigs", "DELETE FROM flyway_schema_history WHERE installed_rank = 6");
        assertThat(etl("migrate", "--target", database).out()).contains("from version 5 to 6");
        assertThat(Databases.text(database, "SELECT count(*) FROM flyway_schema_history"))
                .isEqualTo("5");
    }

    @Test
    void tablesOfAnAdministratorAreAdoptedAfterTheyWereChecked() throws SQLException, IOException {
        String database = madeByAnAdministrator();
        assertThat(line(run(database))).contains("--adopt", "--no-migrate");
        assertThat(line(etl("migrate", "--target", database))).contains("--adopt", "--no-migrate");

        Result adopted = etl("migrate", "--adopt", "--target", database);
        assertThat(adopted.exitCode()).as(adopted.err()).isZero();
        assertThat(adopted.out()).contains("adopted as version 6");
        assertThat(run(database).exitCode()).isZero();
        assertThat(etl("tables", "--target", database).out()).contains("schema version 6");
        assertThat(etl("migrate", "--adopt", "--target", database, "--output", "json")
                        .json()
                        .get("adopted")
                        .asBoolean())
                .isFalse();
    }

    @Test
    void tablesThatAreNotThoseOfTheMappingsAreNotAdopted() throws SQLException, IOException {
        String database = madeByAnAdministrator();
        Databases.execute(database, "ALTER TABLE users DROP COLUMN email");
        assertThat(line(etl("migrate", "--adopt", "--target", database)))
                .contains("cannot be adopted", "users.email does not exist");
        assertThat(Databases.text(database, "SELECT to_regclass('public.docrows_gigs_history')"))
                .isNull();
        assertThat(line(etl("migrate", "--adopt", "--target", DATABASES.create())))
                .contains("cannot be adopted", "the table public.users does not exist");
    }

    @Test
    void noMigrateChecksTablesAndAsksForNoHistory() throws SQLException, IOException {
        String database = madeByAnAdministrator();
        assertThat(etl("run", "--source", CLEAN, "--no-migrate", "--target", database)
                        .exitCode())
                .isZero();
        assertThat(etl("verify", "--source", CLEAN, "--target", database).exitCode())
                .isZero();
        assertThat(etl("tables", "--target", database).out())
                .contains("users_skills")
                .doesNotContain("schema version");
        assertThat(Databases.text(database, "SELECT to_regclass('public.docrows_gigs_history')"))
                .isNull();
        Databases.execute(database, "ALTER TABLE gigs DROP COLUMN budget");
        assertThat(line(run(database, "--no-migrate"))).contains("gigs.budget does not exist", "./etl migrate");
    }

    @Test
    void sourceIsAskedBeforeTheTargetIsChanged() throws SQLException, IOException {
        Path half = Files.createDirectory(directory.resolve("half"));
        Files.copy(Etl.SAMPLES.resolve("gigs/users.bson"), half.resolve("users.bson"));
        String database = DATABASES.create();
        Result result = etl("run", "--source", half.toString(), "--target", database);
        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.errorLine()).contains("\"gigs\" is not in");
        assertThat(tables(database)).isZero();
        assertThat(Databases.text(database, "SELECT to_regclass('public.docrows_gigs_history')"))
                .isNull();
        etl("run", "--source", half.toString(), "--target", "embedded");
        assertThat(directory.resolve(".etl")).doesNotExist();
        assertThat(etl("run", "--source", half.toString(), "--target", database, "--collections", "users")
                        .exitCode())
                .isZero();
    }

    @Test
    void loaderThatMayNotReadTheHistoryLoads() throws SQLException {
        String database = DATABASES.create();
        assertThat(etl("migrate", "--target", database).exitCode()).isZero();
        grantTables(database);
        Result result = etl("run", "--source", CLEAN, "--limit", "50", "--target", as("loader", database));
        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.err()).contains("may not read public.docrows_gigs_history", "tables were checked");
        assertThat(line(etl("migrate", "--target", as("loader", database))))
                .contains("may not read public.docrows_gigs_history", "GRANT SELECT");
        Databases.execute(database, "ALTER TABLE gigs DROP COLUMN budget");
        assertThat(line(run(as("loader", database)))).contains("gigs.budget does not exist");
    }

    @Test
    void loaderThatMayNotMakeTheHistoryLoadsWhatAnEarlierBuildHasMigrated() throws SQLException {
        String database = migratedByAnEarlierBuild();
        grantTables(database);
        Databases.execute(database, "GRANT SELECT ON flyway_schema_history TO loader");
        Result result = etl("run", "--source", CLEAN, "--limit", "50", "--target", as("loader", database));
        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.err()).contains("may not make public.docrows_gigs_history", "tables were checked");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "the function f|CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
                "the view v|CREATE VIEW v AS SELECT 1 AS x",
                "the materialized view m|CREATE MATERIALIZED VIEW m AS SELECT 1 AS x",
                "the enum type e|CREATE TYPE e AS ENUM ('a')",
                "the composite type c|CREATE TYPE c AS (x int)",
                "the domain d|CREATE DOMAIN d AS text",
                "the sequence s|CREATE SEQUENCE s",
                "the range type r|CREATE TYPE r AS RANGE (subtype = float8)",
                "the table t|CREATE TABLE t (x serial, y int GENERATED ALWAYS AS IDENTITY)"
            })
    void whatIsThereIsToldAsWhatItIs(String told, String make) throws SQLException {
        String database = DATABASES.create();
        Databases.execute(database, make);
        String line = line(etl("migrate", "--target", database));
        assertThat(line).contains("holds " + told + " in its schema public", "name an empty database");
        assertThat(tables(database)).isZero();
    }

    @Test
    void extensionsAreNoContent() throws SQLException {
        String database = DATABASES.create();
        Databases.execute(database, "CREATE EXTENSION citext", "CREATE EXTENSION pg_trgm");
        assertThat(etl("migrate", "--target", database).exitCode()).isZero();
    }

    private static void grantTables(String database) throws SQLException {
        Databases.execute(
                database,
                "GRANT SELECT, INSERT, UPDATE, DELETE ON users, gigs, skills, users_skills TO loader",
                "GRANT CREATE ON DATABASE " + name(database) + " TO loader");
    }

    private static String rows(String database, String table) throws SQLException {
        return Databases.text(database, "SELECT string_agg(t::text, '|' ORDER BY installed_rank) FROM " + table + " t");
    }

    private static void migrateAsApplication(String database) throws SQLException {
        Databases.execute(
                database,
                "CREATE TABLE orders (id int)",
                "CREATE TABLE flyway_schema_history (installed_rank int PRIMARY KEY, version text, description text, type text,"
                        + " script text, checksum int, installed_by text, installed_on timestamp, execution_time int,"
                        + " success boolean)",
                "INSERT INTO flyway_schema_history VALUES (1, '1', 'orders', 'SQL', 'V1__orders.sql', 42, 'app', now(), 1, true)");
    }

    private static Flyway flywayOf(String database) {
        return Flyway.configure()
                .dataSource(Databases.dataSource(database))
                .locations(GigsPipeline.MIGRATIONS)
                .load();
    }

    private static String migratedByAnEarlierBuild() throws SQLException {
        String database = DATABASES.create();
        flywayOf(database).migrate();
        return database;
    }

    private static String madeByAnAdministrator() throws SQLException, IOException {
        String database = DATABASES.create();
        for (var migration : flywayOf(database).info().all()) {
            Path script =
                    Path.of("..", "db-migrations", "src", "main", "resources", "db", "gigs", migration.getScript());
            Databases.execute(database, Files.readString(script));
        }
        return database;
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4})
    void fewConnectionsSuffice(int limit) throws SQLException {
        String database = ownedBy("market");
        Databases.execute(database, "ALTER ROLE market CONNECTION LIMIT " + limit);
        try {
            String target = as("market", database);
            Result migrated = etl("migrate", "--target", target);
            assertThat(migrated.exitCode()).as(migrated.err()).isZero();
            Result run =
                    etl("run", "--source", CLEAN, "--target", target, "--writers", "4", "--defer-indexes", "always");
            assertThat(run.exitCode()).as(run.err()).isZero();
            assertThat(run.err()).contains("has " + limit + " connections for this role", "1 writer");
            Result verified = etl("verify", "--source", CLEAN, "--target", target);
            assertThat(verified.exitCode()).as(verified.err()).isZero();
            Result dirty = etl("run", "--source", CLEAN + "-dirty", "--target", target, "--writers", "4");
            assertThat(dirty.exitCode()).as(dirty.err()).isEqualTo(1);
        } finally {
            Databases.execute(database, "ALTER ROLE market CONNECTION LIMIT -1");
        }
    }

    @Test
    void tooFewConnectionsAreToldWithTheirNumber() throws SQLException {
        String database = ownedBy("market");
        Databases.execute(database, "ALTER ROLE market CONNECTION LIMIT 2");
        try {
            Result run = etl("run", "--source", CLEAN, "--target", as("market", database), "--output", "json");
            assertThat(run.json().get("error").get("code").asString()).isEqualTo("TARGET_UNAVAILABLE");
            assertThat(line(run))
                    .contains("has 2 connections for this role", "needs at least 3")
                    .doesNotContain("privilege");
            assertThat(tables(database)).isZero();
            Result migrated = etl("migrate", "--target", as("market", database));
            assertThat(migrated.exitCode()).as(migrated.err()).isZero();
            Result planned = etl("plan", "--source", CLEAN, "--target", as("market", database));
            assertThat(planned.exitCode()).as(planned.err()).isEqualTo(1);
        } finally {
            Databases.execute(database, "ALTER ROLE market CONNECTION LIMIT -1");
        }
    }
}
