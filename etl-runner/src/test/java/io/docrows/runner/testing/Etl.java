package io.docrows.runner.testing;

import io.docrows.cli.Cli;
import io.docrows.cli.session.Interruption;
import io.docrows.cli.session.Secrets;
import io.docrows.cli.session.Session;
import io.docrows.runner.Main;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A command line in a directory, with an environment. Immutable. */
public record Etl(Path directory, Map<String, String> environment, boolean terminal) {

    /** The samples of this project. */
    public static final Path SAMPLES = Path.of("..", "samples").toAbsolutePath().normalize();

    public static Etl in(Path directory) {
        return new Etl(directory, Map.of(), false);
    }

    public Etl with(String variable, String value) {
        java.util.HashMap<String, String> more = new java.util.HashMap<>(environment);
        more.put(variable, value);
        return new Etl(directory, Map.copyOf(more), terminal);
    }

    public Etl onTerminal() {
        return new Etl(directory, environment, true);
    }

    /** All commands, none of which is run. */
    public CommandLine commands() {
        return Cli.commands(session(OutputStream.nullOutputStream(), OutputStream.nullOutputStream()), Main.program());
    }

    private Session session(OutputStream out, OutputStream err) {
        PrintStream errors = new PrintStream(err, true, StandardCharsets.UTF_8);
        return new Session(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                errors,
                environment,
                directory,
                terminal,
                new Interruption(errors, Etl::unexpected, Etl::unexpected),
                new Secrets());
    }

    public Result run(String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int exitCode = Cli.run(List.of(args), session(out, err), Main.program());
        return new Result(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private static void unexpected(int exitCode) {
        throw new AssertionError("nothing in this test sends a signal, yet the process was to end with " + exitCode);
    }

    /** What a command said, and its exit code. */
    public record Result(int exitCode, String out, String err) {

        /** The one line of an error. */
        public String errorLine() {
            List<String> lines = err.lines()
                    .filter(line -> !line.matches("\\d\\d:\\d\\d:\\d\\d INFO .*"))
                    .toList();
            if (lines.size() != 1 || !lines.get(0).startsWith("etl: ")) {
                throw new AssertionError("not one line of error: " + err);
            }
            return lines.get(0);
        }

        public JsonNode json() {
            if (out.lines().count() != 1) {
                throw new AssertionError("not one line of JSON: " + out);
            }
            return JsonMapper.shared().readTree(out);
        }
    }
}
