package io.docrows.source.dump;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.docrows.error.DocrowsException;
import io.docrows.source.DocumentReader;
import io.docrows.source.MixedDocuments;
import io.docrows.source.Partition;
import io.docrows.source.ReadRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import org.bson.BsonInt32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes before damage is read; the damage is reported with file and offset. */
final class DamageTest {

    private static final List<byte[]> DOCUMENTS = MixedDocuments.shuffled().subList(0, 6);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path root;

    @Test
    void aPlainFileCutAtEveryByte() {
        byte[] whole = DumpFiles.joined(DOCUMENTS);
        for (int size = 0; size <= whole.length; size++) {
            Path file = DumpFiles.write(root.resolve("cut.bson"), Arrays.copyOf(whole, size));
            DumpFiles.Outcome outcome = DumpFiles.read(file, "cut");
            int complete = completeUpTo(size);
            assertThat(outcome.documents()).as("cut at %d", size).hasSize(complete);
            int start = sizeOf(complete);
            if (start == size) {
                assertThat(outcome.error()).isEmpty();
            } else {
                assertThat(outcome.error())
                        .startsWith("SOURCE_CORRUPT: The dump file " + file + " is damaged at byte " + start + ": ")
                        .contains("ends after " + (size - start));
            }
        }
    }

    @Test
    void aCompressedFileCutAtEveryByte() {
        byte[] whole = DumpFiles.gzip(DumpFiles.joined(DOCUMENTS));
        for (int size = 0; size < whole.length; size++) {
            Path file = DumpFiles.write(root.resolve("cut.bson.gz"), Arrays.copyOf(whole, size));
            DumpFiles.Outcome outcome = DumpFiles.read(file, "cut");
            for (int i = 0; i < outcome.documents().size(); i++) {
                assertThat(outcome.documents().get(i)).isEqualTo(DOCUMENTS.get(i));
            }
            assertThat(outcome.error())
                    .as("cut at %d", size)
                    .contains(
                            "SOURCE_CORRUPT",
                            "damaged at byte " + sizeOf(outcome.documents().size()) + " of its uncompressed");
        }
        assertThat(DumpFiles.read(DumpFiles.write(root.resolve("cut.bson.gz"), whole), "cut")
                        .error())
                .isEmpty();
    }

    @Test
    void anArchiveCutAnywhere() {
        byte[] whole = ArchiveFile.interleaved(DOCUMENTS.subList(0, 3), DumpFiles.others());
        int prelude = new ArchiveFile()
                .collection("admin", "system.version")
                .collection("shop", "mixed")
                .collection("shop", "view", "view", "{\"options\":{\"viewOn\":\"mixed\"}}")
                .collection("shop", "other")
                .terminator()
                .size();
        int read = 3;
        for (int size = whole.length - 5; size >= prelude; size -= 3) {
            Path file = DumpFiles.write(root.resolve("cut.archive"), Arrays.copyOf(whole, size));
            DumpFiles.Outcome outcome = DumpFiles.read(file, "mixed");
            assertThat(outcome.error()).as("cut at %d", size).startsWith("SOURCE_CORRUPT");
            assertThat(outcome.documents().size()).isLessThanOrEqualTo(read);
            read = outcome.documents().size();
        }
        assertThat(read).isZero();
        for (int size = 4; size < prelude; size += 3) {
            Path file = DumpFiles.write(root.resolve("cut.archive"), Arrays.copyOf(whole, size));
            assertThatThrownBy(() -> DumpSource.open(file))
                    .isInstanceOf(DocrowsException.class)
                    .hasMessageContaining("is damaged at byte");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 4, -1, Integer.MIN_VALUE, Integer.MAX_VALUE, (48 << 20) + 1})
    void aLengthThatCannotBe(int length) {
        byte[] bytes = DumpFiles.joined(DOCUMENTS);
        int third = sizeOf(2);
        for (int i = 0; i < 4; i++) {
            bytes[third + i] = (byte) (length >> (8 * i));
        }
        DumpFiles.Outcome outcome = DumpFiles.read(DumpFiles.write(root.resolve("bad.bson"), bytes), "bad");
        assertThat(outcome.documents()).hasSize(2);
        assertThat(outcome.error()).contains("damaged at byte " + third + ": expected a document's length");
    }

