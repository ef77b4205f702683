package io.docrows.spark.hadoop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.docrows.source.DocumentReader;
import io.docrows.source.DocumentSource;
import io.docrows.source.Partition;
import io.docrows.source.ReadRequest;
import io.docrows.source.file.FileSources;
import io.docrows.source.json.JsonOptions;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is read through Hadoop is what is read from the disk: here both are the same disk. */
final class HadoopFilesIT {

    /** A document with an _id only: the number goes into its four last bytes but one. */
    private static byte[] document(int id) {
        return ByteBuffer.allocate(14)
                .order(java.nio.ByteOrder.LITTLE_ENDIAN)
                .putInt(14)
                .put((byte) 0x10)
                .put("_id\0".getBytes(java.nio.charset.StandardCharsets.US_ASCII))
                .putInt(id)
                .put((byte) 0)
                .array();
    }

    private static byte[] documents(int number) {
        ByteBuffer all = ByteBuffer.allocate(14 * number);
        for (int i = 0; i < number; i++) {
            all.put(document(i));
        }
        return all.array();
    }

    private static Path hadoop(Path path) throws IOException {
        return HadoopFiles.path(path.toUri().toString(), new Configuration(false));
    }

    private static DocumentSource open(Path path) {
        return FileSources.open(path, Optional.empty(), JsonOptions.defaults());
    }

    private static List<String> read(DocumentSource source, int partitions) {
        List<String> all = new ArrayList<>();
        try (source) {
            for (String collection : source.collections()) {
                for (Partition partition : source.partitions(collection, new ReadRequest(List.of(), partitions))) {
                    byte[] position = null;
                    DocumentReader reader = source.open(partition, null);
                    // One document by a reader of its own, as after an interruption.
                    byte[] first = reader.read();
                    position = reader.position();
                    reader.close();
                    all.add(collection + HexFormat.of().formatHex(first == null ? new byte[0] : first));
                    try (DocumentReader rest = source.open(partition, position)) {
                        for (byte[] next = rest.read(); next != null; next = rest.read()) {
                            all.add(collection + HexFormat.of().formatHex(next));
                        }
                    }
                }
            }
        }
        return all;
    }

    @Test
    void readsDumpsAndJsonAsFromTheDisk(@TempDir Path directory) throws IOException {
        Path dump = Files.createDirectories(directory.resolve("dump/shop"));
        Files.write(dump.resolve("large.bson"), documents(1_250_000));
        Files.writeString(dump.resolve("large.metadata.json"), "{\"type\": \"collection\"}");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(dump.resolve("packed.bson.gz")))) {
            out.write(documents(500));
        }
        Path json = Files.createDirectories(directory.resolve("json"));
        Files.writeString(json.resolve("things.jsonl"), "{\"_id\": 1}\n{\"_id\": 2, \"name\": \"ä\"}\n");

        assertThat(read(open(hadoop(directory.resolve("dump"))), 4))
                .hasSize(1_250_500)
                .isEqualTo(read(open(directory.resolve("dump")), 4));
        assertThat(read(open(hadoop(json)), 1)).hasSize(2).isEqualTo(read(open(json), 1));
        assertThat(open(hadoop(json)).description()).startsWith("json:file://").endsWith("/json");
    }

    @Test
    void saysWhatIsNotThere(@TempDir Path directory) throws IOException {
        Path missing = hadoop(directory.resolve("none"));

        assertThatThrownBy(() -> open(missing))
                .isInstanceOfSatisfying(
                        DocrowsException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SOURCE_UNAVAILABLE));
        assertThatThrownBy(() -> Files.size(missing)).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> Files.delete(missing)).isInstanceOf(ReadOnlyFileSystemException.class);
    }

    @Test
    void pathsAreThoseOfEveryFileSystem(@TempDir Path directory) throws IOException {
        Path root = hadoop(directory);
        Path file = root.resolve("a").resolve("b.json");

        assertThat(file.getFileName()).hasToString("b.json");
        assertThat(file.getParent()).isEqualTo(root.resolve("a"));
        assertThat(root.relativize(file)).hasToString("a/b.json");
        assertThat(root.resolve("x/../a/./b.json").normalize()).isEqualTo(file);
        assertThat(file.startsWith(root)).isTrue();
        assertThat(file.endsWith(file.getFileName())).isTrue();
        assertThat(root.equals(directory)).isFalse();
        assertThat(file.toUri().getScheme()).isEqualTo("file");
    }

    @Test
    void aChannelReadsAnywhere(@TempDir Path directory) throws IOException {
        Path path = directory.resolve("bytes");
        byte[] bytes = documents(100);
        Files.write(path, bytes);
        try (FileChannel channel = FileChannel.open(hadoop(path))) {
            ByteBuffer some = ByteBuffer.allocate(14);
            channel.read(some, 14 * 7);

            assertThat(some.array()).isEqualTo(document(7));
            assertThat(channel.position()).isZero();
            assertThat(channel.size()).isEqualTo(bytes.length);
            assertThat(channel.position(bytes.length + 5L).read(ByteBuffer.allocate(1)))
                    .isEqualTo(-1);
        }
    }
}
