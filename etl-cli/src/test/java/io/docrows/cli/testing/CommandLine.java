package io.docrows.cli.testing;

import io.docrows.PipelineProvider;
import io.docrows.cli.Cli;
import io.docrows.cli.program.Program;
import io.docrows.cli.session.Interruption;
import io.docrows.cli.session.Secrets;
import io.docrows.cli.session.Session;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A command line over some pipelines, in a directory. */
public record CommandLine(Path directory, Map<String, String> environment, List<PipelineProvider> pipelines) {

    /** What a command said, and its exit code. */
    public record Result(int exitCode, String out, String err) {}

    public Result run(String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream errors = new PrintStream(err, true, StandardCharsets.UTF_8);
        Session session = new Session(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                errors,
                environment,
                directory,
                false,
                new Interruption(errors, CommandLine::unexpected, CommandLine::unexpected),
                new Secrets());
        int exitCode = Cli.run(List.of(args), session, Program.of(pipelines));
        return new Result(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private static void unexpected(int exitCode) {
        throw new AssertionError("nothing in this test sends a signal, yet the process was to end with " + exitCode);
    }
}
