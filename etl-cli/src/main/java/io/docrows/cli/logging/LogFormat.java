package io.docrows.cli.logging;

/** How log lines are written. */
public enum LogFormat {
    /** Short lines for people. */
    TEXT,
    /** One JSON object a line, for programs. */
    JSON
}
