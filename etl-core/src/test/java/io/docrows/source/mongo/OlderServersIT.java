package io.docrows.source.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.docrows.source.ChangedSince;
import io.docrows.source.DocumentReader;
import io.docrows.source.Partition;
import io.docrows.source.ReadRequest;
import io.docrows.source.internal.BsonBytes;
import io.docrows.testing.cluster.FakeCluster;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.junit.jupiter.api.Test;

/**
 * What the oldest servers that the driver talks to do not know, on a fake one. Which version knows what is in MongoDB's
 * manual; none of it has been run against such a server.
 */
final class OlderServersIT {

    /** Manual, "find", allowDiskUse: since 4.4. */
    @Test
    void changedDocumentsAreReadFromAServerThatCannotBeLetSortOnDisk() {
        try (FakeCluster server = FakeCluster.standalone()) {
            // MongoDB 4.2.
            server.speaks(8);
            server.withoutDiskUse();
            for (int id = 1; id <= 3; id++) {
                server.put(
                        "orders",
                        new BsonDocument("_id", new BsonInt32(id)).append("changed", new BsonDateTime(1_000 + id)));
            }
            ReadRequest request = new ReadRequest(
                    List.of(),
                    1,
                    List.of(),
                    Optional.of(new ChangedSince(List.of("changed"), Instant.ofEpochMilli(1_002))));
            try (MongoSource source = MongoSource.connect(server.uri())) {
                assertThat(ids(source, source.partitions("orders", request))).containsExactly(2, 3);
            }
            assertThat(server.commands("find"))
                    .extracting(find -> find.containsKey("allowDiskUse"))
                    .startsWith(true)
                    .endsWith(false);
        }
    }

    /** Specification "Wire Version": 7 is MongoDB 4.0. */
    @Test
    void aServerThatIsTooOldForTheDriverIsToldSo() {
        try (FakeCluster server = FakeCluster.standalone()) {
            server.speaks(7);
            assertThatThrownBy(() -> MongoSource.connect(server.uri()))
                    .isInstanceOfSatisfying(
                            DocrowsException.class,
                            told -> assertThat(told.code()).isEqualTo(ErrorCode.SOURCE_UNAVAILABLE))
                    .hasMessageContaining("MongoDB 4.2 or later")
                    .hasMessageContaining("mongodump");
        }
    }

    private static List<Integer> ids(MongoSource source, List<Partition> partitions) {
        List<Integer> ids = new ArrayList<>();
        for (Partition partition : partitions) {
            try (DocumentReader reader = source.open(partition, null)) {
                for (byte[] document = reader.read(); document != null; document = reader.read()) {
                    ids.add(BsonBytes.decode(document).getInt32("_id").getValue());
                }
            }
        }
        return ids;
    }
}
