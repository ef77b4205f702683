package io.docrows.source.dump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.docrows.source.DocumentReader;
import io.docrows.source.ReadRequest;
import io.docrows.source.internal.BsonBytes;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bson.BSONException;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is nested in a dump takes no stack, however deep it is. */
final class NestingTest {

    private static final int LEVELS = 100_000;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path root;

    @Test
    void inAnArchivesPrelude() {
        byte[] plain = new ArchiveFile().bytes();
        byte[] described = new ArchiveFile().collection("shop", "items").bytes();
        byte[] entry = Arrays.copyOfRange(described, plain.length, described.length);
        byte[] rest = new ArchiveFile()
                .terminator()
                .block("shop", "items", DumpFiles.others())
                .end("shop", "items")
                .bytes();
        byte[] archive = DumpFiles.joined(
                List.of(plain, with(entry, "more"), Arrays.copyOfRange(rest, plain.length, rest.length)));
        Path file = DumpFiles.write(root.resolve("a"), archive);
        DumpFiles.Outcome outcome = DumpFiles.read(file, "items");
        assertThat(outcome.error()).isEmpty();
        assertThat(outcome.documents()).hasSize(3);
    }

    @Test
    void inTheMetadataOfAnArchive() {
        byte[] archive = new ArchiveFile()
                .collection("shop", "items", "", "{\"options\":" + "{\"a\":".repeat(LEVELS))
                .terminator()
                .end("shop", "items")
                .bytes();
        assertThat(DumpFiles.read(DumpFiles.write(root.resolve("a"), archive), "items")
                        .error())
                .isEmpty();
    }

    @Test
    void inABlocksHeader() {
        byte[] archive = DumpFiles.joined(List.of(
                new ArchiveFile().collection("shop", "items").terminator().bytes(),
                with(new byte[] {5, 0, 0, 0, 0}, "a")));
        assertThat(DumpFiles.read(DumpFiles.write(root.resolve("a"), archive), "items")
                        .error())
                .startsWith("SOURCE_CORRUPT")
                .doesNotContain("\n");
    }

    @Test
    void inTheIdsAmongWhichOneIsLookedFor() {
        List<byte[]> documents = new ArrayList<>(DumpFiles.others());
        documents.add(0, with(new byte[] {5, 0, 0, 0, 0}, "_id"));
        Path file = DumpFiles.write(root.resolve("items.bson"), DumpFiles.joined(documents));
        DumpSource source = DumpSource.open(file);
        ReadRequest one = new ReadRequest(List.of(new BsonInt32(1)), 1);
        try (DocumentReader reader = source.open(source.partitions("items", one).get(0), null)) {
            assertThat(reader.read()).isEqualTo(documents.get(1));
            assertThat(reader.read()).isNull();
        }
    }

    @Test
    void inWhatIsDecodedWhole() {
        byte[] deep = with(new byte[] {5, 0, 0, 0, 0}, "_id");
        assertThatThrownBy(() -> BsonBytes.decode(deep)).isInstanceOf(BSONException.class);
        assertThatThrownBy(() -> BsonBytes.id(deep)).isInstanceOf(BSONException.class);
        byte[] beside = with(BsonBytes.encode(new BsonDocument("_id", new BsonInt32(5))), "x");
        assertThat(BsonBytes.id(beside)).isEqualTo(new BsonInt32(5));
    }

    @Test
    void inAStoredPosition() {
        Path file = DumpFiles.write(root.resolve("items.bson"), DumpFiles.joined(DumpFiles.others()));
        DumpSource source = DumpSource.open(file);
        assertThatThrownBy(() -> source.open(
                        source.partitions("items", ReadRequest.everything()).get(0),
                        with(new byte[] {5, 0, 0, 0, 0}, "offset")))
                .isInstanceOfSatisfying(
                        DocrowsException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_OPTION));
    }

    @Test
    void namesThatNoneCanHaveAreDamage() {
        byte[] archive = new ArchiveFile()
                .collection("shop", "x".repeat(3 << 20))
                .terminator()
                .bytes();
        Path file = DumpFiles.write(root.resolve("a"), archive);
        assertThatThrownBy(() -> DumpSource.open(file))
                .isInstanceOfSatisfying(
                        DocrowsException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SOURCE_CORRUPT))
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(1_000));
    }

    /** A document with one more field, behind the others, that holds documents within documents. */
    private static byte[] with(byte[] document, String field) {
        // From the inside: 8 bytes a level, {length, 3, "a", 0, ..., 0}.
        int innermost = 5;
        ByteBuffer nested = ByteBuffer.allocate(innermost + LEVELS * 8).order(ByteOrder.LITTLE_ENDIAN);
        for (int level = LEVELS; level > 0; level--) {
            nested.putInt(innermost + level * 8).put((byte) 3).put((byte) 'a').put((byte) 0);
        }
        nested.putInt(innermost);
        int length = document.length + 2 + field.length() + nested.capacity();
        return ByteBuffer.allocate(length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(length)
                .put(document, 4, document.length - 5)
                .put((byte) 3)
                .put(field.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .put((byte) 0)
                .put(nested.array())
                .array();
    }
}
