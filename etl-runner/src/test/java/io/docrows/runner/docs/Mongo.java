package io.docrows.runner.docs;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import io.docrows.embedded.MongoServer;
import io.docrows.source.DocumentReader;
import io.docrows.source.Partition;
import io.docrows.source.ReadRequest;
import io.docrows.source.dump.DumpSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bson.BsonDocument;
import org.bson.RawBsonDocument;

/** A MongoDB-compatible server with one database, filled and changed as a page says. */
final class Mongo implements AutoCloseable {

    private static final String DATABASE = "market";
    private static final Pattern COMMAND = Pattern.compile("db\\.runCommand\\((.*)\\)", Pattern.DOTALL);

    private final MongoServer server = MongoServer.start();
    private final MongoClient client = MongoClients.create(server.connectionString());

    String address() {
        return server.connectionString() + "/" + DATABASE;
    }

    private MongoDatabase database() {
        return client.getDatabase(DATABASE);
    }

    String evaluate(String script) {
        Matcher matcher = COMMAND.matcher(script);
        if (!matcher.matches()) {
            throw new AssertionError("not db.runCommand(...): " + script);
        }
        return database().runCommand(BsonDocument.parse(matcher.group(1))).toJson();
    }

    String restore(Path directory) {
        try (DumpSource dump = DumpSource.open(directory)) {
            for (String collection : dump.collections()) {
                List<RawBsonDocument> documents = new ArrayList<>();
                for (Partition partition : dump.partitions(collection, ReadRequest.everything())) {
                    try (DocumentReader reader = dump.open(partition, null)) {
                        for (byte[] bson = reader.read(); bson != null; bson = reader.read()) {
                            documents.add(new RawBsonDocument(bson));
                        }
                    }
                }
                database().getCollection(collection, RawBsonDocument.class).insertMany(documents);
            }
        }
        return "";
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }
}
