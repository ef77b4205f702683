package io.docrows.follow;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.ReplaceOptions;
import io.docrows.embedded.MongoServer;
import io.docrows.source.mongo.MongoSource;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.BsonValue;

/** A database of its own on a server: written to as an application would, and the source that follows it. */
final class WrittenDatabase implements AutoCloseable {

    private static int databases;

    private final String name = "written" + ++databases;
    private final MongoClient client;
    private final MongoSource source;

    WrittenDatabase(MongoServer server) {
        client = MongoClients.create(server.connectionString());
        source = MongoSource.connect(server.connectionString() + "/" + name);
    }

    MongoSource source() {
        return source;
    }

    /** Inserts a document, or puts it in place of the one with its {@code _id}. */
    void put(String collection, String json) {
        BsonDocument document = BsonDocument.parse(json);
        collection(collection)
                .replaceOne(new BsonDocument("_id", document.get("_id")), document, new ReplaceOptions().upsert(true));
    }

    void delete(String collection, int id) {
        delete(collection, new BsonInt32(id));
    }

    void delete(String collection, String id) {
        delete(collection, new BsonString(id));
    }

    private void delete(String collection, BsonValue id) {
        collection(collection).deleteOne(new BsonDocument("_id", id));
    }

    private MongoCollection<BsonDocument> collection(String collection) {
        return client.getDatabase(name).getCollection(collection, BsonDocument.class);
    }

    @Override
    public void close() {
        source.close();
        client.close();
    }
}
