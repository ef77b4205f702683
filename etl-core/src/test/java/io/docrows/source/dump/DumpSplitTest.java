package io.docrows.source.dump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.docrows.error.DocrowsException;
import io.docrows.source.DocumentReader;
import io.docrows.source.Partition;
import io.docrows.source.ReadRequest;
import io.docrows.source.internal.BsonBytes;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Plain files in several partitions. */
@Tag("long")
final class DumpSplitTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path root;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 16, 64})
    void largeFilesAreReadOnceInEveryNumberOfPartitions(int parts) throws IOException {
        Path file = large(17 << 20, 1_000);
        DumpSource source = DumpSource.open(file);
        List<Partition> partitions = source.partitions("large", new ReadRequest(List.of(), parts));
        assertThat(partitions).hasSize(parts);
        List<Integer> numbers = new ArrayList<>();
        long largest = 0;
        for (Partition partition : partitions) {
            long bytes = 0;
            try (DocumentReader reader = source.open(partition, null)) {
                for (byte[] document = reader.read(); document != null; document = reader.read()) {
                    numbers.add(number(document));
                    bytes += document.length;
                }
            }
            largest = Math.max(largest, bytes);
        }
        assertThat(numbers).hasSize(count(file));
        for (int i = 0; i < numbers.size(); i++) {
            assertThat(numbers.get(i)).isEqualTo(i);
        }
        assertThat(largest).isLessThan((17 << 20) / parts + 2_000L);
        assertThat(source.estimatedCount("large").orElse(0)).isBetween(count(file) * 9L / 10, count(file) * 11L / 10);
    }

    @Test
    void smallFilesAreOnePartition() throws IOException {
        DumpSource source = DumpSource.open(large(1 << 20, 300));
        assertThat(source.partitions("large", new ReadRequest(List.of(), 8))).hasSize(1);
    }

    @Test
    void whatIsBehindDamageIsInTheLastPartition() throws IOException {
        Path file = large(17 << 20, 1_000);
        int total = count(file);
        List<Integer> before = new ArrayList<>();
        try (RandomAccessFile raw = new RandomAccessFile(file.toFile(), "rw")) {
            long middle = boundaryAt(file, 17 << 19);
            raw.seek(middle);
            raw.writeInt(-1);
        }
        DumpSource source = DumpSource.open(file);
        List<Partition> partitions = source.partitions("large", new ReadRequest(List.of(), 8));
        assertThat(partitions).hasSizeBetween(4, 5);
        for (Partition partition : partitions) {
            try (DocumentReader reader = source.open(partition, null)) {
                if (partition.number() < partitions.size() - 1) {
                    for (byte[] document = reader.read(); document != null; document = reader.read()) {
                        before.add(number(document));
                    }
                } else {
                    assertThatThrownBy(() -> {
                                for (byte[] document = reader.read(); document != null; document = reader.read()) {
                                    before.add(number(document));
                                }
                            })
                            .isInstanceOf(DocrowsException.class)
                            .hasMessageContaining("damaged at byte");
                }
            }
        }
        assertThat(before.size()).isBetween(total / 2 - 10, total / 2 + 10);
        for (int i = 0; i < before.size(); i++) {
            assertThat(before.get(i)).isEqualTo(i);
        }
    }

    @Test
    void aPartitionGoesOnWithinItsRange() throws IOException {
        DumpSource source = DumpSource.open(large(17 << 20, 4_000));
        Partition second =
                source.partitions("large", new ReadRequest(List.of(), 3)).get(1);
        List<Integer> all = new ArrayList<>();
        byte[] middle = null;
        try (DocumentReader reader = source.open(second, null)) {
            for (byte[] document = reader.read(); document != null; document = reader.read()) {
                all.add(number(document));
                middle = all.size() == 500 ? reader.position() : middle;
            }
        }
        List<Integer> rest = new ArrayList<>();
        try (DocumentReader reader = source.open(second, middle)) {
            for (byte[] document = reader.read(); document != null; document = reader.read()) {
                rest.add(number(document));
            }
        }
        assertThat(rest).isEqualTo(all.subList(500, all.size()));
    }

    @Test
    void documentsLargerThanEveryBuffer() throws IOException {
        Path file = root.resolve("huge.bson");
        List<byte[]> documents = new ArrayList<>();
        try (DumpWriter writer = DumpWriter.create(file)) {
            for (int size : new int[] {16 << 20, 5_000, (16 << 20) + (16 << 10), 300_000, 100}) {
                documents.add(DumpFiles.documentOf(size));
                writer.write(documents.get(documents.size() - 1));
            }
        }
        assertThat(DumpFiles.read(file, "huge").documents()).containsExactlyElementsOf(documents);
        DumpSource source = DumpSource.open(file);
        List<Partition> partitions = source.partitions("huge", new ReadRequest(List.of(), 50));
        assertThat(partitions).hasSizeBetween(2, 5);
    }

    @Test
    void cutsNothingWhereNothingCanBeCut() throws IOException {
        Path file = DumpFiles.write(root.resolve("x.bson"), new byte[] {1, 2, 3});
        try (FileChannel channel = FileChannel.open(file)) {
            assertThat(new BoundaryScan(channel, 3).cuts(4)).containsExactly(0L);
        }
    }

    private Path large(int bytes, int each) throws IOException {
        Path file = root.resolve("large.bson");
        long written = 0;
        try (DumpWriter writer = DumpWriter.create(file)) {
            for (int i = 0; written < bytes; i++) {
                byte[] document = BsonBytes.encode(new BsonDocument("_id", new BsonInt64(i))
                        .append("n", new BsonInt32(i))
                        .append("text", new BsonString("z".repeat(each - 60 + i % 31))));
                writer.write(document);
                written += document.length;
            }
        }
        return file;
    }

    private static int count(Path file) {
        return DumpFiles.read(file, "large").documents().size();
    }

    private static long boundaryAt(Path file, long from) {
        long offset = 0;
        for (byte[] document : DumpFiles.read(file, "large").documents()) {
            if (offset >= from) {
                break;
            }
            offset += document.length;
        }
        return offset;
    }

    private static int number(byte[] document) {
        return BsonBytes.decode(document).getInt32("n").getValue();
    }
}
