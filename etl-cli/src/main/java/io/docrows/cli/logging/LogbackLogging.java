package io.docrows.cli.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.EncoderBase;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import io.docrows.cli.session.Secrets;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What only a program with Logback can load: the logging of a command that is a program of its own. */
final class LogbackLogging {

    private static final List<String> LIBRARIES =
            List.of("com.zaxxer", "de.bwaldvogel", "io.netty", "io.zonky", "org.jline", "org.jooq", "org.mongodb");

    private LogbackLogging() {}

    static void start(LogFormat format, LogLevel level, OutputStream stream, Secrets secrets) {
        if (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) {
            return;
        }
        context.reset();
        OutputStreamAppender<ILoggingEvent> appender = new OutputStreamAppender<>();
        appender.setContext(context);
        appender.setName("stderr");
        appender.setEncoder(encoder(format, level, context, secrets));
        appender.setOutputStream(new UnclosedStream(stream));
        appender.start();
        ch.qos.logback.classic.Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.WARN);
        root.addAppender(appender);
        context.getLogger("io.docrows").setLevel(Level.toLevel(level.name()));
        LIBRARIES.forEach(
                library -> context.getLogger(library).setLevel(level == LogLevel.ERROR ? Level.ERROR : Level.WARN));
        // The embedded server warns with every change stream that it ignores the batch size.
        context.getLogger("de.bwaldvogel.mongo.backend.aggregation.Aggregation").setLevel(Level.ERROR);
        // Flyway, like the driver, logs failures that it also throws.
        context.getLogger("org.flywaydb").setLevel(level.showsStackTraces() ? Level.WARN : Level.OFF);
    }

    private static Encoder<ILoggingEvent> encoder(
            LogFormat format, LogLevel level, LoggerContext context, Secrets secrets) {
        EncoderBase<ILoggingEvent> encoder = format == LogFormat.JSON
                ? new JsonLines(level.showsStackTraces(), secrets)
                : text(level, context, secrets);
        encoder.setContext(context);
        encoder.start();
        return encoder;
    }

    private static EncoderBase<ILoggingEvent> text(LogLevel level, LoggerContext context, Secrets secrets) {
        TextLayout layout = new TextLayout(level.showsStackTraces(), secrets);
        layout.setContext(context);
        layout.start();
        LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
        encoder.setCharset(StandardCharsets.UTF_8);
        encoder.setLayout(layout);
        return encoder;
    }
}
