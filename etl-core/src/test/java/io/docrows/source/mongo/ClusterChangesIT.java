package io.docrows.source.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.docrows.source.Change;
import io.docrows.source.ChangeReader;
import io.docrows.source.DocumentReader;
import io.docrows.source.Partition;
import io.docrows.source.ReadRequest;
import io.docrows.source.internal.BsonBytes;
import io.docrows.testing.cluster.FakeCluster;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonTimestamp;
import org.bson.BsonValue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the embedded server cannot show of change streams, with the real driver on a fake cluster: restarts, elections,
 * transactions, several shards, and everything that ends a stream. None of it has been run against MongoDB itself.
 */
@Tag("long")
final class ClusterChangesIT {

    private static final Set<String> ORDERS = Set.of("orders");

    private FakeCluster cluster = FakeCluster.replicaSet(1);
    private final List<MongoSource> sources = new ArrayList<>();

    @AfterEach
    void stop() {
        sources.forEach(MongoSource::close);
        cluster.close();
    }

    private void use(FakeCluster other) {
        cluster.close();
        cluster = other;
    }

    private MongoSource connect() {
        MongoSource source = MongoSource.connect(cluster.uri());
        sources.add(source);
        return source;
    }

    private void put(int id) {
        cluster.put("orders", new BsonDocument("_id", new BsonInt32(id)));
    }

    /** Reads until no more can have happened. */
    private List<Integer> untilNow(MongoSource source, ChangeReader reader) {
        BsonTimestamp goal = source.time();
        List<Integer> ids = new ArrayList<>();
        while (true) {
            Change change = reader.read();
            if (change != null) {
                ids.add(change.id().asInt32().getValue());
            } else if (reader.reached().compareTo(goal) >= 0) {
                return ids;
            }
        }
    }

    private static int next(ChangeReader reader) {
        while (true) {
            Change change = reader.read();
            if (change != null) {
                return change.id().asInt32().getValue();
            }
        }
    }

    private byte[] positionAfter(int id) {
        MongoSource source = connect();
        try (ChangeReader reader = source.changes(ORDERS, null)) {
            put(id);
            assertThat(next(reader)).isEqualTo(id);
            return reader.position();
        }
    }

    @Test
    void onlyKeysTravel() {
        MongoSource source = connect();
        try (ChangeReader reader = source.changes(ORDERS, null)) {
            put(1);
            assertThat(untilNow(source, reader)).containsExactly(1);
        }
        BsonDocument aggregate = cluster.commands("aggregate").get(0);
        assertThat(aggregate
                        .getArray("pipeline")
                        .get(2)
                        .asDocument()
                        .getDocument("$project")
                        .keySet())
                .containsExactlyInAnyOrder("_id", "operationType", "documentKey", "ns", "to", "clusterTime");
    }

    /** Specification "Change Streams": what startAfter is given, the stream goes on behind. */
    @Test
    void anotherProcessGoesOnBehindTheStoredToken() {
        byte[] position = positionAfter(1);
        put(2);
        MongoSource later = connect();
        try (ChangeReader reader = later.changes(ORDERS, position)) {
            assertThat(untilNow(later, reader)).containsExactly(2);
        }
        assertThat(cluster.latestStream().keySet()).containsExactly("startAfter");
    }

    /** Servers that only speak MongoDB's protocol may refuse startAfter; it is tried, not derived from a version. */
    @Test
    void aServerWithoutStartAfterIsAskedToResume() {
        byte[] position = positionAfter(1);
        cluster.withoutStartAfter();
        put(2);
        MongoSource later = connect();
        try (ChangeReader reader = later.changes(ORDERS, position)) {
            assertThat(untilNow(later, reader)).containsExactly(2);
        }
        assertThat(cluster.latestStream().keySet()).containsExactly("resumeAfter");
    }

    /** Specification "Change Streams", prose test 11: after an empty batch the token is the postBatchResumeToken. */
    @Test
    void theTokenOfAQuietCollectionStaysInTheOplog() {
        byte[] first = positionAfter(1);
        byte[] later;
        MongoSource source = connect();
        try (ChangeReader reader = source.changes(ORDERS, first)) {
            cluster.put("others", new BsonDocument("_id", new BsonInt32(1)));
            assertThat(untilNow(source, reader)).isEmpty();
            later = reader.position();
            assertThat(later).isNotEqualTo(first);
        }
        cluster.forget();
        put(2);
        assertThatThrownBy(() -> connect().changes(ORDERS, first)).hasMessageContaining("286");
        try (ChangeReader reader = source.changes(ORDERS, later)) {
            assertThat(untilNow(source, reader)).containsExactly(2);
        }
    }

