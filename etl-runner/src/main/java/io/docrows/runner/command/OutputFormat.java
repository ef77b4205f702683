package io.docrows.runner.command;

/** How a command prints its result. */
enum OutputFormat {
    /** Tables for people. */
    TEXT,
    /** One JSON object for programs. */
    JSON
}
