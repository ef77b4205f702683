package io.docrows.runner.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.runner.testing.Databases;
import io.docrows.runner.testing.Etl;
import io.docrows.runner.testing.Etl.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code scaffold}: what it writes and says. That projects keep their promise is tested beside what writes them. */
final class ScaffoldCommandIT {

    private static final String SAMPLE = Etl.SAMPLES.resolve("gigs").toString();

    @TempDir
    Path directory;

    private Result scaffold(String... more) {
        String[] args = Stream.concat(Stream.of("scaffold", "--source", SAMPLE, "--no-progress"), Stream.of(more))
                .toArray(String[]::new);
        return Etl.in(directory).run(args);
    }

    @Test
    void writesAProjectAndSaysWhatToDoNext() {
        Result result = scaffold("--into", "my shop");

        assertThat(result.exitCode()).isZero();
        assertThat(result.err()).isEmpty();
        assertThat(result.out())
                .containsPattern("gigs +5,000 +1 +9 +0 +0")
                .contains("Next:\n  cd 'my shop'\n  ./etl run --source " + SAMPLE + " --target embedded\n");
        Path project = directory.resolve("my shop");
        assertThat(project.resolve("etl")).isExecutable();
        assertThat(project.resolve("src/main/resources/db/my_shop/V1__gigs.sql"))
                .exists();
        assertThat(project.resolve("src/main/java/com/example/my_shop/UsersMapping.java"))
                .exists();
    }

    @Test
    void takesChoicesThatWereChanged() throws IOException {
        scaffold("--into", "shop", "--package", "com.acme.shop");
        Path choices = directory.resolve("shop/choices.yaml");
        Files.writeString(
                choices,
                Files.readString(choices).replace("{column: title, type: text}", "{column: headline, type: text}"));

        Result again = scaffold("--into", "shop", "--choices", "shop/choices.yaml");

        assertThat(again.exitCode()).isZero();
        assertThat(directory.resolve("shop/src/main/resources/db/shop/V1__gigs.sql"))
                .content()
                .contains("headline");
        assertThat(directory.resolve("shop/src/main/java/com/acme/shop/GigsMapping.java"))
                .content()
                .contains(".map(GIGS.HEADLINE, string(\"title\"))");
    }

    @Test
    void doesNotForgetChoicesThatWereChanged() throws IOException {
        scaffold("--into", "shop");
        Path choices = directory.resolve("shop/choices.yaml");
        String proposed = Files.readString(choices);
        Files.writeString(choices, proposed.replace("{column: title, type: text}", "{column: headline, type: text}"));

        Result without = scaffold("--into", "shop");

        assertThat(without.exitCode()).isEqualTo(2);
        assertThat(without.errorLine())
                .contains("choices.yaml says what somebody has chosen")
                .contains("--choices");
        scaffold("--into", "shop", "--choices", "shop/choices.yaml");
        assertThat(scaffold("--into", "shop").exitCode()).isEqualTo(2);
        Files.delete(choices);
        assertThat(scaffold("--into", "shop").exitCode()).isZero();
        assertThat(choices).hasContent(proposed);
    }

    @Test
    void saysWhatIsWrongBeforeItReads() throws IOException {
        Files.writeString(Files.createDirectories(directory.resolve("full")).resolve("file"), "x");

        assertThat(scaffold("--into", "full").errorLine()).contains("is not empty, and holds no project");
        assertThat(scaffold("--into", "new", "--package", "Not A Package").errorLine())
                .contains("--package: a package is made of names");
        assertThat(scaffold("--into", "new", "--schema", "nowhere").errorLine())
                .contains("--schema: neither a directory of migrations nor the address of a database");
        assertThat(scaffold("--into", "new", "--schema", "postgresql://h:port/x")
                        .errorLine())
                .startsWith("etl: --schema: ")
                .contains("port")
                .doesNotContain("neither a directory");
        assertThat(scaffold("--into", "new", "--schema", "postgresql://ann@no-such-host.invalid/x")
                        .errorLine())
                .endsWith("correct --schema");
        assertThat(scaffold().err()).contains("--into");
        assertThat(scaffold("--into", "new", "--choices", "nowhere.yaml").exitCode())
                .isEqualTo(2);
        assertThat(directory.resolve("new")).doesNotExist();
    }

    @Test
    void mapsIntoTheTablesThatMigrationsMake() {
        String migrations = Path.of("..", "db-migrations/src/main/resources/db/gigs")
                .toAbsolutePath()
                .normalize()
                .toString();

        Result result = scaffold("--into", "market", "--schema", migrations);

        assertThat(result.exitCode()).isZero();
        assertThat(result.out())
                .contains("What is left out:\n")
                .contains("gigs.upsert: No column of gigs is named like it.");
        assertThat(directory.resolve("market/src/main/java/com/example/market/GigsMapping.java"))
                .content()
                .contains(
                        ".key(GIGS.MONGO_ID, id(\"_id\"))",
                        ".reference(GIGS.POSTER_ID, id(\"poster\"), USERS.MONGO_ID)");
    }

