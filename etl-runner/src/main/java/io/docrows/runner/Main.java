package io.docrows.runner;

import io.docrows.runner.exit.Failure;
import io.docrows.runner.session.Interruption;
import io.docrows.runner.session.Secrets;
import io.docrows.runner.session.Session;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** The program. */
public final class Main {

    static {
        // Read by jOOQ when its first class is loaded.
        System.setProperty("org.jooq.no-logo", "true");
        System.setProperty("org.jooq.no-tips", "true");
    }

    private Main() {}

    /**
     * Runs a command and ends the process with its exit code.
     *
     * @param args the command and its options
     */
    public static void main(String[] args) {
        PrintStream out = stream(FileDescriptor.out);
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
        int exitCode = run(List.of(args), session);
        out.flush();
        err.flush();
        System.exit(exitCode);
    }

    /**
     * Runs a command.
     *
     * @param args the command and its options
     * @param session what it takes from its process
     * @return its exit code
     */
    public static int run(List<String> args, Session session) {
        try {
            return EtlCommand.line(session, args).execute(args.toArray(String[]::new));
        } catch (RuntimeException | Error e) {
            return Failure.tell(e, session);
        }
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
