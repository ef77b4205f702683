package io.docrows.cli.logging;

/** How much is logged. */
public enum LogLevel {
    /** What made a command fail. */
    ERROR,
    /** And what it got over. */
    WARN,
    /** And what it does. */
    INFO,
    /** And how, with stack traces of errors. */
    DEBUG,
    /** And everything else this project can tell. */
    TRACE;

    /**
     * Whether errors are shown with where they come from.
     *
     * @return true for {@link #DEBUG} and {@link #TRACE}
     */
    public boolean showsStackTraces() {
        return compareTo(DEBUG) >= 0;
    }
}
