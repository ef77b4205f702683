package io.docrows.cli.option;

import io.docrows.cli.logging.LogFormat;
import io.docrows.cli.logging.LogLevel;
import picocli.CommandLine.Option;

/** What every command takes. */
public final class LogOptions {

    @Option(
            names = "--log-format",
            order = 100,
            paramLabel = "text|json",
            defaultValue = "text",
            description = "How log lines on standard error are written (default: text).")
    LogFormat format = LogFormat.TEXT;

    @Option(
            names = "--log-level",
            order = 101,
            paramLabel = "LEVEL",
            defaultValue = "info",
            description = "error, warn, info, debug or trace (default: info); debug adds the stack traces of errors.")
    LogLevel level = LogLevel.INFO;

    /** Options as they are when nothing is given. */
    public LogOptions() {}

    /**
     * How log lines are written.
     *
     * @return text or JSON
     */
    public LogFormat format() {
        return format;
    }

    /**
     * What is logged.
     *
     * @return the least of what is
     */
    public LogLevel level() {
        return level;
    }
}
