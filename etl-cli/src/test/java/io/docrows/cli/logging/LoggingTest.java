package io.docrows.cli.logging;

import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.cli.session.Secrets;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class LoggingTest {

    private final ByteArrayOutputStream stream = new ByteArrayOutputStream();

    private String log(LogFormat format, LogLevel level) {
        Logging.start(format, level, stream, new Secrets());
        LoggerFactory.getLogger("io.docrows.test").info("own", new IllegalStateException("trace"));
        LoggerFactory.getLogger("org.flywaydb.test").info("library");
        return stream.toString(StandardCharsets.UTF_8);
    }

    @Test
    void keepsLibrariesQuietAndHidesStackTraces() {
        assertThat(log(LogFormat.TEXT, LogLevel.INFO)).matches("\\d\\d:\\d\\d:\\d\\d INFO  own\\R");
    }

    @Test
    void showsStackTracesWhenDebugging() {
        assertThat(log(LogFormat.TEXT, LogLevel.DEBUG))
                .contains("IllegalStateException: trace")
                .contains("\tat ");
    }

    @Test
    void hearsOnlyWhatIsAskedFor() {
        assertThat(log(LogFormat.TEXT, LogLevel.WARN)).isEmpty();
    }

    @Test
    void writesOneJsonObjectALine() {
        JsonNode line = JsonMapper.shared().readTree(log(LogFormat.JSON, LogLevel.INFO));
        assertThat(line.get("message").asString()).isEqualTo("own");
        assertThat(line.get("level").asString()).isEqualTo("INFO");
        assertThat(line.has("stack_trace")).isFalse();
    }
}
