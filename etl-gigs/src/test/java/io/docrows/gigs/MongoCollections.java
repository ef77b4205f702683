package io.docrows.gigs;

import com.mongodb.ConnectionString;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import io.docrows.gigs.samples.Bson;
import io.docrows.source.DocumentReader;
import io.docrows.source.DocumentSource;
import io.docrows.source.ReadRequest;
import io.docrows.source.dump.DumpSource;
import io.docrows.source.mongo.MongoSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.RawBsonDocument;

/** The two collections on a MongoDB server, or on one that is like it. */
final class MongoCollections implements AutoCloseable {

    private static final String DATABASE = "gigs";

    private final String uri;
    private final MongoClient client;

    /** Connects to the server of a connection string, to itself and not to the replica set it may be of. */
    MongoCollections(String serverUri) {
        String hosts = String.join(",", new ConnectionString(serverUri).getHosts());
        uri = "mongodb://" + hosts + "/" + DATABASE + "?directConnection=true";
        client = MongoClients.create(uri);
    }

    /** A source of just these documents. */
    DocumentSource holding(List<BsonDocument> users, List<BsonDocument> gigs) {
        fill("users", users.stream().map(Bson::encode).toList());
        fill("gigs", gigs.stream().map(Bson::encode).toList());
        return MongoSource.connect(uri);
    }

    /** A source of the documents of a dump. */
    DocumentSource holding(Path dump) {
        fill("users", read(dump, "users"));
        fill("gigs", read(dump, "gigs"));
        return MongoSource.connect(uri);
    }

    @Override
    public void close() {
        client.close();
    }

    private void fill(String name, List<byte[]> documents) {
        MongoDatabase database = client.getDatabase(DATABASE);
        if (database.listCollectionNames().into(new ArrayList<>()).contains(name)) {
            database.getCollection(name).deleteMany(new BsonDocument());
        } else {
            database.createCollection(name);
        }
        if (!documents.isEmpty()) {
            database.getCollection(name, RawBsonDocument.class)
                    .insertMany(documents.stream().map(RawBsonDocument::new).toList());
        }
    }

    private static List<byte[]> read(Path dump, String collection) {
        List<byte[]> documents = new ArrayList<>();
        try (DocumentSource source = DumpSource.open(dump);
                DocumentReader reader = source.open(
                        source.partitions(collection, ReadRequest.everything()).get(0), null)) {
            for (byte[] document = reader.read(); document != null; document = reader.read()) {
                documents.add(document);
            }
        }
        return documents;
    }
}
