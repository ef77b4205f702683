package io.docrows.runner.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.runner.testing.Databases;
import io.docrows.runner.testing.Etl;
import io.docrows.runner.testing.Etl.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Passwords that are words of the output: what commands say does not depend on them. */
final class PlainPasswordsIT {

    private static final String HARMLESS = "pLanted-secret";
    private static final int TEXTS = 4;
    private static final Path DUMP = Etl.SAMPLES.resolve("gigs-dirty");
    private static final Databases DATABASES = new Databases();

    @TempDir
    static Path directory;

    private static String loaded = "";

    @BeforeAll
    static void load() throws SQLException, IOException {
        loaded = DATABASES.create();
        Etl.in(directory).run("run", "--source", DUMP.toString(), "--target", loaded);
        Databases.execute(DATABASES.address("postgres"), "CREATE ROLE pia SUPERUSER LOGIN PASSWORD '" + HARMLESS + "'");
        DATABASES.requirePassword("pia");
        Files.writeString(
                directory.resolve("etl.yaml"),
                "collections: users\nwriters: 1\nrun:\n  report: users.html\n  target-password-file: ${MY_KEY:-x}\n");
    }

    @AfterAll
    static void stop() {
        DATABASES.close();
    }

    @Test
    @Tag("long")
    void rewriteNothing() throws SQLException {
        rewriteNothing("users", "x", "1");
    }

    @Test
    @Tag("slow")
    void rewriteNothingEither() throws SQLException {
        rewriteNothing("true", "gigs", "run", "inserted", "etl");
    }

    private static void rewriteNothing(String... words) throws SQLException {
        List<String> expected = outputs(HARMLESS);
        for (String word : words) {
            assertThat(outputs(word)).as("with the password %s", word).containsExactlyElementsOf(expected);
        }
    }

    private static List<String> outputs(String password) throws SQLException {
        String copy = DATABASES.copyOf(loaded);
        Databases.execute(DATABASES.address("postgres"), "ALTER ROLE pia PASSWORD '" + password + "'");
        String target = copy.replace("postgres@", "pia:" + password + "@");
        String source = DUMP.toString();
        List<String> outputs = new ArrayList<>();
        for (String output : List.of("text", "json")) {
            List<List<String>> commands = List.of(
                    List.of("run", "--source", source, "--no-progress", "--strict", "--writers", "1"),
                    List.of("verify", "--source", source, "--show-values"),
                    List.of("status"),
                    List.of("rejects", "list"),
                    List.of("plan", "--source", source),
                    List.of("migrate"),
                    List.of("tables"),
                    List.of("rejects", "show", "1"),
                    List.of("run", "--source", source, "--collections", "nothing"),
                    List.of("run", "--source", "nowhere"),
                    List.of("run", "--source", source, "--batch-size", "many"));
            // Text is made by hand, JSON from what all commands find: the first few are enough for the one.
            for (List<String> command : output.equals("json") ? commands : commands.subList(0, TEXTS)) {
                List<String> all = new ArrayList<>(command);
                all.addAll(List.of("--target", target, "--output", output, "--log-format", output));
                outputs.add(said(all, password, copy));
            }
            outputs.add(said(List.of("config", "--output", output), password, copy));
        }
        outputs.add(said(List.of("run", "--target", target, "--traget", "elsewhere"), password, copy));
        outputs.add(said(List.of("rnu"), password, copy));
        return outputs;
    }

    private static String said(List<String> args, String password, String copy) {
        Result result = Etl.in(args.get(0).equals("config") ? directory : directory.getParent())
                .with("DB_URL_PSQL", copy.replace("postgres@", "pia:" + password + "@"))
                .with("PGPASSWORD", password)
                .run(args.toArray(String[]::new));
        String text = args.get(0) + " ended with " + result.exitCode() + "\n" + result.out() + result.err();
        assertThat(text).doesNotContain(":" + password + "@");
        // What differs in any case: the database's name, numbers that count time, and the widths they take.
        return text.replace(copy.substring(copy.lastIndexOf('/')), "/DATABASE")
                .replaceAll("\\d+([.,]\\d+)*", "#")
                .replaceAll("#m #s|#ms|#s", "TIME")
                .replaceAll("[ -]+", " ");
    }
}