    @Test
    void aDocumentThatDoesNotEndWithZero() {
        byte[] bytes = DumpFiles.joined(DOCUMENTS);
        bytes[sizeOf(3) - 1] = 1;
        DumpFiles.Outcome outcome = DumpFiles.read(DumpFiles.write(root.resolve("bad.bson"), bytes), "bad");
        assertThat(outcome.documents()).hasSize(2);
        assertThat(outcome.error())
                .contains("damaged at byte " + sizeOf(2))
                .contains("ends with a zero byte")
                .contains("truncate a copy of the file at that byte");
    }

    @Test
    void contentsAreNotLookedAt() {
        byte[] bytes = DumpFiles.joined(DOCUMENTS);
        bytes[sizeOf(2) + 4] = 99;
        DumpFiles.Outcome outcome = DumpFiles.read(DumpFiles.write(root.resolve("odd.bson"), bytes), "odd");
        assertThat(outcome.documents()).hasSize(DOCUMENTS.size());
        assertThat(outcome.error()).isEmpty();
    }

    @Test
    void anArchiveWhoseChecksumIsWrong() {
        byte[] archive = new ArchiveFile()
                .collection("shop", "mixed")
                .terminator()
                .block("shop", "mixed", DOCUMENTS)
                .end("shop", "mixed", 42)
                .bytes();
        DumpFiles.Outcome outcome = DumpFiles.read(DumpFiles.write(root.resolve("a"), archive), "mixed");
        assertThat(outcome.documents()).hasSize(DOCUMENTS.size());
        assertThat(outcome.error()).startsWith("SOURCE_CORRUPT").contains("checksum");
    }

    @Test
    void anArchiveInWhichOneByteIsAnother() {
        byte[] archive = ArchiveFile.interleaved(DOCUMENTS, DumpFiles.others());
        archive[indexOf(archive, DOCUMENTS.get(3)) + 5] ^= 0x20;
        DumpFiles.Outcome outcome = DumpFiles.read(DumpFiles.write(root.resolve("a"), archive), "mixed");
        assertThat(outcome.documents()).hasSize(DOCUMENTS.size());
        assertThat(outcome.error()).contains("checksum");
        assertThat(DumpFiles.read(root.resolve("a"), "other").error()).isEmpty();
    }

    @Test
    void compressedDataInWhichOneByteIsAnother() {
        byte[] whole = DumpFiles.gzip(DumpFiles.joined(DOCUMENTS));
        for (int at = 10; at < whole.length; at++) {
            byte[] bytes = whole.clone();
            bytes[at] ^= 0x11;
            DumpFiles.Outcome outcome = DumpFiles.read(DumpFiles.write(root.resolve("bad.bson.gz"), bytes), "bad");
            assertThat(outcome.error()).as("byte %d", at).startsWith("SOURCE_CORRUPT");
        }
    }

    @Test
    void theErrorIsNotForgotten() {
        byte[] bytes = DumpFiles.joined(DOCUMENTS);
        Path file = DumpFiles.write(root.resolve("cut.bson"), Arrays.copyOf(bytes, bytes.length - 1));
        DumpSource source = DumpSource.open(file);
        Partition partition = source.partitions("cut", ReadRequest.everything()).get(0);
        try (DocumentReader reader = source.open(partition, null)) {
            for (int i = 0; i < 5; i++) {
                reader.read();
            }
            byte[] position = reader.position();
            assertThatThrownBy(reader::read).isInstanceOf(DocrowsException.class);
            assertThatThrownBy(reader::read).isInstanceOf(DocrowsException.class);
            assertThat(reader.position()).isEqualTo(position);
        }
    }

