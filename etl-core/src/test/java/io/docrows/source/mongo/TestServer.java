package io.docrows.source.mongo;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import java.util.UUID;
import org.bson.BsonDocument;

/**
 * A database of its own on the server that a user names in the environment, which is dropped afterwards. Nothing else
 * on that server is touched.
 */
final class TestServer implements AutoCloseable {

    /** The environment's variable; the server is to be a replica set or a sharded cluster. */
    static final String URI = "DOCROWS_TEST_MONGODB_URI";

    /** Why a suite that needs it is skipped. */
    static final String ABSENT = "no server of your own is named in " + URI;

    private final MongoClient client = MongoClients.create(System.getenv(URI));
    private final String database =
            "docrows_test_" + UUID.randomUUID().toString().replace("-", "");

    MongoSource source() {
        return MongoSource.of(client, database);
    }

    MongoDatabase database() {
        return client.getDatabase(database);
    }

    MongoCollection<BsonDocument> collection(String name) {
        return database().getCollection(name, BsonDocument.class);
    }

    @Override
    public void close() {
        database().drop();
        client.close();
    }
}
