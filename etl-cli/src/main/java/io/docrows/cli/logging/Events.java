package io.docrows.cli.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import io.docrows.cli.session.Secrets;
import io.docrows.text.ForeignText;

/** What log events say, as it may be printed. */
final class Events {

    private static final String OWN = "io.docrows.";

    private Events() {}

    /** Masked if it is in the words of a library: what this project says holds no secret, and keeps its words. */
    static String message(ILoggingEvent event, Secrets secrets) {
        String message = String.valueOf(event.getFormattedMessage());
        return event.getLoggerName().startsWith(OWN) ? ForeignText.printable(message) : OneLine.of(message, secrets);
    }

    /** With the exception that belongs to the event, or empty. */
    static String stackTrace(ILoggingEvent event, Secrets secrets) {
        return event.getThrowableProxy() instanceof ThrowableProxy proxy
                ? StackTrace.of(proxy.getThrowable(), secrets)
                : "";
    }
}
