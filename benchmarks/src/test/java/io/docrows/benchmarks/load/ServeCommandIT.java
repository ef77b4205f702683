package io.docrows.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The command that {@code benchmarks/peers/compare} starts. */
final class ServeCommandIT {

    @TempDir
    Path directory = Path.of("");

    @Tag("long")
    @Test
    void saysWhereTheServersAreAndWhatMustComeOfTheDump() {
        StringWriter out = new StringWriter();
        int exitCode = new CommandLine(new ServeCommand(InputStream.nullInputStream()))
                .setOut(new PrintWriter(out, true))
                .execute("--documents", "300", "--directory", directory.toString());
        assertThat(exitCode).isZero();
        JsonNode served = JsonMapper.shared().readTree(out.toString());
        assertThat(served.path("mongodb").asString()).startsWith("mongodb://127.0.0.1:");
        assertThat(served.path("postgresql").asString()).startsWith("postgres://postgres:");
        assertThat(served.path("documents").asInt()).isEqualTo(300);
        assertThat(Path.of(served.path("dump").asString()).resolve("users.bson"))
                .isNotEmptyFile();
        JsonNode gigs = served.path("tables").path("gigs");
        assertThat(gigs.path("original").path("count").asInt()).isEqualTo(200);
        assertThat(gigs.path("changed").path("checksum").asString())
                .isNotEqualTo(gigs.path("original").path("checksum").asString());
    }
}
