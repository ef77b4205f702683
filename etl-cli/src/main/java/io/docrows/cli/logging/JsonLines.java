package io.docrows.cli.logging;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.classic.spi.ILoggingEvent;
import io.docrows.cli.session.Secrets;
import io.docrows.text.ForeignText;
import net.logstash.logback.composite.JsonWritingUtils;
import net.logstash.logback.composite.loggingevent.MessageJsonProvider;
import net.logstash.logback.encoder.LogstashEncoder;
import net.logstash.logback.stacktrace.ShortenedThrowableConverter;
import tools.jackson.core.JsonGenerator;

/**
 * One JSON object a line. The message is the one that people would read; fields hold text as it is, with JSON's own
 * escapes in place of what a terminal would obey or hide.
 */
final class JsonLines extends LogstashEncoder {

    JsonLines(boolean stackTraces, Secrets secrets) {
        setVersion(null);
        getFieldNames().setMessage("[ignore]");
        addProvider(new Message(secrets));
        if (stackTraces) {
            setThrowableConverter(new Trace(secrets));
        } else {
            getFieldNames().setStackTrace("[ignore]");
        }
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        // Outside of its strings JSON is plain ASCII, but for the line feed at its end.
        return ForeignText.printableLines(new String(super.encode(event), UTF_8))
                .getBytes(UTF_8);
    }

    private static final class Message extends MessageJsonProvider {

        private final Secrets secrets;

        Message(Secrets secrets) {
            this.secrets = secrets;
        }

        @Override
        public void writeTo(JsonGenerator generator, ILoggingEvent event) {
            JsonWritingUtils.writeStringField(generator, "message", Events.message(event, secrets));
        }
    }

    private static final class Trace extends ShortenedThrowableConverter {

        private final Secrets secrets;

        Trace(Secrets secrets) {
            this.secrets = secrets;
        }

        @Override
        public String convert(ILoggingEvent event) {
            return Events.stackTrace(event, secrets);
        }
    }
}
