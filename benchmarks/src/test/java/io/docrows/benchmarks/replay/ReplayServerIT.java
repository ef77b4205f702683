package io.docrows.benchmarks.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.MongoCommandException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import io.docrows.benchmarks.data.Shape;
import io.docrows.source.DocumentReader;
import io.docrows.source.DocumentSource;
import io.docrows.source.Partition;
import io.docrows.source.ReadRequest;
import io.docrows.source.dump.DumpSource;
import io.docrows.source.mongo.MongoSource;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.bson.BsonBinary;
import org.bson.BsonDocument;
import org.bson.BsonObjectId;
import org.bson.ByteBuf;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server that replays, read by the source as it reads any other. */
@Tag("long")
final class ReplayServerIT {

    @TempDir
    private static Path directory = Path.of("");

    @SuppressWarnings("NullAway.Init")
    private static Path dump;

    @SuppressWarnings("NullAway.Init")
    private static ReplayServer server;

    @BeforeAll
    static void start() throws IOException {
        dump = Shape.GIGS.write(directory, 81_000, Set.of()).original().dump();
        server = ReplayServer.start(ReplayServer.Documents.of(dump), ReplayServer.Link.NONE);
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    private static List<String> read(DocumentSource source, String collection, int partitions) {
        List<String> read = new ArrayList<>();
        List<Partition> parts = source.partitions(collection, new ReadRequest(List.of(), partitions));
        for (Partition part : parts) {
            read.addAll(rest(source, part, null));
        }
        return read;
    }

    private static List<String> rest(DocumentSource source, Partition partition, byte @Nullable [] after) {
        List<String> read = new ArrayList<>();
        try (DocumentReader reader = source.open(partition, after)) {
            for (byte[] document = reader.read(); document != null; document = reader.read()) {
                read.add(HexFormat.of().formatHex(document));
            }
        }
        return read;
    }

    @Test
    void sendsTheDocumentsOfTheDump() {
        try (DocumentSource file = DumpSource.open(dump);
                DocumentSource live = MongoSource.connect(server.uri())) {
            assertThat(live.collections()).isEqualTo(file.collections());
            for (String collection : live.collections()) {
                List<String> expected = read(file, collection, 1);
                assertThat(live.estimatedCount(collection)).hasValue(expected.size());
                assertThat(read(live, collection, 1).stream().sorted())
                        .isEqualTo(expected.stream().sorted().toList());
                assertThat(read(live, collection, 3).stream().sorted())
                        .isEqualTo(expected.stream().sorted().toList());
            }
        }
    }

    @Test
    void isCutIntoPartitionsOfAboutTheSameSize() throws IOException {
        // More than a collection has that is not cut into partitions.
        Path large = Files.createDirectories(directory.resolve("large"));
        byte[] padding = new byte[60_000];
        try (OutputStream file = new BufferedOutputStream(Files.newOutputStream(large.resolve("gigs.bson")))) {
            for (int i = 0; i < 1_200; i++) {
                file.write(bytes(new BsonDocument("_id", new BsonObjectId(new ObjectId(i, 0)))
                        .append("padding", new BsonBinary(padding))));
            }
        }
        try (ReplayServer of = ReplayServer.start(ReplayServer.Documents.of(large), ReplayServer.Link.NONE);
                DocumentSource live = MongoSource.connect(of.uri())) {
            List<Partition> partitions = live.partitions("gigs", new ReadRequest(List.of(), 3));
            assertThat(partitions)
                    .hasSize(3)
                    .allSatisfy(partition -> assertThat(number(live, partition)).isBetween(350, 450));
        }
    }

    private static byte[] bytes(BsonDocument document) {
        ByteBuf encoded = new RawBsonDocument(document, new BsonDocumentCodec()).getByteBuffer();
        byte[] bytes = new byte[encoded.remaining()];
        encoded.get(bytes);
        return bytes;
    }

    private static int number(DocumentSource source, Partition partition) {
        int number = 0;
        try (DocumentReader reader = source.open(partition, null)) {
            while (reader.read() != null) {
                number++;
            }
        }
        return number;
    }

    @Test
    void goesOnBehindAPosition() {
        try (DocumentSource live = MongoSource.connect(server.uri())) {
            Partition partition =
                    live.partitions("users", ReadRequest.everything()).get(0);
            List<String> all = rest(live, partition, null);
            try (DocumentReader reader = live.open(partition, null)) {
                for (int i = 0; i < 10_000; i++) {
                    reader.read();
                }
                assertThat(rest(live, partition, reader.position())).isEqualTo(all.subList(10_000, all.size()));
            }
        }
    }

    @Test
    void answersAfterARoundTrip() throws IOException {
        try (ReplayServer far = ReplayServer.start(
                        ReplayServer.Documents.of(dump), new ReplayServer.Link(Duration.ofMillis(20), 0, false));
                MongoClient client = MongoClients.create(far.uri())) {
            client.getDatabase("replayed").runCommand(new Document("ping", 1));
            long began = System.nanoTime();
            client.getDatabase("replayed").runCommand(new Document("ping", 1));
            // Never earlier, however busy the machine is.
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThanOrEqualTo(Duration.ofMillis(20));
        }
    }

    @Test
    void sendsTheSameCompressed() throws IOException {
        try (ReplayServer small = ReplayServer.start(
                        ReplayServer.Documents.of(dump), new ReplayServer.Link(Duration.ZERO, 800, true));
                DocumentSource compressed = MongoSource.connect(small.uri());
                DocumentSource plain = MongoSource.connect(server.uri())) {
            assertThat(small.uri()).endsWith("?compressors=zlib");
            assertThat(read(compressed, "users", 1)).isEqualTo(read(plain, "users", 1));
        }
    }

    @Test
    void refusesWhatItCannotReplay() {
        try (MongoClient client = MongoClients.create(server.uri())) {
            assertThatThrownBy(() -> client.getDatabase("replayed")
                            .getCollection("gigs")
                            .find(new Document("title", "x"))
                            .first())
                    .isInstanceOf(MongoCommandException.class)
                    .hasMessageContaining("this is not replayed");
        }
    }
}
