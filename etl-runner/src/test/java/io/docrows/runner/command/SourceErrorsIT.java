package io.docrows.runner.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.runner.testing.Etl;
import io.docrows.runner.testing.Etl.Result;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
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

    @Test
    void idsNestedWithoutEnd() {
        assertThat(line(2, Etl.SAMPLES.resolve("gigs").toString(), "--ids", "{\"a\":[".repeat(20_000)))
                .startsWith("etl: --ids: ")
                .hasSizeLessThan(200);
    }

    @Test
    void anArchiveWhoseDescriptionsAreNestedWithoutEnd() throws IOException {
        int levels = 50_000;
        ByteBuffer archive = ByteBuffer.allocate(4 + 5 + 4 + 8 * levels + 5).order(ByteOrder.LITTLE_ENDIAN);
        archive.putInt(0x8199e26d).putInt(5).put((byte) 0);
        for (int level = levels; level > 0; level--) {
            archive.putInt(8 * level + 5).put((byte) 3).put((byte) 'a').put((byte) 0);
        }
        archive.putInt(5).position(archive.capacity() - 4).putInt(-1);
        Files.write(directory.resolve("deep.archive"), archive.array());
        assertThat(line(3, "deep.archive")).contains("deep.archive");
    }

    @Test
    void aDevice() {
        assertThat(line(3, "/dev/zero")).contains("neither a file nor a directory nor a pipe");
    }
}
