package io.docrows.cli.option;

/** How a command prints its result. */
enum OutputFormat {
    /** Tables for people. */
    TEXT,
    /** One JSON object for programs. */
    JSON
}
