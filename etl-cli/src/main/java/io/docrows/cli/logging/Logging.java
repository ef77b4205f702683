package io.docrows.cli.logging;

import io.docrows.cli.session.Secrets;
import java.io.OutputStream;
import org.slf4j.LoggerFactory;

/**
 * Sets up Logback from code: the level and the format are options of every command, and the stream is the command's.
 * What the libraries underneath have to say is kept to warnings at every level: none of it is about documents and rows.
 * A program in which something else logs, such as Spark, sets that up itself.
 */
public final class Logging {

    private static final String LOGBACK = "ch.qos.logback.classic.LoggerContext";

    /** Held on to: java.util.logging forgets the levels of loggers that nobody holds. */
    private static final java.util.logging.Logger DRIVER = java.util.logging.Logger.getLogger("org.postgresql");

    private Logging() {}

    /**
     * Starts logging anew.
     *
     * @param format how lines are written
     * @param level the level of this project's own loggers
     * @param stream where lines go; not closed
     * @param secrets what is masked in the words of libraries
     */
    public static void start(LogFormat format, LogLevel level, OutputStream stream, Secrets secrets) {
        // The driver logs failures that it also throws.
        DRIVER.setLevel(java.util.logging.Level.OFF);
        if (LoggerFactory.getILoggerFactory().getClass().getName().equals(LOGBACK)) {
            LogbackLogging.start(format, level, stream, secrets);
        }
    }
}
