package io.docrows.source.mongo;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.ReplaceOptions;
import io.docrows.embedded.MongoServer;
import io.docrows.source.ChangeSource;
import io.docrows.source.ChangeSourceContract;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonValue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** The contract on the embedded server's oplog. */
final class EmbeddedChangesIT extends ChangeSourceContract {

    @SuppressWarnings("NullAway.Init")
    private static MongoServer server;

    @SuppressWarnings("NullAway.Init")
    private static MongoClient client;

    private static int databases;

    private String database = "";
    private ChangeSource source = MongoSource.of(client, "none");

    @BeforeAll
    static void start() {
        server = MongoServer.startWithOplog();
        client = MongoClients.create(server.connectionString());
    }

    @AfterAll
    static void stop() {
        client.close();
        server.close();
    }

    @BeforeEach
    void open() {
        database = "shop" + ++databases;
        source = MongoSource.connect(server.connectionString() + "/" + database);
    }

    @AfterEach
    void close() {
        source.close();
    }

    @Override
    protected ChangeSource source() {
        return source;
    }

    @Override
    protected void put(String collection, BsonValue id, int number) {
        collection(collection)
                .replaceOne(
                        new BsonDocument("_id", id),
                        new BsonDocument("_id", id).append("n", new BsonInt32(number)),
                        new ReplaceOptions().upsert(true));
    }

    @Override
    protected void delete(String collection, BsonValue id) {
        collection(collection).deleteOne(new BsonDocument("_id", id));
    }

    private MongoCollection<BsonDocument> collection(String name) {
        return client.getDatabase(database).getCollection(name, BsonDocument.class);
    }
}
