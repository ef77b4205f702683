package io.docrows.runner.demo;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import io.docrows.cli.output.Numbers;
import io.docrows.embedded.MongoServer;
import io.docrows.source.DocumentReader;
import io.docrows.source.DocumentSource;
import io.docrows.source.Partition;
import io.docrows.source.ReadRequest;
import io.docrows.source.dump.DumpSource;
import io.docrows.source.mongo.MongoSource;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sample documents, read over the wire from an embedded MongoDB-compatible server that lives as long as this
 * source. Thread-safe.
 */
public final class SampleServer implements DocumentSource {

    private static final Logger LOG = LoggerFactory.getLogger(SampleServer.class);
    private static final String DATABASE = "gigs";
    private static final int BATCH = 1_000;

    private final MongoServer server;
    private final DocumentSource documents;

    private SampleServer(MongoServer server, DocumentSource documents) {
        this.server = server;
        this.documents = documents;
    }

    /**
     * Starts the server and fills it.
     *
     * @return the source
     */
    public static SampleServer open() {
        MongoServer server = MongoServer.start();
        try {
            fill(server);
            return new SampleServer(server, MongoSource.connect(server.connectionString() + "/" + DATABASE));
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
    }

    private static void fill(MongoServer server) {
        try (SampleDump sample = SampleDump.unpack();
                DumpSource dump = DumpSource.open(sample.directory());
                MongoClient client = MongoClients.create(server.connectionString())) {
            List<String> filled = new ArrayList<>();
            for (String collection : dump.collections()) {
                MongoCollection<RawBsonDocument> to =
                        client.getDatabase(DATABASE).getCollection(collection, RawBsonDocument.class);
                filled.add(Numbers.count(copy(dump, collection, to)) + " " + collection);
            }
            LOG.info("started an embedded MongoDB-compatible server with {}", String.join(" and ", filled));
        }
    }

    private static long copy(DumpSource dump, String collection, MongoCollection<RawBsonDocument> to) {
        long copied = 0;
        List<RawBsonDocument> batch = new ArrayList<>();
        for (Partition partition : dump.partitions(collection, ReadRequest.everything())) {
            try (DocumentReader reader = dump.open(partition, null)) {
                for (byte[] bson = reader.read(); bson != null; bson = reader.read()) {
                    batch.add(new RawBsonDocument(bson));
                    copied++;
                    if (batch.size() == BATCH) {
                        to.insertMany(batch);
                        batch.clear();
                    }
                }
            }
        }
        if (!batch.isEmpty()) {
            to.insertMany(batch);
        }
        return copied;
    }

    @Override
    public String description() {
        return documents.description();
    }

    @Override
    public Set<String> collections() {
        return documents.collections();
    }

    @Override
    public OptionalLong estimatedCount(String collection) {
        return documents.estimatedCount(collection);
    }

    @Override
    public List<Partition> partitions(String collection, ReadRequest request) {
        return documents.partitions(collection, request);
    }

    @Override
    public DocumentReader open(Partition partition, byte @Nullable [] after) {
        return documents.open(partition, after);
    }

    @Override
    public void close() {
        documents.close();
        server.close();
    }
}
