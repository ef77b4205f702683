package io.docrows.source.mongo;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import io.docrows.embedded.MongoServer;
import io.docrows.source.MixedDocuments;
import io.docrows.source.internal.BsonBytes;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.BsonInt32;

/** An embedded server with the contract's collections in the database {@code shop}. */
final class EmbeddedCollections implements AutoCloseable {

    static final String DATABASE = "shop";

    private final MongoServer server = MongoServer.start();
    private final MongoClient client = MongoClients.create(server.connectionString());

    EmbeddedCollections() {
        insert("mixed", MixedDocuments.shuffled());
        insert("other", List.of(MixedDocuments.document(new BsonInt32(1), 1)));
    }

    void insert(String collection, List<byte[]> documents) {
        MongoCollection<BsonDocument> target =
                client.getDatabase(DATABASE).getCollection(collection, BsonDocument.class);
        target.insertMany(documents.stream().map(BsonBytes::decode).toList());
    }

    MongoClient client() {
        return client;
    }

    String uri() {
        return server.connectionString() + "/" + DATABASE;
    }

    int port() {
        return server.port();
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }
}