    @Test
    void anEmptyAnswerIsNotTakenForCaughtUp() {
        use(FakeCluster.sharded(2));
        MongoSource source = connect();
        try (ChangeReader reader = source.changes(ORDERS, null)) {
            // The other shard may still tell something that happened before (specification, "Testing on Sharded
            // Clusters").
            cluster.put("orders", new BsonDocument("_id", new BsonInt32(1)), 0);
            BsonTimestamp goal = source.time();
            for (int i = 0; i < 3; i++) {
                assertThat(reader.read()).isNull();
                assertThat(reader.reached()).isLessThan(goal);
            }
            cluster.noop(1);
            assertThat(next(reader)).isEqualTo(1);
        }
    }

    @Test
    void changesOfSeveralShardsComeInTheOrderOfTheirTimes() {
        use(FakeCluster.sharded(2));
        MongoSource source = connect();
        try (ChangeReader reader = source.changes(ORDERS, null)) {
            for (int id = 1; id <= 6; id++) {
                cluster.put("orders", new BsonDocument("_id", new BsonInt32(id)), id % 2);
            }
            BsonTimestamp goal = source.time();
            cluster.noop(0);
            cluster.noop(1);
            List<Integer> ids = new ArrayList<>();
            while (reader.reached().compareTo(goal) < 0) {
                Change change = reader.read();
                if (change != null) {
                    ids.add(change.id().asInt32().getValue());
                }
            }
            assertThat(ids).containsExactly(1, 2, 3, 4, 5, 6);
        }
    }

    /** MongoDB manual, "Change Events": the changes of a transaction have one cluster time. */
    @Test
    void aStopWithinATransactionLosesNothingOfIt() {
        byte[] position;
        MongoSource source = connect();
        try (ChangeReader reader = source.changes(ORDERS, null)) {
            cluster.transaction(() -> {
                put(1);
                put(2);
                put(3);
            });
            assertThat(next(reader)).isEqualTo(1);
            assertThat(reader.reached()).isLessThan(cluster.now());
            position = reader.position();
        }
        MongoSource later = connect();
        try (ChangeReader reader = later.changes(ORDERS, position)) {
            assertThat(untilNow(later, reader)).containsExactly(2, 3);
        }
    }

    /** Specification "Change Streams", "Resumable Error": the server labels it, the driver resumes once. */
    @Test
    void anotherPrimaryIsElected() {
        use(FakeCluster.replicaSet(2));
        MongoSource source = connect();
        try (ChangeReader reader = source.changes(ORDERS, null)) {
            put(1);
            assertThat(next(reader)).isEqualTo(1);
            cluster.elect(1);
            put(2);
            assertThat(untilNow(source, reader)).containsExactly(2);
        }
    }

    @Test
    void thePrimaryIsGoneAndAnotherIsElected() {
        use(FakeCluster.replicaSet(2));
        MongoSource source = connect();
        try (ChangeReader reader = source.changes(ORDERS, null)) {
            put(1);
            assertThat(next(reader)).isEqualTo(1);
            cluster.elect(1);
            cluster.stop(0);
            put(2);
            assertThat(untilNow(source, reader)).containsExactly(2);
            assertThat(read(source, 2)).containsExactly(2);
        }
    }

    @Test
    void connectionsAreCut() {
        MongoSource source = connect();
        try (ChangeReader reader = source.changes(ORDERS, null)) {
            for (int id = 1; id <= 5; id++) {
                put(id);
                cluster.cut();
                assertThat(untilNow(source, reader)).containsExactly(id);
            }
            cluster.cutInPlaceOf("getMore");
            cluster.cutInPlaceOf("aggregate");
            cluster.cutInPlaceOf("aggregate");
            put(6);
            assertThat(untilNow(source, reader)).containsExactly(6);
        }
    }

    /** Codes that are worth another attempt (specification "Retryable Reads", "Retryable Error"; a lost cursor: 43). */
    @ParameterizedTest
    @CsvSource({"getMore, 43", "getMore, 11600", "getMore, 91", "getMore, 234", "aggregate, 189", "aggregate, 10107"})
    void failuresThatPass(String command, int code) {
        MongoSource source = connect();
        byte[] position = positionAfter(1);
        try (ChangeReader reader = source.changes(ORDERS, position)) {
            put(2);
            assertThat(untilNow(source, reader)).containsExactly(2);
            put(3);
            cluster.fail("getMore", 43, "CursorNotFound");
            cluster.fail(command, code, "Location", "ResumableChangeStreamError");
            cluster.fail(command, code, "Location", "ResumableChangeStreamError");
            assertThat(untilNow(source, reader)).containsExactly(3);
        }
    }

