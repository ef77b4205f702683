package io.docrows.runner.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.runner.testing.Etl;
import io.docrows.runner.testing.Etl.Result;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CommandLineTest {

    @TempDir
    Path directory;

    private Result etl(String... args) {
        return Etl.in(directory).run(args);
    }

    @Test
    void helpsWithExamplesAndExitCodes() {
        Result help = etl("--help");
        assertThat(help.exitCode()).isZero();
        assertThat(help.err()).isEmpty();
        assertThat(help.out())
                .contains("demo", "run", "plan", "verify", "migrate", "tables", "status", "Examples:", "130");
    }

    @Test
    void namesTheHelpWhenThereIsNoCommandForRejects() {
        assertThat(etl("rejects").errorLine()).isEqualTo("etl: no command given; see ./etl rejects --help");
        assertThat(etl("rejects", "lst").errorLine()).startsWith("etl: no such command: lst");
        assertThat(etl("rejects", "list", "--codes", "BAD").errorLine()).contains("MISSING_REFERENCE");
    }

    @Test
    void tellsItsVersion() {
        Result version = etl("--version");
        assertThat(version.exitCode()).isZero();
        assertThat(version.out()).startsWith("docrows ");
    }

    @Test
    void namesTheHelpWhenThereIsNoCommand() {
        Result result = etl();
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.errorLine()).isEqualTo("etl: no command given; see ./etl --help");
    }

    @Test
    void suggestsWhatMayBeMeant() {
        assertThat(etl("rnu").errorLine())
                .startsWith("etl: no such command: rnu")
                .contains("./etl --help");
        assertThat(etl("run", "--forc").errorLine())
                .isEqualTo("etl: Unknown option: '--forc'; did you mean --force? See ./etl run --help");
    }

    @Test
    void repeatsNoSecretOfAMistypedOption() {
        Result result = etl("run", "--traget", "postgresql://ann:sEcret@h/x");
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.errorLine()).doesNotContain("sEcret");
    }

    @Test
    void namesBothWaysToGiveASource() {
        Result result = etl("run", "--target", "embedded");
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.errorLine()).contains("--source", "DB_URL_MONGO");
    }

    @ParameterizedTest
    @ValueSource(strings = {"migrate", "tables", "status"})
    void namesBothWaysToGiveATarget(String command) {
        Result result = etl(command);
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.errorLine()).contains("--target", "DB_URL_PSQL");
    }

    @Test
    void optionsOverrideTheEnvironment() {
        Result result = Etl.in(directory)
                .with("DB_URL_MONGO", "http://ann:sEcret@h/x")
                .with("DB_URL_PSQL", "embedded")
                .run("run", "--source", "nowhere");
        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.errorLine()).contains("nowhere");
    }

    @Test
    void checksNumbersBeforeAnythingIsOpened() {
        Etl etl = Etl.in(directory).with("DB_URL_MONGO", "nowhere").with("DB_URL_PSQL", "embedded");
        assertThat(etl.run("run", "--limit", "0").errorLine()).contains("limit must be");
        assertThat(etl.run("run", "--writers", "65").errorLine()).contains("writers must be 1 to 64");
        assertThat(etl.run("run", "--batch-size", "x").errorLine()).contains("--batch-size", "x");
        assertThat(etl.run("run", "--log-level", "loud").exitCode()).isEqualTo(2);
        assertThat(etl.run("run", "--ids", "1,{bad").errorLine()).contains("--ids");
        assertThat(etl.run("run", "--collections", "users,usrs").errorLine()).contains("\"usrs\"", "users, gigs");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void reportsAFailureAsJsonToo() {
        Result result = etl("run", "--output", "json", "--log-format", "json");
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.json().get("exitCode").asInt()).isEqualTo(2);
        assertThat(result.json().get("error").get("code").asString()).isEqualTo("INVALID_OPTION");
        assertThat(result.err()).startsWith("{").contains("\"code\":\"INVALID_OPTION\"");
    }

    @Test
    void showsAStackTraceOnlyWhenDebugging() {
        assertThat(etl("run", "--log-level", "debug").err()).contains("\tat io.docrows");
        assertThat(etl("run").err()).doesNotContain("\tat ");
    }
}
