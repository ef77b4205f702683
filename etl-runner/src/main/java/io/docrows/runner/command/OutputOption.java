package io.docrows.runner.command;

import picocli.CommandLine.Option;

/** How the result is printed. */
final class OutputOption {

    @Option(
            names = "--output",
            paramLabel = "text|json",
            defaultValue = "text",
            description = "How the result on standard output is written (default: text).")
    OutputFormat format = OutputFormat.TEXT;

    boolean json() {
        return format == OutputFormat.JSON;
    }
}
