package io.docrows.runner.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.runner.testing.Etl;
import io.docrows.runner.testing.Etl.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A file of settings has a source and a target, and what goes with them. Another source or target on the command line
 * has no use for that, and nobody could unset it there.
 */
final class SettingsOfAnotherPlaceIT {

    @TempDir
    Path directory;

    @BeforeEach
    void writeJson() throws IOException {
        Files.writeString(directory.resolve("people.json"), "[{\"code\": \"a\"}, {\"code\": \"b\"}]");
        Files.writeString(
                Files.createDirectories(directory.resolve("files")).resolve("people.json"), "{\"_id\": \"a\"}");
    }

    private void settings(String... lines) throws IOException {
        Files.writeString(directory.resolve("etl.yaml"), String.join("\n", lines) + "\n");
    }

    private Result inspect(String... more) {
        String[] args = new String[more.length + 2];
        args[0] = "inspect";
        args[1] = "--no-progress";
        System.arraycopy(more, 0, args, 2, more.length);
        return Etl.in(directory).run(args);
    }

    @Test
    void ofAServerDoNotKeepFilesFromBeingRead() throws IOException {
        settings(
                "source: mongodb://reader@db.example.com/shop",
                "source-password-file: /run/secrets/none",
                "source-trust-store: trusted.p12",
                "source-trust-store-password-file: /run/secrets/none",
                "source-key-store: own.p12",
                "source-key-store-password-file: /run/secrets/none");
        Result result = inspect("--source", "people.json", "--id-fields", "code");
        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(inspect("--source", Etl.SAMPLES.resolve("gigs").toString()).exitCode())
                .isZero();

        Result refused = inspect("--source", "people.json", "--source-trust-store", "trusted.p12");
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.errorLine()).contains("only valid with a MongoDB URI");
    }

    @Test
    void ofJsonDoNotKeepADumpFromBeingRead() throws IOException {
        settings("source: people.json", "source-collection: people", "id-fields: code");
        Result result = inspect("--source", Etl.SAMPLES.resolve("gigs").toString());
        assertThat(result.exitCode()).as(result.err()).isZero();

        Result refused = inspect("--source", Etl.SAMPLES.resolve("gigs").toString(), "--id-fields", "code");
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.errorLine()).contains("is no JSON");
    }

    @Test
    void ofOneFileDoNotNameTheCollectionsOfADirectory() throws IOException {
        settings("source: people.json", "source-collection: persons");
        Result result = inspect("--source", "files");
        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.out()).contains("people").doesNotContain("persons");
    }

    @Test
    void ofADumpDoNotKeepJsonFromBeingRead() throws IOException {
        settings("source: dump", "database: shop");
        for (String source : new String[] {"people.json", "json:people.json"}) {
            Result result = inspect("--source", source, "--id-fields", "code");
            assertThat(result.exitCode()).as(result.err()).isZero();
        }
        Result refused = inspect("--source", "people.json", "--database", "shop");
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.errorLine()).contains("Leave out --database");
    }

    @Test
    void ofFilesDoNotKeepAServerFromBeingAsked() throws IOException {
        settings("source: dump", "database: shop", "source-password-file: /run/secrets/none", "id-fields: code");
        Result result = inspect("--source", "mongodb://localhost:1/shop?serverSelectionTimeoutMS=50");
        assertThat(result.exitCode()).as(result.err()).isEqualTo(3);
        // With its own password there is nothing to look up either.
        Result own = inspect("--source", "mongodb://ann:secret@localhost:1/shop?serverSelectionTimeoutMS=50");
        assertThat(own.exitCode()).as(own.err()).isEqualTo(3);
    }

    @Test
    void ofAServerWithTlsDoNotKeepOneWithoutItFromBeingAsked() throws IOException {
        settings(
                "source: mongodb+srv://reader@db.example.com/shop",
                "source-trust-store: trusted.p12",
                "source-trust-store-password-file: /run/secrets/none");
        String plain = "mongodb://localhost:1/shop?serverSelectionTimeoutMS=50";
        Result result = inspect("--source", plain);
        assertThat(result.exitCode()).as(result.err()).isEqualTo(3);
        assertThat(inspect("--source", plain + "&tls=true").errorLine())
                .contains("--source-trust-store-password-file: there is no file");
    }

    @Test
    void anotherWayToMakeAnIdGoesBeforeTheirs() throws IOException {
        settings("id-fields: code");
        Result result = inspect("--source", "people.json", "--number-documents");
        assertThat(result.exitCode()).as(result.err()).isZero();

        settings("id-fields: code", "number-documents: true");
        Result refused = inspect("--source", "people.json");
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.errorLine()).contains("--id-fields and --number-documents");
    }

    @ParameterizedTest
    @ValueSource(strings = {"embedded", "postgresql://ann:secret@localhost:1/market"})
    void ofATargetDoNotKeepAnotherFromBeingUsed(String target) throws IOException {
        settings(
                "target: postgresql://etl@db.example.com/market?sslkey=own.p12",
                "target-password-file: /run/secrets/none",
                "target-key-password-file: /run/secrets/none");
        Result result = Etl.in(directory).run("status", "--target", target);
        // Neither is there, which is found out now.
        assertThat(result.exitCode()).as(result.err()).isEqualTo(4);
    }

    @Test
    void ofTheSamePlaceAreRefusedAsEver() throws IOException {
        settings("target: embedded", "target-password-file: /run/secrets/none");
        Result result = Etl.in(directory).run("status");
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.errorLine()).contains("--target-password-file: an embedded target takes no password");
    }
}
