package io.docrows.cli.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.LayoutBase;
import io.docrows.cli.session.Secrets;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Short lines for people: the time, the level, what happened, and with stack traces where. */
final class TextLayout extends LayoutBase<ILoggingEvent> {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneId.systemDefault());

    private final boolean stackTraces;
    private final Secrets secrets;

    TextLayout(boolean stackTraces, Secrets secrets) {
        this.stackTraces = stackTraces;
        this.secrets = secrets;
    }

    @Override
    public String doLayout(ILoggingEvent event) {
        String line = String.format(
                Locale.ROOT,
                "%s %-5s %s%n",
                TIME.format(event.getInstant()),
                event.getLevel(),
                Events.message(event, secrets));
        return stackTraces ? line + Events.stackTrace(event, secrets) : line;
    }
}
