package io.docrows.runner.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.runner.testing.Etl;
import io.docrows.runner.testing.Etl.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

final class ConfigurationTest {

    @TempDir
    Path directory;

    private Result with(String yaml, String... args) throws IOException {
        Files.writeString(directory.resolve("etl.yaml"), yaml);
        return Etl.in(directory).run(args);
    }

    /** A setting as {@code config} shows it: value, origin and place. */
    private static String setting(Result result, String command, String key) {
        assertThat(result.exitCode()).as(result.err()).isZero();
        return StreamSupport.stream(result.json().get("settings").spliterator(), false)
                .filter(one -> one.get("command").asString().equals(command)
                        && one.get("key").asString().equals(key))
                .map(one -> (one.has("value") ? one.get("value").asString() : "") + " " + place(one))
                .findFirst()
                .orElseThrow();
    }

    private static String place(JsonNode setting) {
        return setting.get("origin").asString() + " " + setting.get("place").asString();
    }

    @Test
    void listsEveryProblemInOneMessage() throws IOException {
        Result result = with("""
                sorce: embedded
                target: mysql://ann:sEcret@host/x
                log-level: loud
                output: [text, json]
                run:
                  writers: 65
                  batchSize: 10
                  max-rejects: lots
                  force: maybe
                  collections: [users, usrs]
                  ids: "{bad"
                  no-progress: true
                  writers: 2
                  limit:
                status: 5
                tables:
                  runs: 1
                migrate:
                  target: postgresql://etl:${NO_SUCH_VARIABLE}@host/x
                """, "status");
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).doesNotContain("sEcret");
        // More options of tables are no concern of this test.
        assertThat(result.err().replaceAll("(allowed are log-format).*", "$1").lines())
                .containsExactly("""
                etl: 16 problems in the configuration:
                  etl.yaml:1: sorce: no such key; did you mean source?
                  etl.yaml:2: target: the target is not a valid address; write\
                 postgresql://USER:PASSWORD@HOST:PORT/DATABASE, jdbc:postgresql:..., or embedded[:DIRECTORY]
                  etl.yaml:3: log-level: expected one of [ERROR, WARN, INFO, DEBUG, TRACE] (case-insensitive) but was\
                 'loud'
                  etl.yaml:4: output: takes one value
                  etl.yaml:6: run.writers: writers must be 1 to 64, not 65.
                  etl.yaml:7: run.batchSize: no such key; did you mean batch-size?
                  etl.yaml:8: run.max-rejects: A limit of rejects is a number such as 100, or a percentage\
                 such as 0.5%, not lots.
                  etl.yaml:9: run.force: 'maybe' is not a boolean
                  etl.yaml:10: run.collections: no mapping reads "usrs"; choose from users, gigs
                  etl.yaml:11: run.ids: an _id that begins like JSON, but is not, at character 1
                  etl.yaml:12: run.no-progress: no such key; write "progress: false"
                  etl.yaml:13: run.writers: is set twice; keep one of them
                  etl.yaml:14: run.limit: has no value; give it one or remove the line
                  etl.yaml:15: status: is a command; put its options below it, one per line
                  etl.yaml:17: tables.runs: no such key; allowed are log-format
                  etl.yaml:19: migrate.target: the environment variable NO_SUCH_VARIABLE is not set
                """.lines().toArray(String[]::new));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "just a text         | etl.yaml:1: must contain keys and values",
                "'- source\n- target'| etl.yaml:1: must contain keys and values",
                "'a: 1\n\tb: 2'      | etl.yaml:2: is not YAML",
                "'source: \"x'       | etl.yaml:1: is not YAML",
                "'source: *nowhere'  | etl.yaml:1: is not YAML",
                "'{[a]: 1}'          | etl.yaml:1: is not YAML: Non scalar key",
                "'source: ${'        | etl.yaml:1: source: \"${\" starts the name of an environment variable"
            })
    void saysWhereAFileCannotBeRead(String yaml, String message) throws IOException {
        Result result = with(yaml, "config");
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("a problem in the configuration:").contains(message);
    }

    @Test
    void refusesAFileThatIsNotThere() {
        Result result = Etl.in(directory).run("config", "--config", "none.yaml");
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("none.yaml: there is no such file");
    }

    @Test
    void doesWithoutAFileAndWithAnEmptyOne() throws IOException {
        assertThat(Etl.in(directory).run("config").out()).startsWith("Configuration file: none");
        assertThat(with("# nothing yet\n", "config").exitCode()).isZero();
    }

    @Test
    void readsTheFileThatIsNamed() throws IOException {
        Files.writeString(directory.resolve("etl.yaml"), "no: such key");
        Files.writeString(directory.resolve("other.yaml"), "run: {writers: 3}");
        for (Result result : List.of(
                Etl.in(directory).run("config", "--output", "json", "--config", "other.yaml"),
                Etl.in(directory).run("--config=other.yaml", "config", "--output", "json"),
                Etl.in(directory).with("ETL_CONFIG", "other.yaml").run("config", "--output", "json"))) {
            assertThat(setting(result, "run", "writers")).isEqualTo("3 file other.yaml:1");
        }
    }

    @Test
    void theEnvironmentOverridesACommandsSectionWhichOverridesTheTop() throws IOException {
        String yaml = """
                source: embedded
                log-level: error
                limit: 5
                run:
                  log-level: debug
                """;
        Result file = with(yaml, "config", "--output", "json");
        assertThat(setting(file, "run", "log-level")).isEqualTo("debug file etl.yaml:5");
        assertThat(setting(file, "status", "log-level")).isEqualTo("error file etl.yaml:2");
        assertThat(setting(file, "run", "limit")).isEqualTo("5 file etl.yaml:3");
        assertThat(setting(file, "run", "batch-size")).isEqualTo("10000 default default");
        Etl etl = Etl.in(directory)
                .with("ETL_LOG_LEVEL", "trace")
                .with("ETL_LIMIT", "7")
                .with("DB_URL_MONGO", "mongodb://ann:sEcret@host/x");
        Result environment = etl.run("config", "--output", "json");
        assertThat(setting(environment, "run", "log-level")).isEqualTo("trace environment ETL_LOG_LEVEL");
        assertThat(setting(environment, "run", "limit")).isEqualTo("7 environment ETL_LIMIT");
        assertThat(setting(environment, "run", "source")).isEqualTo("mongodb://***@host/x environment DB_URL_MONGO");
        assertThat(etl.run("config").out()).contains("ETL_LIMIT").doesNotContain("sEcret");
    }

    @Test
    void theEarlierNameOfAnOptionStillSetsIt() throws IOException {
        String[] config = {"config", "--output", "json"};
        Result earlier = with("run:\n  defer-indexes: always\n", config);
        assertThat(setting(earlier, "run", "bulk-load")).isEqualTo("always file etl.yaml:2");
        Etl variable = Etl.in(directory).with("ETL_DEFER_INDEXES", "auto");
        assertThat(setting(variable.run(config), "run", "bulk-load")).isEqualTo("auto environment ETL_DEFER_INDEXES");
        Etl both = variable.with("ETL_BULK_LOAD", "never");
        assertThat(setting(both.run(config), "run", "bulk-load")).isEqualTo("never environment ETL_BULK_LOAD");
        assertThat(with("run:\n  defer-indexes: always\n  bulk-load: never\n", "status")
                        .err())
                .contains("etl.yaml:3: run.bulk-load: is set twice");
    }

    @Test
    void optionsOverrideTheFile() throws IOException {
        assertThat(with("source: from-the-file\ntarget: embedded\n", "run").errorLine())
                .contains("from-the-file");
        assertThat(with("source: from-the-file\ntarget: embedded\n", "run", "--source", "from-the-option")
                        .errorLine())
                .contains("from-the-option");
    }

    @Tag("long")
    @Test
    void aFlagOnTheCommandLineMeansYesWhateverTheFileSays() throws IOException {
        // Printing the example is the one flag whose effect shows without a database.
        assertThat(with("config: {example: true}", "config", "--example").out()).startsWith("# Settings of ./etl");
        assertThat(with("config: {example: true}", "config").out()).startsWith("# Settings of ./etl");
        assertThat(with("config: {example: true}", "config", "--example=false").out())
                .startsWith("Configuration file: ");
    }

    @Test
    void saysWhichVariableIsWrongIfItWouldBeUsed() {
        Etl etl = Etl.in(directory).with("ETL_WRITERS", "0").with("DB_URL_PSQL", "embedded");
        Result used = etl.run("run", "--source", "embedded");
        assertThat(used.exitCode()).isEqualTo(2);
        assertThat(used.err()).contains("\n  ETL_WRITERS: writers must be 1 to 64, not 0");
        assertThat(etl.run("run", "--source", "nowhere", "--writers", "1").exitCode())
                .isEqualTo(3);
        assertThat(etl.run("config").exitCode()).isZero();
    }

    @Test
    void putsTheEnvironmentInPlaceOfReferences() throws IOException {
        Files.writeString(
                directory.resolve("etl.yaml"),
                "source: ${ROOT}/${NAME:-gigs}$${x}\ntarget: postgresql://etl:${DB_PASSWORD}@host/x\n");
        Etl etl = Etl.in(directory).with("ROOT", "/dumps").with("DB_PASSWORD", "sEcret");
        Result result = etl.run("config", "--output", "json");
        assertThat(setting(result, "run", "source")).isEqualTo("/dumps/gigs${x} file etl.yaml:1");
        assertThat(setting(result, "run", "target")).startsWith("postgresql://***@host/x");
        assertThat(result.out()).doesNotContain("sEcret");
    }

    @Test
    void tellsProgramsWhatIsWrongToo() throws IOException {
        Result result = with("wrong: 1", "status", "--output", "json");
        assertThat(result.json().get("exitCode").asInt()).isEqualTo(2);
        assertThat(result.json().get("error").get("message").asString()).contains("etl.yaml:1: wrong: no such key");
    }

    @Test
    void helpsInSpiteOfAWrongFile() throws IOException {
        assertThat(with("wrong: 1", "run", "--help").exitCode()).isZero();
        assertThat(with("wrong: 1", "--version").exitCode()).isZero();
        assertThat(with("wrong: 1", "config", "--example").exitCode()).isZero();
    }

    @Test
    void showsTheConfiguredDefaultsInTheHelp() throws IOException {
        assertThat(with("run: {batch-size: 7}", "run", "--help").out())
                .contains("documents per transaction (default: 7)");
    }

    @Tag("long")
    @Test
    void givesAnExampleThatIsValidWithEveryLineOfIt() throws IOException {
        String example = Etl.in(directory).run("config", "--example").out();
        assertThat(with(example, "config").exitCode()).isZero();
        List<String> lines = example.lines().toList();
        List<String> keys = lines.stream()
                .filter(line -> line.matches(" *#[a-z][a-z-]*:.*"))
                .toList();
        assertThat(keys).hasSizeGreaterThan(5);
        for (String key : keys) {
            // A key that is there already gives way to the one that was commented out.
            String name = key.strip().replaceAll("^#|:.*", "");
            String other = String.join(
                    "\n",
                    lines.stream()
                            .filter(line -> line.equals(key) || !line.startsWith(name + ":"))
                            .map(line -> line.equals(key) ? line.replace("#", "") : line)
                            .toList());
            Result result = with(other, "config", "--output", "json");
            assertThat(result.exitCode()).as(key + "\n" + result.err()).isZero();
            // Which pipeline is chosen is no option of a command, so it is not among the settings.
            if (!key.endsWith(":") && !name.equals("pipeline")) {
                assertThat(result.out())
                        .as(key)
                        .contains("etl.yaml:" + (1 + other.lines().toList().indexOf(key.replace("#", ""))) + "\"");
            }
        }
    }
}
