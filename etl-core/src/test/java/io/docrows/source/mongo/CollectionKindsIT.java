package io.docrows.source.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import de.bwaldvogel.mongo.bson.Document;
import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.docrows.source.ReadRequest;
import io.netty.channel.Channel;
import java.util.List;
import java.util.Map;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is no collection is told as what it is. */
final class CollectionKindsIT {

    private static final Map<String, String> TYPES = Map.of("cheap", "view", "weather", "timeseries");

    /** Says what MongoDB's documentation of listCollections says of views and time series; the server has neither. */
    private static final class Backend extends MemoryBackend {

        @Override
        public Document handleCommand(Channel channel, String database, String command, Document query) {
            Document reply = super.handleCommand(channel, database, command, query);
            if (command.equalsIgnoreCase("listCollections")
                    && reply.get("cursor") instanceof Document cursor
                    && cursor.get("firstBatch") instanceof List<?> listed) {
                for (Object one : listed) {
                    if (one instanceof Document collection) {
                        collection.put(
                                "type", TYPES.getOrDefault(String.valueOf(collection.get("name")), "collection"));
                    }
                }
            }
            return reply;
        }
    }

    private final MongoServer server = new MongoServer(new Backend());

    @SuppressWarnings("NullAway.Init")
    private MongoClient client;

    @BeforeEach
    void start() {
        server.bind("127.0.0.1", 0);
        client = MongoClients.create(
                "mongodb://127.0.0.1:" + server.getLocalAddress().getPort());
        for (String name : List.of("items", "cheap", "weather")) {
            client.getDatabase("shop")
                    .getCollection(name, BsonDocument.class)
                    .insertOne(new BsonDocument("_id", new BsonInt32(1)));
        }
    }

    @AfterEach
    void stop() {
        client.close();
        server.shutdownNow();
    }

    @Test
    void viewsAndTimeSeriesAreNotOfferedAndToldAsSuch() {
        try (MongoSource source = MongoSource.of(client, "shop")) {
            assertThat(source.collections()).containsExactly("items");
            assertThat(source.partitions("items", ReadRequest.everything())).hasSize(1);
            fails(source, "cheap", "\"cheap\" in " + source.description() + " is a view");
            fails(source, "weather", "is a time-series collection");
            fails(source, "chea", "It contains: items.");
        }
    }

    private static void fails(MongoSource source, String collection, String told) {
        assertThatThrownBy(() -> source.partitions(collection, ReadRequest.everything()))
                .isInstanceOfSatisfying(
                        DocrowsException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.SOURCE_COLLECTION_MISSING))
                .hasMessageContaining(told);
    }
}
