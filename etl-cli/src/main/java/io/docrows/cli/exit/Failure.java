package io.docrows.cli.exit;

import io.docrows.cli.config.InvalidConfigurationException;
import io.docrows.cli.logging.OneLine;
import io.docrows.cli.session.Secrets;
import io.docrows.cli.session.Session;
import io.docrows.embedded.EmbeddedServerException;
import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.docrows.report.RunFailedException;
import io.docrows.report.RunReport;
import io.docrows.text.ForeignText;
import java.util.Arrays;
import java.util.Optional;

/**
 * What a person is told about an exception.
 *
 * @param exitCode the command's exit code
 * @param code the stable name of what went wrong
 * @param message what is wrong, and what to do; printable, without secrets, one line unless many things are wrong
 * @param report what was done before it went wrong
 */
public record Failure(int exitCode, String code, String message, Optional<RunReport> report) {

    /** What the command line itself does not foresee; of what the library does not, the code is {@code INTERNAL}. */
    private static final String UNFORESEEN = "INTERNAL_ERROR";

    private static final String OURS = "io.docrows.";

    /**
     * What a person is told.
     *
     * @param e what was thrown
     * @param secrets what must not be told
     * @return what is wrong with what is outside of this program, or that this program has a defect
     */
    public static Failure of(Throwable e, Secrets secrets) {
        if (e instanceof DocrowsException known) {
            return new Failure(
                    ExitCode.of(known.code()),
                    known.code().name(),
                    OneLine.of(ForeignWords.masked(known, secrets)),
                    report(known));
        }
        if (e instanceof EmbeddedServerException) {
            return new Failure(
                    ExitCode.TARGET,
                    "TARGET_UNAVAILABLE",
                    OneLine.of(String.valueOf(e.getMessage())),
                    Optional.empty());
        }
        if (e instanceof InvalidConfigurationException) {
            return new Failure(
                    ExitCode.USAGE,
                    ErrorCode.INVALID_OPTION.name(),
                    ForeignText.printableLines(String.valueOf(e.getMessage())),
                    Optional.empty());
        }
        if (memory(e)) {
            return new Failure(
                    ExitCode.INTERNAL,
                    ErrorCode.INTERNAL.name(),
                    "out of memory: Java's heap is limited to "
                            + (Runtime.getRuntime().maxMemory() >> 20)
                            + " MB. Give it more, as in ETL_JAVA_OPTS=-Xmx2g ./etl or java -Xmx2g -jar",
                    Optional.empty());
        }
        return new Failure(
                ExitCode.INTERNAL,
                UNFORESEEN,
                e.getClass().getName()
                        + place(e)
                        + "; this is a defect: repeat the command with --log-level debug and report its output. Check"
                        + " it first: messages of exceptions may quote values",
                Optional.empty());
    }

    /** Where it was thrown. Its message may quote a document's values, so only the debug level prints that. */
    private static String place(Throwable e) {
        StackTraceElement[] frames = e.getStackTrace();
        return Arrays.stream(frames)
                .filter(frame -> frame.getClassName().startsWith(OURS))
                .findFirst()
                .or(() -> Arrays.stream(frames).findFirst())
                .map(frame -> " at " + frame)
                .orElse("");
    }

    private static Optional<RunReport> report(DocrowsException failure) {
        return failure instanceof RunFailedException run ? Optional.of(run.report()) : Optional.empty();
    }

    /**
     * Says what was thrown outside of a command as what is thrown within one is said: in one line, without secrets.
     *
     * @param e what was thrown
     * @param session where to say it
     * @return the exit code
     */
    public static int tell(Throwable e, Session session) {
        Failure failure = of(e, session.secrets());
        session.err().println("etl: " + failure.message());
        return failure.exitCode();
    }

    private static boolean memory(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof OutOfMemoryError) {
                return true;
            }
        }
        return false;
    }
}
