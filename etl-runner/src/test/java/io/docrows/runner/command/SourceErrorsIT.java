package io.docrows.runner.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.runner.testing.Etl;
import io.docrows.runner.testing.Etl.Result;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is wrong with a source: one line that says what to do, without the password, and no target is touched. */
final class SourceErrorsIT {

    private static final String SECRET = "sEcret-word";

    @TempDir
    Path directory;

    private String line(int exitCode, String source, String... more) {
        String[] args = new String[5 + more.length];
        System.arraycopy(new String[] {"run", "--target", "embedded:pg", "--source", source}, 0, args, 0, 5);
        System.arraycopy(more, 0, args, 5, more.length);
        Result result = Etl.in(directory).run(args);
        assertThat(result.exitCode()).as(result.err()).isEqualTo(exitCode);
        assertThat(result.out() + result.err()).doesNotContain(SECRET);
        assertThat(directory.resolve("pg")).doesNotExist();
        return result.errorLine();
    }

    @Test
    void unknownScheme() {
        assertThat(line(2, "http://ann:" + SECRET + "@h/x")).contains("mongodb://HOST/DATABASE");
    }

    @Test
    void missingDump() {
        assertThat(line(3, "nowhere")).contains(directory.resolve("nowhere").toString());
    }

    @Test
    void directoryWithoutDump() throws IOException {
        Files.createDirectory(directory.resolve("empty"));
        assertThat(line(3, "dump:empty")).contains("no .bson file");
    }

    @Test
    void databaseTheDumpDoesNotHold() {
        assertThat(line(2, Etl.SAMPLES.resolve("gigs").toString(), "--database", "other"))
                .contains("other");
    }

    @Test
    void nobodyListening() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        assertThat(line(3, "mongodb://ann:" + SECRET + "@localhost:" + port + "/x?serverSelectionTimeoutMS=300"))
                .contains("localhost:" + port, "cannot be reached");
    }

    @Test
    void uriWithoutDatabase() {
        assertThat(line(2, "mongodb://ann:" + SECRET + "@localhost")).contains("names no database");
    }

    @Test
    void uriThatIsNone() {
        assertThat(line(2, "mongodb://ann:" + SECRET + "@h:port/x")).contains("not valid");
    }
}