    @Test
    void mapsIntoTheTablesOfADatabaseIfThoseCanBeMadeAnew() throws Exception {
        String database = Databases.shared().create();
        Databases.execute(
                database,
                "CREATE SCHEMA auth",
                "CREATE TABLE auth.users (id uuid PRIMARY KEY)",
                "CREATE FUNCTION code() RETURNS text LANGUAGE sql AS 'SELECT 1'",
                "CREATE TABLE users (mongo_id text PRIMARY KEY, name text, code text NOT NULL DEFAULT code(), account uuid"
                        + " REFERENCES auth.users)");

        Result result = scaffold("--into", "market", "--schema", database);
        Databases.execute(
                database,
                "CREATE TABLE later (id integer)",
                "ALTER TABLE users ADD place regclass DEFAULT 'later'::regclass");
        Result cannot = scaffold("--into", "other", "--schema", database);

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(directory.resolve("market/src/main/resources/db/market/V1__existing_schema.sql"))
                .content()
                .contains("CREATE TABLE users (")
                .doesNotContain("auth.users");
        assertThat(cannot.exitCode()).isNotZero();
        assertThat(cannot.errorLine())
                .contains("cannot be made on an empty PostgreSQL", "relation \"later\" does not exist")
                .contains("Name a directory with their migrations instead");
        assertThat(directory.resolve("other")).doesNotExist();
    }

    @Test
    void documentsWithoutAnIdNeedToBeGivenOne() throws IOException {
        Files.writeString(directory.resolve("people.json"), "[{\"code\": \"a\"}, {\"code\": \"b\"}]");
        String[] command = {"scaffold", "--source", "people.json", "--into", "people", "--no-progress"};

        Result without = Etl.in(directory).run(command);
        Result with = Etl.in(directory)
                .run(Stream.concat(Stream.of(command), Stream.of("--id-fields", "code"))
                        .toArray(String[]::new));

        assertThat(without.exitCode()).isEqualTo(2);
        assertThat(without.errorLine())
                .contains("people: No document has an _id", "--id-fields NAME", "--number-documents");
        assertThat(with.exitCode()).as(with.err()).isZero();
        assertThat(with.out()).contains("people.json --id-fields code --target embedded\n");
    }

    @Test
    void jsonBesideADumpIsNamedAsSuchInWhatToDoNext() throws IOException {
        Path both = Files.createDirectories(directory.resolve("both"));
        Files.writeString(both.resolve("people.json"), "[{\"_id\": 1}]");
        Files.createFile(both.resolve("users.bson"));

        Result result = Etl.in(directory).run("scaffold", "--source", "json:both", "--into", "people", "--no-progress");

        assertThat(result.out()).contains("./etl run --source json:" + both + " --target embedded\n");
    }

    @Test
    void printsLinesThatFitIntoATerminal() throws IOException {
        Files.writeString(directory.resolve("people.json"), "[{\"_id\": 1, \"a\": \"\\u0000\", \"b\": 1}]");

        Result result =
                Etl.in(directory).run("scaffold", "--source", "people.json", "--into", "people", "--no-progress");

        assertThat(result.out()).contains("What is lost or rejected:\n  people.a: 1 text with NUL");
        assertThat(result.out().lines().filter(line -> !line.contains("--source")))
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80));
    }

    @Test
    void collectionsWithoutDocumentsAreNamed() throws IOException {
        Path some = Files.createDirectories(directory.resolve("some"));
        Files.copy(Path.of(SAMPLE).resolve("users.bson"), some.resolve("users.bson"));
        Files.createFile(some.resolve("events.bson"));

        Result result =
                Etl.in(directory).run("scaffold", "--source", some.toString(), "--into", "new", "--no-progress");

        assertThat(result.exitCode()).isZero();
        assertThat(result.out())
                .contains("What is left out:\n  events: no documents, so nothing tells its columns: scaffold again");
        assertThat(directory.resolve("new/choices.yaml")).content().doesNotContain("events");
    }

    @Test
    void aSourceWithoutDocumentsGivesNoProject() throws IOException {
        Path empty = Files.createDirectories(directory.resolve("empty"));
        Files.createFile(empty.resolve("users.bson"));

        Result result =
                Etl.in(directory).run("scaffold", "--source", empty.toString(), "--into", "new", "--no-progress");

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.errorLine()).contains("has no documents");
    }
}
