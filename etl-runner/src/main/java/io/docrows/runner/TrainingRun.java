package io.docrows.runner;

import io.docrows.cli.Cli;
import io.docrows.cli.connection.TargetAddress;
import io.docrows.cli.session.Interruption;
import io.docrows.cli.session.Secrets;
import io.docrows.cli.session.Session;
import io.docrows.embedded.PostgresServer;
import io.docrows.runner.demo.SampleDump;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;

/**
 * Does once what the usual commands do, on the sample documents and embedded servers. Java can write down meanwhile
 * which classes that takes ({@code -XX:ArchiveClassesAtExit}, from Java 25 on {@code -XX:AOTCacheOutput}), and starts
 * faster from such an archive ({@code -XX:SharedArchiveFile}, {@code -XX:AOTCache}). Prints nothing but what commands
 * that fail have to say.
 */
public final class TrainingRun {

    private final Path directory;
    private final PrintStream errors;
    private final Interruption interruption;
    private int worst;

    private TrainingRun(Path directory, PrintStream errors, Interruption interruption) {
        this.directory = directory;
        this.errors = errors;
        this.interruption = interruption;
    }

    /**
     * Runs the commands and ends the process: with 130 if it was interrupted, otherwise with the highest exit code of
     * all commands. Whatever it is, the classes of those that worked were loaded.
     *
     * @param args a directory that exists, in which a database stays behind
     * @throws SQLException if the embedded PostgreSQL refuses a change
     */
    public static void main(String[] args) throws SQLException {
        System.exit(run(Path.of(args[0]).toAbsolutePath(), System.err, Interruption.ofProcess(System.err)));
    }

    /**
     * Runs the commands.
     *
     * @param directory exists; a database stays behind in it
     * @param errors where to say what commands say that fail
     * @param interruption what signals do
     * @return 130 if it was interrupted, otherwise the highest exit code of all commands
     * @throws SQLException if the embedded PostgreSQL refuses a change
     */
    static int run(Path directory, PrintStream errors, Interruption interruption) throws SQLException {
        return new TrainingRun(directory, errors, interruption).run();
    }

    private int run() throws SQLException {
        command(true, "--version");
        command(true, "--help");
        command(true, "demo");
        Path data = directory.resolve(TargetAddress.DEFAULT_DIRECTORY);
        try (SampleDump dump = SampleDump.unpack();
                PostgresServer server = PostgresServer.persistent(data)) {
            String source = "dump:" + dump.directory();
            String target = server.connectionUri();
            change(server);
            command(false, "run", "--source", source, "--target", target);
            command(true, "run", "--source", source, "--target", target, "--output", "json", "--log-format", "json");
            command(false, "plan", "--source", source, "--target", target);
            command(false, "verify", "--source", source, "--target", target);
            command(false, "status", "--target", target);
            command(false, "tables", "--target", target);
            command(false, "rejects", "list", "--target", target);
            command(true, "inspect", "--source", source);
            command(false, "inspect", "--source", source, "--output", "json");
        }
        return worst;
    }

    private void command(boolean terminal, String... args) {
        if (worst == Interruption.EXIT_CODE) {
            return;
        }
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        Session session = new Session(
                new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8),
                new PrintStream(said, true, StandardCharsets.UTF_8),
                Map.of(),
                directory,
                terminal,
                interruption,
                new Secrets());
        int exitCode = Cli.run(List.of(args), session, Main.program());
        worst = Math.max(worst, exitCode);
        if (exitCode != 0) {
            errors.println(String.join(" ", args) + " ended with exit code " + exitCode);
            errors.print(said.toString(StandardCharsets.UTF_8));
        }
    }

    /** Rows that differ from their documents, so that the next run has something to insert, to update and to leave. */
    private static void change(PostgresServer server) throws SQLException {
        try (Connection connection = server.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("UPDATE users SET name = 'x' WHERE id % 50 = 0");
            statement.execute("DELETE FROM gigs WHERE id % 50 = 0");
        }
    }
}
