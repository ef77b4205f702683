package io.docrows.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.docrows.error.DocrowsException;
import io.docrows.mapping.Decoded;
import io.docrows.mapping.DocumentId;
import io.docrows.mapping.MappedDocument;
import io.docrows.mapping.RejectedDocument;
import io.docrows.source.DocumentReader;
import io.docrows.source.DocumentSource;
import io.docrows.source.Partition;
import io.docrows.source.ReadRequest;
import io.docrows.source.dump.DumpSource;
import io.docrows.source.json.JsonOptions;
import io.docrows.source.json.JsonSource;
import io.docrows.testing.Bookshop;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Supplier;
import org.bson.BsonValue;

/** Whatever bytes come, they are read, or refused with a code. Nothing else may happen. */
final class ForeignBytesFuzzTest {

    @FuzzTest(maxDuration = "1m")
    void aDocumentIsMappedOrRejected(byte[] bytes) {
        Decoded<?> decoded = Bookshop.BOOKS.decode(bytes);

        assertThat(decoded).isInstanceOfAny(MappedDocument.class, RejectedDocument.class);
    }

    @FuzzTest(maxDuration = "1m")
    void theIdOfADocumentIsToldOrLeftOpen(byte[] bytes) {
        assertThat(DocumentId.ofDocument(bytes)).isNotNull();
    }

    @FuzzTest(maxDuration = "1m")
    void anIdThatSomebodyTypedIsReadOrRefused(byte[] bytes) {
        BsonValue id;
        try {
            id = DocumentId.parse(new String(bytes, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageMatching("[^\\n]+");
            return;
        }
        String text = DocumentId.text(id);
        assertThat(DocumentId.text(DocumentId.parse(text))).isEqualTo(text);
    }

    @FuzzTest(maxDuration = "1m")
    void anArchiveIsReadOrRefused(byte[] bytes) throws IOException {
        Path file = Files.createTempFile("fuzz", ".archive");
        try {
            Files.write(file, bytes);
            readOrRefuse(file);
        } finally {
            Files.delete(file);
        }
    }

    @FuzzTest(maxDuration = "1m")
    void aDumpIsReadOrRefused(byte[] bytes) throws IOException {
        Path directory = Files.createTempDirectory("fuzz");
        Path file = directory.resolve("books.bson");
        Path metadata = directory.resolve("books.metadata.json");
        try {
            // A third says what the collection is, the rest is its documents.
            int third = bytes.length / 3;
            Files.write(metadata, Arrays.copyOf(bytes, third));
            Files.write(file, Arrays.copyOfRange(bytes, third, bytes.length));
            readOrRefuse(directory);
        } finally {
            Files.delete(file);
            Files.delete(metadata);
            Files.delete(directory);
        }
    }

    @FuzzTest(maxDuration = "1m")
    void jsonIsReadOrRefused(byte[] bytes) throws IOException {
        Path directory = Files.createTempDirectory("fuzz");
        Path file = directory.resolve("books.json");
        try {
            Files.write(file, bytes);
            readOrRefuse(() -> JsonSource.open(directory));
            readOrRefuse(() -> JsonSource.open(file, JsonOptions.defaults().withNumbers()));
            readOrRefuse(() -> JsonSource.open(file, JsonOptions.defaults().withIdOf("title", "author")));
        } finally {
            Files.delete(file);
            Files.delete(directory);
        }
    }

    private static void readOrRefuse(Path path) {
        readOrRefuse(() -> DumpSource.open(path));
    }

    private static void readOrRefuse(Supplier<DocumentSource> opening) {
        try (DocumentSource source = opening.get()) {
            for (String collection : source.collections()) {
                for (Partition partition : source.partitions(collection, ReadRequest.everything())) {
                    read(source, partition);
                }
            }
        } catch (DocrowsException e) {
            assertThat(e.code().name()).startsWith("SOURCE_");
        }
    }

    private static void read(DocumentSource source, Partition partition) {
        try (DocumentReader reader = source.open(partition, null)) {
            for (byte[] document = reader.read(); document != null; document = reader.read()) {
                assertThat(reader.position()).isNotNull();
                assertThat(ByteBuffer.wrap(document)
                                .order(ByteOrder.LITTLE_ENDIAN)
                                .getInt())
                        .isEqualTo(document.length);
                assertThat(DocumentId.ofDocument(document)).isNotNull();
            }
        }
    }
}