    /**
     * MongoDB's error codes: ChangeStreamHistoryLost, ChangeStreamFatalError, InvalidResumeToken, FailedToParse,
     * CappedPositionLost, and those without a name of tokens that cannot be read or found.
     */
    @ParameterizedTest
    @ValueSource(ints = {286, 280, 260, 9, 136, 40_585, 40_615, 40_649, 50_811})
    void theTokenIsOfNoUse(int code) {
        byte[] position = positionAfter(1);
        MongoSource source = connect();
        cluster.fail("aggregate", code, "Location");
        cluster.fail("aggregate", code, "Location");
        lost(() -> source.changes(ORDERS, position), "code " + code);
    }

    @ParameterizedTest
    @ValueSource(ints = {286, 280, 260, 50_811})
    void theStreamCannotGoOn(int code) {
        MongoSource source = connect();
        try (ChangeReader reader = source.changes(ORDERS, null)) {
            cluster.fail("getMore", code, "Location", "NonResumableChangeStreamError");
            lost(() -> readOn(reader), "code " + code);
        }
    }

    @Test
    void theOplogReachesBackToALaterMoment() {
        byte[] position = positionAfter(1);
        put(2);
        cluster.forget();
        lost(() -> connect().changes(ORDERS, position), "the oplog reaches back only to a later moment");
    }

    @Test
    void aCollectionIsDropped() {
        MongoSource source = connect();
        try (ChangeReader reader = source.changes(ORDERS, null)) {
            cluster.drop("others");
            put(1);
            assertThat(untilNow(source, reader)).containsExactly(1);
            cluster.drop("orders");
            lost(() -> readOn(reader), "the collection \"orders\" was dropped");
        }
    }

    @ParameterizedTest
    @CsvSource({"orders, old", "new, orders"})
    void aCollectionIsRenamed(String from, String to) {
        MongoSource source = connect();
        try (ChangeReader reader = source.changes(ORDERS, null)) {
            cluster.rename(from, to);
            lost(() -> readOn(reader), "was renamed, or another took its name");
        }
    }

    @Test
    void theDatabaseIsDropped() {
        MongoSource source = connect();
        try (ChangeReader reader = source.changes(ORDERS, null)) {
            put(1);
            assertThat(next(reader)).isEqualTo(1);
            cluster.dropDatabase();
            lost(() -> readOn(reader), "the database was dropped");
        }
    }

    /** MongoDB manual, "invalidate Event": the stream ends, and only startAfter goes on behind it. */
    @Test
    void theStreamIsInvalidated() {
        byte[] position = positionAfter(1);
        cluster.dropDatabase();
        MongoSource source = connect();
        try (ChangeReader reader = source.changes(ORDERS, position)) {
            lost(() -> readOn(reader), "was dropped");
        }
        // Whoever loads everything again begins behind it.
        try (ChangeReader reader = source.changes(ORDERS, null)) {
            put(1);
            assertThat(untilNow(source, reader)).containsExactly(1);
        }
    }

    /** MongoDB manual, "$changeStreamSplitLargeEvent". */
    @Test
    void aChangeThatIsTooLargeToTellIsToldInParts() {
        MongoSource source = connect();
        byte[] position = positionAfter(1);
        try (ChangeReader reader = source.changes(ORDERS, position)) {
            cluster.changeMuch("orders", new BsonDocument("_id", new BsonInt32(1)));
            put(2);
            assertThat(untilNow(source, reader)).containsExactly(1, 2);
        }
    }

    /** A part's token is of use with the pipeline that made it only, so it is never kept. */
    @Test
    void aStopBehindAPartOfAChangeTellsAllOfItAgain() {
        MongoSource source = connect();
        byte[] position = positionAfter(1);
        try (ChangeReader reader = source.changes(ORDERS, position)) {
            cluster.changeMuch("orders", new BsonDocument("_id", new BsonInt32(7)));
            assertThat(next(reader)).isEqualTo(7);
            position = reader.position();
        }
        MongoSource later = connect();
        try (ChangeReader reader = later.changes(ORDERS, position)) {
            put(2);
            assertThat(untilNow(later, reader)).containsExactly(7, 2);
        }
    }

    @Test
    void aServerThatCannotSplitDoesNotTryForEver() {
        cluster.withoutSplitting();
        MongoSource source = connect();
        byte[] position = positionAfter(1);
        try (ChangeReader reader = source.changes(ORDERS, position)) {
            cluster.changeMuch("orders", new BsonDocument("_id", new BsonInt32(7)));
            lost(() -> readOn(reader), "too large for MongoDB to tell (code 10334)");
        }
    }

    @Test
    void aServerThatIsNoReplicaSet() {
        use(FakeCluster.standalone());
        refused(ErrorCode.SOURCE_NOT_FOLLOWABLE, "--replSet", "on a schedule");
    }

    @Test
    void aUserWithoutTheRight() {
        cluster.forbidFollowing();
        refused(ErrorCode.SOURCE_NOT_FOLLOWABLE, "changeStream", "the role read");
    }

