package io.docrows.cli;

import io.docrows.PipelineProvider;
import io.docrows.cli.exit.ExitCode;
import io.docrows.cli.exit.Failure;
import io.docrows.cli.logging.LogFormat;
import io.docrows.cli.logging.LogLevel;
import io.docrows.cli.logging.Logging;
import io.docrows.cli.output.BuildVersion;
import io.docrows.cli.program.Program;
import io.docrows.cli.session.Interruption;
import io.docrows.cli.session.Secrets;
import io.docrows.cli.session.Session;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import picocli.CommandLine;

/**
 * The whole command line, for any pipeline. As a main class it runs the pipelines that {@link java.util.ServiceLoader}
 * finds on the class path:
 *
 * <pre>{@code java -cp 'shop.jar:lib/*' io.docrows.cli.Cli run --source dump/shop --target postgresql://localhost/shop}
 * </pre>
 */
public final class Cli {

    private static final Set<String> VERSION = Set.of("--version", "-V");

    static {
        // Read by jOOQ when its first class is loaded.
        System.setProperty("org.jooq.no-logo", "true");
        System.setProperty("org.jooq.no-tips", "true");
    }

    private Cli() {}

    /**
     * Runs a command for the pipelines on the class path, and ends the process with its exit code.
     *
     * @param args the command and its options
     */
    public static void main(String[] args) {
        main(args, () -> Program.of(Program.discovered()));
    }

    /**
     * Runs a command, and ends the process with its exit code.
     *
     * @param args the command and its options
     * @param program makes what the command line is made of. It is asked once logging is set up, so that libraries
     *     print nothing of their own, and what it throws is told in one line
     */
    public static void main(String[] args, Supplier<Program> program) {
        System.exit(run(args, program));
    }

    /**
     * Runs a command for some pipelines. The process goes on afterwards, but its SIGINT and SIGTERM are the command's.
     *
     * @param args the command and its options
     * @param pipelines the pipelines
     * @return the exit code
     */
    public static int run(String[] args, PipelineProvider... pipelines) {
        return run(args, () -> Program.of(List.of(pipelines)));
    }

    private static int run(String[] args, Supplier<Program> program) {
        PrintStream out = stream(FileDescriptor.out);
        if (args.length == 1 && VERSION.contains(args[0])) {
            // Before anything is set up that a version does not need, which is nearly all that such a command would do.
            BuildVersion.lines().forEach(out::println);
            return ExitCode.DONE;
        }
        PrintStream err = stream(FileDescriptor.err);
        Session session = new Session(
                out,
                err,
                System.getenv(),
                Path.of("").toAbsolutePath(),
                isTerminal(),
                Interruption.ofProcess(err),
                new Secrets());
        Thread.setDefaultUncaughtExceptionHandler((thread, e) -> Failure.tell(e, session));
        int exitCode = run(List.of(args), session, program);
        out.flush();
        err.flush();
        return exitCode;
    }

    private static int run(List<String> args, Session session, Supplier<Program> program) {
        try {
            // Until the command has read its options: what Java's logging does by default is write to standard output.
            Logging.start(LogFormat.TEXT, LogLevel.WARN, session.err(), session.secrets());
            return run(args, session, program.get());
        } catch (RuntimeException | Error e) {
            return Failure.tell(e, session);
        }
    }

    /**
     * Runs a command.
     *
     * @param args the command and its options
     * @param session what it takes from its process
     * @param program what the command line is made of
     * @return its exit code
     */
    public static int run(List<String> args, Session session, Program program) {
        try {
            return EtlCommand.line(session, args, program).execute(args.toArray(String[]::new));
        } catch (RuntimeException | Error e) {
            return Failure.tell(e, session);
        }
    }

    /**
     * All commands, as they are before anything is configured; none of them is run.
     *
     * @param session what the commands take from their process
     * @param program what the command line is made of
     * @return the commands
     */
    public static CommandLine commands(Session session, Program program) {
        return EtlCommand.commands(session, program);
    }

    /** UTF-8 whatever the locale: results are compared and read by programs. */
    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }

    /**
     * The launcher knows about standard error alone. Without it, Java up to 21 tells about input and output together,
     * and later ones have a console in any case: there, log lines are the safe choice.
     */
    @SuppressWarnings("SystemConsoleNull")
    private static boolean isTerminal() {
        String told = System.getProperty("docrows.terminal");
        boolean terminal = told == null
                ? Runtime.version().feature() < 22 && System.console() != null
                : Boolean.parseBoolean(told);
        return terminal && !"dumb".equals(System.getenv("TERM"));
    }
}
