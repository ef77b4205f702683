package io.docrows.source.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.source.ChangedSince;
import io.docrows.source.DocumentReader;
import io.docrows.source.DocumentSource;
import io.docrows.source.DocumentSourceContract;
import io.docrows.source.MixedDocuments;
import io.docrows.source.Partition;
import io.docrows.source.ReadRequest;
import io.docrows.source.internal.BsonBytes;
import io.docrows.testing.Bson;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The contract on an embedded server, and partitions cut at every {@code _id}. */
final class MongoSourceIT extends DocumentSourceContract {

    @SuppressWarnings("NullAway.Init")
    private static EmbeddedCollections server;

    @BeforeAll
    static void start() {
        server = new EmbeddedCollections();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Override
    protected DocumentSource open() {
        return MongoSource.connect(server.uri());
    }

    @Test
    void partitionsCutBetweenAnyTwoIdsCoverEverythingOnce() {
        List<BsonValue> ids = MixedDocuments.ids();
        List<String> all = MixedDocuments.shuffled().stream()
                .map(HexFormat.of()::formatHex)
                .sorted()
                .toList();
        try (DocumentSource source = open()) {
            for (int low = 1; low < ids.size(); low++) {
                BsonValue first = ids.get(low);
                BsonValue second = ids.get(Math.min(low + 1 + low % 7, ids.size() - 1));
                List<String> read = new ArrayList<>();
                for (IdInterval interval : List.of(
                        new IdInterval(null, first), new IdInterval(first, second), new IdInterval(second, null))) {
                    for (byte[] document : read(source, interval)) {
                        read.add(HexFormat.of().formatHex(document));
                    }
                }
                assertThat(read.stream().sorted()).as("cut after %s", first).isEqualTo(all);
            }
        }
    }

    @Test
    void documentsComeInTheOrderOfTheirIds() {
        try (DocumentSource source = open()) {
            assertThat(read(source, IdInterval.EVERYTHING).stream()
                            .map(document -> BsonBytes.decode(document).get("_id")))
                    .containsExactlyElementsOf(MixedDocuments.ids());
        }
    }

    @Test
    void largeCollectionsAreCutAtSampledIds() {
        List<byte[]> documents = new ArrayList<>();
        for (int i = 0; i < 6_000; i++) {
            BsonValue id = i % 3 == 0 ? new BsonString("id" + i) : new BsonInt64(i);
            documents.add(MixedDocuments.document(id, i));
        }
        // The embedded server's samples are not uniform: documents inserted first are in them more often.
        Collections.shuffle(documents, new Random(1));
        server.insert("large", documents);
        try (DocumentSource source =
                MongoSource.of(server.client(), EmbeddedCollections.DATABASE, MongoSourceIT::noRetries, 100_000)) {
            assertThat(source.estimatedCount("large")).hasValue(6_000);
            List<Partition> partitions = source.partitions("large", new ReadRequest(List.of(), 4));
            // It draws them by sorting at random, and one time in seven its sort complains: then there is no sample.
            for (int attempt = 1; partitions.size() == 1 && attempt < 20; attempt++) {
                partitions = source.partitions("large", new ReadRequest(List.of(), 4));
            }
            assertThat(partitions).hasSize(4);
            int count = 0;
            Set<Integer> numbers = new HashSet<>();
            for (Partition partition : partitions) {
                int before = count;
                try (DocumentReader reader = source.open(partition, null)) {
                    for (byte[] document = reader.read(); document != null; document = reader.read()) {
                        numbers.add(BsonBytes.decode(document).getInt32("n").getValue());
                        count++;
                    }
                }
                assertThat(count - before).isBetween(500, 3_000);
            }
            assertThat(count).isEqualTo(6_000);
            assertThat(numbers).hasSize(6_000);
        } finally {
            server.client()
                    .getDatabase(EmbeddedCollections.DATABASE)
                    .getCollection("large")
                    .drop();
        }
        assertThat(server.client().listDatabaseNames()).contains(EmbeddedCollections.DATABASE);
    }

    @Test
    void asksTheServerForWhatWasChanged() {
        String old = "{$date: '2024-01-01T00:00:00Z'}";
        String late = "{$date: '2024-03-01T00:00:00Z'}";
        server.insert(
                "changes",
                Stream.of(
                                "{_id: 1, at: {updated: " + old + "}, 'a.b': " + old + "}",
                                "{_id: 2, at: {updated: " + late + "}}",
                                "{_id: 'x', at: {updated: {$date: '2024-02-01T00:00:00Z'}}}",
                                "{_id: 4, at: {updated: '2024-03-01'}}",
                                "{_id: 5}",
                                "{_id: 'y', at: {updated: " + late + "}}")
                        .map(Bson::bson)
                        .toList());
        try (DocumentSource source = open()) {
            assertThat(changed(source, List.of("at", "updated"), null)).containsExactly("2", "x", "y");
            assertThat(changed(source, List.of("at", "updated"), MongoPartition.position(new BsonInt32(2))))
                    .containsExactly("x", "y");
            // A name that MongoDB would read as a path cannot be asked for.
            assertThat(changed(source, List.of("a.b"), null)).hasSize(6);
        } finally {
            server.client()
                    .getDatabase(EmbeddedCollections.DATABASE)
                    .getCollection("changes")
                    .drop();
        }
    }

    private static List<String> changed(DocumentSource source, List<String> path, byte @Nullable [] after) {
        ReadRequest request = new ReadRequest(
                List.of(), 3, List.of(), Optional.of(new ChangedSince(path, Instant.parse("2024-02-01T00:00:00Z"))));
        List<String> ids = new ArrayList<>();
        for (Partition partition : source.partitions("changes", request)) {
            try (DocumentReader reader = source.open(partition, after)) {
                for (byte[] document = reader.read(); document != null; document = reader.read()) {
                    BsonValue id = BsonBytes.decode(document).get("_id");
                    ids.add(
                            id instanceof BsonString text
                                    ? text.getValue()
                                    : String.valueOf(id.asInt32().getValue()));
                }
            }
        }
        return ids;
    }

    @Test
    void saysWhereItIsWithoutCredentials() {
        try (DocumentSource source = open()) {
            assertThat(source.description()).isEqualTo("mongodb://127.0.0.1:" + server.port() + "/shop");
        }
        try (DocumentSource source = MongoSource.of(server.client(), EmbeddedCollections.DATABASE)) {
            assertThat(source.description()).isEqualTo("mongodb://127.0.0.1:" + server.port() + "/shop");
        }
    }

    private static Backoff noRetries() {
        return new Backoff(millis -> assertThat(millis).isNull(), System::nanoTime, new SplittableRandom());
    }

    private static List<byte[]> read(DocumentSource source, IdInterval interval) {
        List<byte[]> read = new ArrayList<>();
        Partition partition =
                new Partition("mixed", 0, new MongoPartition(interval, List.of(), List.of(), null, 1_000).encode());
        try (DocumentReader reader = source.open(partition, null)) {
            for (byte[] document = reader.read(); document != null; document = reader.read()) {
                read.add(document);
            }
        }
        return read;
    }
}
