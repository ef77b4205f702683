package io.docrows.source.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.docrows.source.DocumentReader;
import io.docrows.source.Partition;
import io.docrows.source.ReadRequest;
import io.docrows.source.internal.BsonBytes;
import io.docrows.testing.cluster.FakeCluster;
import java.util.Arrays;
import java.util.List;
import org.bson.BsonBinary;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Replies that are asked for before the documents of the one before are used up. */
@Timeout(60)
final class ReadAheadIT {

    private static final int REPLY = 1_000;

    /** Bytes with which a thousand documents are a reply of their own. */
    private static final int LARGE = 1_100;

    private final FakeCluster cluster = FakeCluster.standalone();
    private final MongoSource source = MongoSource.connect(cluster.uri());

    @AfterEach
    void stop() {
        source.close();
        cluster.close();
    }

    private void fill(int documents, int size) {
        fill(0, documents, size);
    }

    private void fill(int from, int to, int size) {
        BsonBinary padding = new BsonBinary(new byte[size]);
        for (int i = from; i < to; i++) {
            cluster.put("gigs", new BsonDocument("_id", new BsonInt32(i)).append("padding", padding));
        }
    }

    private DocumentReader open() {
        Partition partition =
                source.partitions("gigs", ReadRequest.everything()).get(0);
        return source.open(partition, null);
    }

    private static int number(byte[] document) {
        return BsonBytes.decode(document).getInt32("_id").getValue();
    }

    @Test
    void theNextReplyIsAskedForWhileTheOneBeforeIsUsed() throws InterruptedException {
        fill(2 * REPLY, LARGE);
        FakeCluster.HeldAnswer second = cluster.hold("getMore");
        try (DocumentReader reader = open()) {
            assertThat(number(reader.read())).isZero();
            // Nobody has asked for the thousandth document yet.
            second.awaitAsked();
            second.arrive();
            for (int i = 1; i < 2 * REPLY; i++) {
                assertThat(number(reader.read())).isEqualTo(i);
            }
            assertThat(reader.read()).isNull();
        }
    }

    @Test
    void smallDocumentsComeInLargerReplies() {
        int documents = 21 * REPLY;
        fill(documents, 10);
        try (DocumentReader reader = open()) {
            for (int i = 0; i < documents; i++) {
                assertThat(number(reader.read())).isEqualTo(i);
            }
            assertThat(reader.read()).isNull();
        }
        // The first is for NaN, which no other query finds.
        assertThat(replies()).containsExactly(10 * REPLY, 10 * REPLY);
        assertThat(cluster.commands("getMore")).hasSize(2);
    }

    @Test
    void documentsThatAreSmallerThanTheFirstOnesComeInLargerRepliesToo() {
        int documents = 31 * REPLY;
        fill(0, 100, LARGE);
        fill(100, documents, 10);
        try (DocumentReader reader = open()) {
            for (int i = 0; i < documents; i++) {
                assertThat(number(reader.read())).isEqualTo(i);
            }
            assertThat(reader.read()).isNull();
        }
        // The last is for what comes behind numbers.
        assertThat(replies()).containsExactly(REPLY, REPLY, 10 * REPLY, 10 * REPLY);
        // Nine small ones and two large ones.
        assertThat(cluster.commands("getMore")).hasSize(9 + 2);
    }

    /** How many documents each query asked for at a time, but for the one that asks for a few to measure. */
    private List<Integer> replies() {
        return cluster.commands("find").stream()
                .filter(find -> find.containsKey("batchSize") && !find.containsKey("limit"))
                .map(find -> find.getNumber("batchSize").intValue())
                .toList();
    }

    @Test
    void anErrorOfTheThirdReplyIsToldBehindTheDocumentsBeforeIt() {
        fill(4 * REPLY, LARGE);
        cluster.failLater("getMore", 1, 50, "MaxTimeMSExpired");
        try (DocumentReader reader = open()) {
            for (int i = 0; i < 2 * REPLY; i++) {
                assertThat(number(reader.read())).isEqualTo(i);
            }
            assertThatThrownBy(reader::read)
                    .isInstanceOfSatisfying(
                            DocrowsException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SOURCE_FAILED))
                    .hasMessageContaining("\"gigs\"")
                    .hasMessageContaining("code 50")
                    .hasMessageContaining("continues where it stopped")
                    .hasMessageNotContaining("secret");
            assertThat(reader.position()).isEqualTo(MongoPartition.position(new BsonInt32(2 * REPLY - 1)));
        }
    }

    @Test
    void aLostCursorIsOpenedAgainBehindTheLastReply() {
        fill(4 * REPLY, LARGE);
        cluster.failLater("getMore", 1, 43, "CursorNotFound");
        try (DocumentReader reader = open()) {
            for (int i = 0; i < 4 * REPLY; i++) {
                assertThat(number(reader.read())).isEqualTo(i);
            }
            assertThat(reader.read()).isNull();
        }
    }

    @Test
    void thePositionIsThatOfTheDocumentInHandWhateverWasReadAhead() throws InterruptedException {
        fill(3 * REPLY, LARGE);
        FakeCluster.HeldAnswer third = cluster.hold("getMore");
        Partition partition =
                source.partitions("gigs", ReadRequest.everything()).get(0);
        byte[] position;
        try (DocumentReader reader = source.open(partition, null)) {
            for (int i = 0; i < 7; i++) {
                Arrays.fill(reader.read(), (byte) 0);
            }
            third.awaitAsked();
            position = reader.position();
            third.arrive();
        }
        try (DocumentReader reader = source.open(partition, position)) {
            assertThat(number(reader.read())).isEqualTo(7);
        }
    }

    @Test
    void closingAReaderDoesNotWaitForAnAnswerAndEndsItsCursor() throws InterruptedException {
        fill(4 * REPLY, LARGE);
        FakeCluster.HeldAnswer late = cluster.hold("getMore");
        FakeCluster.HeldAnswer ended = cluster.hold("killCursors");
        DocumentReader reader = open();
        assertThat(reader.read()).isNotNull();
        late.awaitAsked();
        reader.close();
        reader.close();
        late.arrive();
        ended.awaitAsked();
        ended.arrive();
        assertThat(cluster.commands("getMore")).hasSize(1);
    }

    @Test
    void aSourceMayBeClosedWhileAnAnswerIsOnItsWay() throws InterruptedException {
        fill(4 * REPLY, LARGE);
        FakeCluster.HeldAnswer late = cluster.hold("getMore");
        DocumentReader reader = open();
        assertThat(reader.read()).isNotNull();
        late.awaitAsked();
        reader.close();
        source.close();
        late.arrive();
        assertThat(cluster.commands("getMore")).hasSize(1);
    }

    @Test
    void anIdBehindOtherFieldsIsFound() {
        cluster.put("gigs", new BsonDocument("title", new BsonString("x")).append("_id", new BsonInt32(5)));
        try (DocumentReader reader = open()) {
            Arrays.fill(reader.read(), (byte) 0);
            assertThat(reader.position()).isEqualTo(MongoPartition.position(new BsonInt32(5)));
        }
    }
}
