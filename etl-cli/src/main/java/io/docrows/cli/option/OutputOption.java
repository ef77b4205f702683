package io.docrows.cli.option;

import picocli.CommandLine.Option;

/** How the result is printed. */
public final class OutputOption {

    @Option(
            names = "--output",
            paramLabel = "text|json",
            defaultValue = "text",
            description = "How the result on standard output is written (default: text).")
    OutputFormat format = OutputFormat.TEXT;

    /** Text, unless something else is given. */
    public OutputOption() {}

    /**
     * Whether the result is one JSON object.
     *
     * @return true for JSON, false for text
     */
    public boolean json() {
        return format == OutputFormat.JSON;
    }
}