    @Test
    void aDumpThatChangedBetweenRuns() throws IOException {
        Path file = DumpFiles.write(root.resolve("users.bson"), DumpFiles.joined(DOCUMENTS));
        Partition partition = DumpSource.open(file)
                .partitions("users", ReadRequest.everything())
                .get(0);
        FileTime time = Files.getLastModifiedTime(file);

        Files.setLastModifiedTime(file, FileTime.fromMillis(time.toMillis() + 5_000));
        assertThatThrownBy(() -> DumpSource.open(file).open(partition, null))
                .hasMessageContaining("has changed")
                .hasMessageContaining("--force");

        DumpFiles.write(file, DumpFiles.joined(DOCUMENTS.subList(0, 2)));
        Files.setLastModifiedTime(file, time);
        assertThatThrownBy(() -> DumpSource.open(file).open(partition, null)).hasMessageContaining("has changed");

        Files.delete(file);
        DumpSource gone = DumpSource.open(
                DumpFiles.write(root.resolve("d/users.bson"), new byte[0]).getParent());
        Files.delete(root.resolve("d/users.bson"));
        assertThatThrownBy(() -> gone.open(partition, null)).hasMessageContaining("it is not there");
    }

    @Test
    void aPositionBehindTheEndOfACompressedFile() {
        Path file = DumpFiles.write(root.resolve("users.bson.gz"), DumpFiles.gzip(DumpFiles.joined(DOCUMENTS)));
        DumpSource source = DumpSource.open(file);
        Partition partition =
                source.partitions("users", ReadRequest.everything()).get(0);
        assertThatThrownBy(() -> source.open(partition, new DumpPosition(1_000_000, 0).encode()))
                .hasMessageContaining("has changed");
    }

    @Test
    void anArchiveThatIsNotMadeOfBlocks() {
        byte[] headerless = new ArchiveFile()
                .collection("shop", "mixed")
                .terminator()
                .terminator()
                .bytes();
        assertThat(DumpFiles.read(DumpFiles.write(root.resolve("a"), headerless), "mixed")
                        .error())
                .startsWith("SOURCE_CORRUPT");
        byte[] nameless = DumpFiles.joined(List.of(
                new ArchiveFile().collection("shop", "mixed").terminator().bytes(),
                MixedDocuments.document(new BsonInt32(1), 3)));
        assertThat(DumpFiles.read(DumpFiles.write(root.resolve("b"), nameless), "mixed")
                        .error())
                .contains("expected a description of the archive's contents");
    }

    @Test
    void bytesBehindTheEndOfAnArchive() {
        byte[] whole = ArchiveFile.interleaved(DOCUMENTS, DumpFiles.others());
        byte[] late =
                new ArchiveFile().block("shop", "mixed", DumpFiles.others()).bytes();
        byte[] foreign =
                new ArchiveFile().block("shop", "unheard", DumpFiles.others()).bytes();
        int header = new ArchiveFile().size();
        List<byte[]> tails = List.of(
                whole,
                Arrays.copyOfRange(late, header, late.length),
                Arrays.copyOfRange(foreign, header, foreign.length),
                new byte[] {1},
                new byte[] {0, 0, 0, 0},
                new byte[] {-1, -1, -1, -1},
                DumpFiles.joined(DumpFiles.others()),
                "trailing notes".getBytes(UTF_8));
        for (byte[] tail : tails) {
            byte[] bytes = DumpFiles.joined(List.of(whole, tail));
            for (String collection : List.of("mixed", "other")) {
                DumpFiles.Outcome plain = DumpFiles.read(DumpFiles.write(root.resolve("a"), bytes), collection);
                assertThat(plain.error()).startsWith("SOURCE_CORRUPT").contains("damaged at byte " + whole.length);
                DumpFiles.Outcome packed =
                        DumpFiles.read(DumpFiles.write(root.resolve("a.gz"), DumpFiles.gzip(bytes)), collection);
                assertThat(packed.error())
                        .startsWith("SOURCE_CORRUPT")
                        .contains("damaged at byte " + whole.length + " of its uncompressed content");
                assertThat(packed.documents()).hasSameSizeAs(plain.documents());
            }
        }
        byte[] members = DumpFiles.joined(List.of(DumpFiles.gzip(whole), DumpFiles.gzip(whole)));
        assertThat(DumpFiles.read(DumpFiles.write(root.resolve("b.gz"), members), "other")
                        .error())
                .contains("another archive begins");
        byte[] loose = DumpFiles.joined(List.of(DumpFiles.gzip(whole), new byte[] {7}));
        assertThat(DumpFiles.read(DumpFiles.write(root.resolve("c.gz"), loose), "other")
                        .error())
                .contains("other bytes follow the compressed data");
    }

