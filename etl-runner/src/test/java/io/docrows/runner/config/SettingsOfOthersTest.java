package io.docrows.runner.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.runner.testing.Etl;
import io.docrows.runner.testing.Etl.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A file of settings takes effect where somebody can see it, and never from within what is read. */
@Tag("long")
final class SettingsOfOthersTest {

    private static final String TOKEN = "FwoGZXIvYXdz/EBYaDtoken+A==";

    @TempDir
    Path directory;

    private Path settings(Path where, String text) throws IOException {
        return Files.writeString(Files.createDirectories(where).resolve("etl.yaml"), text);
    }

    private static Result refused(Result result, String... words) {
        assertThat(result.exitCode()).as(result.err()).isEqualTo(2);
        assertThat(result.err()).contains(words);
        return result;
    }

    @Test
    void theFileOfTheCurrentDirectoryIsNamedWithTheVariablesItTakes() throws IOException {
        Path file = settings(directory, "target: postgresql://me:${HER_PASSWORD}@localhost:1/x\n");
        Etl etl = Etl.in(directory).with("HER_PASSWORD", "sEcret-of-hers");
        Result result = etl.run("status");
        assertThat(result.exitCode()).isEqualTo(4);
        assertThat(result.err())
                .contains("INFO  settings from " + file + ", with the environment variables HER_PASSWORD")
                .doesNotContain("sEcret");
        assertThat(etl.run("config").err()).isEmpty();
        assertThat(etl.run("status", "--log-level", "warn").err()).doesNotContain("settings from");
    }

    @Test
    void aFileThatIsNamedIsNamedInTurn() throws IOException {
        Path file = settings(directory.resolve("conf"), "target: postgresql://localhost:1/x\n");
        assertThat(Etl.in(directory).run("status", "--config", "conf/etl.yaml").err())
                .contains("settings from " + file)
                .doesNotContain("variables");
    }

    @ParameterizedTest
    @ValueSource(strings = {"users.bson", "users.bson.gz", "users.metadata.json", "prelude.json"})
    void aFileAmongThoseOfADumpIsNotUsedUnasked(String dumped) throws IOException {
        settings(directory, "target: postgresql://evil.invalid/${HER_PASSWORD}\n");
        Files.createFile(directory.resolve(dumped));
        Etl etl = Etl.in(directory).with("HER_PASSWORD", "sEcret-of-hers");
        for (String[] command : new String[][] {{"status"}, {"run", "--source", "."}, {"tables"}}) {
            assertThat(refused(etl.run(command), "etl.yaml", dumped, "--config").err())
                    .doesNotContain("evil", "sEcret");
        }
        assertThat(etl.run("status", "--config", "etl.yaml").exitCode()).isEqualTo(4);
    }

    @Test
    void aFileInsideTheSourceIsNeverUsed() throws IOException {
        Path file = settings(directory.resolve("dump/conf"), "target: embedded\n");
        Files.createDirectories(directory.resolve("dump/gigs"));
        Path here = directory.resolve("dump/conf");
        refused(Etl.in(here).run("run", "--source", ".."), "settings in " + file, "inside the source");
        refused(Etl.in(here).run("plan", "--source", "dump:" + directory.resolve("dump")), "inside the source");
        refused(
                Etl.in(directory).run("run", "--source", "dump", "--config", "dump/conf/etl.yaml"),
                "inside the source");
        Files.createSymbolicLink(directory.resolve("link"), directory.resolve("dump"));
        refused(Etl.in(here).run("verify", "--source", directory.resolve("link").toString()), "inside the source");
        settings(here, "source: ..\ntarget: embedded\n");
        refused(Etl.in(here).run("run"), "inside the source");
        assertThat(here.resolve(".etl")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mongodb://localhost:1/x?authMechanism=MONGODB-AWS&authMechanismProperties=AWS_SESSION_TOKEN:",
                "mongodb://localhost:1/x?authmechanismproperties=SERVICE_NAME:mongo,SOMETHING_NEW:",
                "mongodb://localhost:1/x?proxyPassword="
            })
    void tokensInAddressesAreSecrets(String address) throws IOException {
        String encoded = "FwoGZXIvYXdz%2FEBYaDtoken%2BA%3D%3D";
        settings(directory, "source: " + address + encoded + "&serverSelectionTimeoutMS=1\ntarget: embedded\n");
        Result shown = Etl.in(directory).run("config");
        assertThat(shown.out()).contains("source").doesNotContain(TOKEN, encoded);
        Result run = Etl.in(directory).run("run", "--log-level", "debug");
        assertThat(run.out() + run.err()).doesNotContain(TOKEN, encoded);
    }
}