    @ParameterizedTest
    @CsvSource({"view, a view", "timeseries, a time-series collection"})
    void aNameThatIsOfNoCollection(String type, String called) {
        cluster.define("orders", type);
        refused(ErrorCode.SOURCE_COLLECTION_MISSING, called, "\"orders\"");
    }

    /** A wrong password does not become right: that is not tried again. */
    @Test
    void credentialsThatAreRefusedLater() {
        MongoSource source =
                MongoSource.connect(cluster.uri("me:hunter2@") + "&authMechanism=PLAIN&authSource=$external");
        sources.add(source);
        try (ChangeReader reader = source.changes(ORDERS, null)) {
            for (int i = 0; i < 4; i++) {
                cluster.fail("saslStart", 18, "AuthenticationFailed");
            }
            cluster.cut();
            assertThatThrownBy(() -> readOn(reader))
                    .isInstanceOfSatisfying(
                            DocrowsException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SOURCE_UNAVAILABLE))
                    .hasMessageContaining("refuses the credentials")
                    .hasMessageNotContaining("hunter2");
        }
    }

    /** Specification "Causal Consistency": the member that answers has heard of the change. */
    @Test
    void documentsAreReadAtMajorityAndAfterTheChange() {
        MongoSource source = connect();
        put(1);
        BsonTimestamp changed = cluster.now();
        assertThat(read(source, 1)).containsExactly(1);
        BsonDocument find = cluster.commands("find").get(0);
        BsonDocument concern = find.getDocument("readConcern");
        assertThat(concern.getString("level").getValue()).isEqualTo("majority");
        assertThat(concern.getTimestamp("afterClusterTime")).isGreaterThanOrEqualTo(changed);
        assertThat(find.containsKey("lsid")).isTrue();
    }

    @Test
    void aCutWhileManyDocumentsAreReadLosesAndRepeatsNone() {
        MongoSource source = connect();
        List<BsonValue> wanted = new ArrayList<>();
        for (int id = 0; id < 2_500; id++) {
            put(id);
            wanted.add(new BsonInt32(id));
        }
        // The second query, as the reader finds it and as it is asked for again.
        cluster.failLater("find", 1, 11600, "InterruptedAtShutdown");
        cluster.failLater("find", 2, 11600, "InterruptedAtShutdown");
        assertThat(read(source, wanted)).containsExactlyInAnyOrderElementsOf(numbers(wanted));
        assertThat(cluster.commands("find")).hasSizeGreaterThanOrEqualTo(4);
    }

    private static List<Integer> numbers(List<BsonValue> ids) {
        return ids.stream().map(id -> id.asInt32().getValue()).toList();
    }

    /** Whichever member answers, and whatever is rolled back later: what the stream does not tell is in the load. */
    @Test
    void whatIsLoadedHoldsAllThatHappenedBeforeTheFirstChange() {
        MongoSource source = connect();
        put(1);
        BsonTimestamp before = cluster.now();
        try (ChangeReader reader = source.changes(ORDERS, null)) {
            Partition everything =
                    source.partitions("orders", ReadRequest.everything()).get(0);
            try (DocumentReader documents = source.open(everything, null)) {
                assertThat(documents.read()).isNotNull();
            }
            BsonDocument concern = cluster.commands("find").get(0).getDocument("readConcern");
            assertThat(concern.getString("level").getValue()).isEqualTo("majority");
            assertThat(concern.getTimestamp("afterClusterTime")).isGreaterThanOrEqualTo(before);
            assertThat(untilNow(source, reader)).isEmpty();
        }
    }

    private List<Integer> read(MongoSource source, int id) {
        return read(source, List.of(new BsonInt32(id)));
    }

    private List<Integer> read(MongoSource source, List<BsonValue> wanted) {
        List<Integer> ids = new ArrayList<>();
        try (DocumentReader reader = source.read("orders", wanted, cluster.now())) {
            for (byte[] document = reader.read(); document != null; document = reader.read()) {
                ids.add(BsonBytes.decode(document).getInt32("_id").getValue());
            }
        }
        return ids;
    }

    private static void readOn(ChangeReader reader) {
        while (true) {
            reader.read();
        }
    }

    private void refused(ErrorCode code, String... texts) {
        MongoSource source = connect();
        assertThatThrownBy(() -> source.changes(ORDERS, null))
                .isInstanceOfSatisfying(
                        DocrowsException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageContainingAll(texts)
                .hasMessageNotContaining("secret");
    }

    private static void lost(ThrowingCallable what, String message) {
        assertThatThrownBy(what)
                .isInstanceOfSatisfying(
                        DocrowsException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SOURCE_HISTORY_LOST))
                .hasMessageContaining(message)
                .hasMessageContaining("--on-lost-history run")
                .hasMessageNotContaining("secret");
    }
}