    @Test
    void whatIsBehindTheEndIsFoundFromEveryPosition() {
        byte[] late =
                new ArchiveFile().block("shop", "other", DumpFiles.others()).bytes();
        byte[] bytes = DumpFiles.joined(List.of(
                ArchiveFile.interleaved(DOCUMENTS, DumpFiles.others()),
                Arrays.copyOfRange(late, new ArchiveFile().size(), late.length)));
        Path file = DumpFiles.write(root.resolve("a"), bytes);
        for (int done = 1; done <= DOCUMENTS.size(); done++) {
            byte[] position = positionAfter(file, done);
            DumpSource source = DumpSource.open(file);
            try (DocumentReader reader = source.open(
                    source.partitions("mixed", ReadRequest.everything()).get(0), position)) {
                int rest = DOCUMENTS.size() - done;
                assertThatThrownBy(() -> {
                            for (int i = 0; i < rest; i++) {
                                reader.read();
                            }
                            reader.read();
                        })
                        .hasMessageContaining("expected no more of the collection shop.other");
            }
        }
    }

    private static byte[] positionAfter(Path file, int documents) {
        DumpSource source = DumpSource.open(file);
        try (DocumentReader reader =
                source.open(source.partitions("mixed", ReadRequest.everything()).get(0), null)) {
            for (int i = 0; i < documents; i++) {
                reader.read();
            }
            byte[] position = reader.position();
            assertThat(position).isNotNull();
            return position == null ? new byte[0] : position;
        }
    }

    @Test
    void documentsBehindTheEndWithinItsBlock() {
        byte[] end = new ArchiveFile()
                .collection("shop", "mixed")
                .terminator()
                .end("shop", "mixed")
                .bytes();
        byte[] bytes = DumpFiles.joined(
                List.of(Arrays.copyOf(end, end.length - 4), DOCUMENTS.get(0), new byte[] {-1, -1, -1, -1}));
        assertThat(DumpFiles.read(DumpFiles.write(root.resolve("a"), bytes), "mixed")
                        .error())
                .contains("expected no more of the collection shop.mixed");
    }

    @Test
    void anArchiveThatLacksACollectionItNames() {
        byte[] bytes = new ArchiveFile()
                .collection("shop", "mixed")
                .collection("shop", "other")
                .terminator()
                .block("shop", "mixed", DOCUMENTS)
                .end("shop", "mixed")
                .bytes();
        assertThat(DumpFiles.read(DumpFiles.write(root.resolve("a"), bytes), "mixed")
                        .error())
                .contains("expected the end of the collection shop.other, but the file ends without it");
    }

    @Test
    void anArchiveThatIsWholeIsReadToItsEndOnce() {
        Path file = DumpFiles.write(root.resolve("a"), ArchiveFile.interleaved(DOCUMENTS, DumpFiles.others()));
        DumpSource source = DumpSource.open(file);
        for (String collection : List.of("mixed", "other", "mixed")) {
            Partition partition =
                    source.partitions(collection, ReadRequest.everything()).get(0);
            try (DocumentReader reader = source.open(partition, null)) {
                int read = 0;
                while (reader.read() != null) {
                    read++;
                }
                assertThat(read).isEqualTo(collection.equals("mixed") ? DOCUMENTS.size() : 3);
            }
        }
    }

    private static int sizeOf(int documents) {
        return DumpFiles.joined(DOCUMENTS.subList(0, documents)).length;
    }

    private static int completeUpTo(int size) {
        int complete = 0;
        while (complete < DOCUMENTS.size() && sizeOf(complete + 1) <= size) {
            complete++;
        }
        return complete;
    }

    private static int indexOf(byte[] bytes, byte[] part) {
        for (int i = 0; ; i++) {
            if (Arrays.equals(bytes, i, i + part.length, part, 0, part.length)) {
                return i;
            }
        }
    }
}
