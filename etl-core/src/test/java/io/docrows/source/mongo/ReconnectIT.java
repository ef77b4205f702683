package io.docrows.source.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.docrows.source.DocumentReader;
import io.docrows.source.MixedDocuments;
import io.docrows.source.Partition;
import io.docrows.source.ReadRequest;
import io.docrows.testing.CuttingProxy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.bson.BsonInt32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Connections that are cut while a collection is read. */
final class ReconnectIT {

    private final EmbeddedCollections server = new EmbeddedCollections();
    private final AtomicLong now = new AtomicLong();
    private final List<Long> pauses = new ArrayList<>();
    private final CuttingProxy proxy;
    private final MongoClient client;

    ReconnectIT() throws IOException {
        proxy = new CuttingProxy(server.port());
        client = MongoClients.create("mongodb://127.0.0.1:" + proxy.port()
                + "/?serverSelectionTimeoutMS=700&heartbeatFrequencyMS=500&retryReads=false");
    }

    @BeforeEach
    void fill() {
        List<byte[]> documents = new ArrayList<>();
        for (int i = 100; i < 5_100; i++) {
            documents.add(MixedDocuments.document(new BsonInt32(i), i));
        }
        server.insert("mixed", documents);
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        proxy.close();
        server.close();
    }

    @Tag("long")
    @Test
    void nothingIsLostAndNothingComesTwice() {
        List<String> undisturbed = read();
        assertThat(undisturbed).hasSize(5_000 + MixedDocuments.ids().size());
        for (int every : new int[] {150_000, 100_000}) {
            proxy.cutEvery(every);
            assertThat(read()).isEqualTo(undisturbed);
        }
        assertThat(proxy.cuts()).isGreaterThan(2);
        assertThat(pauses).isNotEmpty();
    }

    @Test
    @Tag("long")
    void givesUpWhenTheServerStaysAway() {
        MongoSource source = MongoSource.of(client, EmbeddedCollections.DATABASE, this::backoff, 50_000);
        Partition partition =
                source.partitions("mixed", ReadRequest.everything()).get(0);
        try (DocumentReader reader = source.open(partition, null)) {
            assertThat(reader.read()).isNotNull();
            proxy.refuse();
            byte[][] position = {reader.position()};
            assertThatThrownBy(() -> {
                        while (reader.read() != null) {
                            position[0] = reader.position();
                        }
                    })
                    .isInstanceOfSatisfying(
                            DocrowsException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SOURCE_FAILED))
                    .hasMessageContaining("attempts to continue failed")
                    .hasMessageContaining("mongodb://127.0.0.1:" + proxy.port() + "/shop")
                    .hasMessageContaining("continues where it stopped");
            assertThat(reader.position()).isEqualTo(position[0]);
        }
        assertThat(pauses.size()).isBetween(7, 8);
    }

    @Test
    void stopsWaitingWhenInterrupted() {
        MongoSource source = MongoSource.of(
                client,
                EmbeddedCollections.DATABASE,
                () -> new Backoff(
                        millis -> {
                            throw new InterruptedException();
                        },
                        now::get,
                        new SplittableRandom(1)),
                50_000);
        Partition partition =
                source.partitions("mixed", ReadRequest.everything()).get(0);
        try (DocumentReader reader = source.open(partition, null)) {
            proxy.refuse();
            assertThatThrownBy(reader::read)
                    .isInstanceOf(DocrowsException.class)
                    .hasMessageContaining("was interrupted");
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void closingEndsThePauseBeforeAnotherAttempt() throws InterruptedException {
        CountDownLatch paused = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        MongoSource source = MongoSource.of(
                client,
                EmbeddedCollections.DATABASE,
                () -> new Backoff(
                        millis -> {
                            paused.countDown();
                            try {
                                new CountDownLatch(1).await();
                            } finally {
                                interrupted.countDown();
                            }
                        },
                        now::get,
                        new SplittableRandom(1)),
                50_000);
        Partition partition =
                source.partitions("mixed", ReadRequest.everything()).get(0);
        Thread load = new Thread(() -> {
            try (DocumentReader reader = source.open(partition, null)) {
                reader.read();
            } catch (DocrowsException e) {
                // It is interrupted, as that of a run that is cancelled.
            }
        });
        proxy.refuse();
        load.start();
        paused.await();
        load.interrupt();
        interrupted.await();
        load.join();
    }

    @Test
    void saysSoWhenTheSourceWasClosed() {
        MongoSource source = MongoSource.connect(server.uri());
        Partition partition =
                source.partitions("mixed", ReadRequest.everything()).get(0);
        DocumentReader reader = source.open(partition, null);
        source.close();
        source.close();
        assertThatThrownBy(reader::read)
                .isInstanceOf(DocrowsException.class)
                .hasMessageContaining("the source was closed");
        reader.close();
    }

    private List<String> read() {
        List<String> read = new ArrayList<>();
        MongoSource source = MongoSource.of(client, EmbeddedCollections.DATABASE, this::backoff, 50_000);
        Partition partition =
                new Partition("mixed", 0, MongoPartition.of(List.of()).encode());
        try (DocumentReader reader = source.open(partition, null)) {
            for (byte[] document = reader.read(); document != null; document = reader.read()) {
                read.add(HexFormat.of().formatHex(document));
            }
        }
        return read;
    }

    private Backoff backoff() {
        return new Backoff(
                millis -> {
                    pauses.add(millis);
                    now.addAndGet(millis * 1_000_000);
                },
                now::get,
                new SplittableRandom(1));
    }
}
