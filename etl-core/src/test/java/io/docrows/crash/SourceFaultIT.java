package io.docrows.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import io.docrows.embedded.MongoServer;
import io.docrows.report.RunReport;
import io.docrows.run.RunOptions;
import io.docrows.source.DocumentReader;
import io.docrows.source.ReadRequest;
import io.docrows.source.dump.DumpSource;
import io.docrows.source.mongo.MongoSource;
import io.docrows.testing.Bookshop;
import io.docrows.testing.Bookshop.Database;
import io.docrows.testing.CuttingProxy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bson.RawBsonDocument;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The connection to MongoDB is cut while a whole pipeline is loaded through it. */
final class SourceFaultIT {

    private static final String DATABASE = "shop";

    @TempDir
    Path directory;

    @Test
    @Tag("long")
    void aConnectionThatIsCutAgainAndAgainCostsNothing() throws IOException {
        Path dump = Shop.write(directory, 2_000, 7);
        Database database = Shop.alone(Bookshop.database());
        try (MongoServer server = MongoServer.start()) {
            fill(server, dump);
            try (CuttingProxy proxy = new CuttingProxy(server.port());
                    MongoSource source = MongoSource.connect("mongodb://127.0.0.1:" + proxy.port() + "/" + DATABASE)) {
                // Less than a reply that is asked for at first: it gets through in pieces.
                proxy.cutEvery(80_000);

                RunReport report = Bookshop.pipeline()
                        .source(source)
                        .target(database.target())
                        .run(RunOptions.defaults().batch(200, 1 << 20));

                assertThat(report.status()).isEqualTo(RunReport.Status.COMPLETED);
                System.out.println(proxy.cuts() + " cuts of the connection to the source");
                assertThat(proxy.cuts()).isPositive();
                Shop.assertHolds(database, Killing.undisturbed(dump, 1));
            }
        }
    }

    private static void fill(MongoServer server, Path dump) {
        try (MongoClient client = MongoClients.create(server.connectionString());
                DumpSource source = DumpSource.open(dump)) {
            for (String collection : source.collections()) {
                List<RawBsonDocument> documents = new ArrayList<>();
                try (DocumentReader reader = source.open(
                        source.partitions(collection, ReadRequest.everything()).get(0), null)) {
                    for (byte[] bson = reader.read(); bson != null; bson = reader.read()) {
                        documents.add(new RawBsonDocument(bson));
                    }
                }
                client.getDatabase(DATABASE)
                        .getCollection(collection, RawBsonDocument.class)
                        .insertMany(documents);
            }
        }
    }
}
