package io.docrows.gigs;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import io.docrows.ConnectedPipeline;
import io.docrows.Docrows;
import io.docrows.report.RunReport;
import io.docrows.run.Cancellation;
import io.docrows.run.FollowOptions;
import io.docrows.run.VerifyOptions;
import io.docrows.source.mongo.MongoSource;
import java.util.List;
import javax.sql.DataSource;
import org.bson.Document;
import org.bson.types.Decimal128;
import org.junit.jupiter.api.Test;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.mongodb.MongoDBContainer;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** Following a real MongoDB, a replica set of one member, where its image can be had. */
@RequiresImages({GigsContainersIT.MONGO, GigsContainersIT.POSTGRES})
@Testcontainers
final class FollowContainersIT {

    @Container
    private static final MongoDBContainer MONGO_SERVER = new MongoDBContainer(GigsContainersIT.MONGO);

    @Container
    private static final PostgreSQLContainer POSTGRES_SERVER = new PostgreSQLContainer(GigsContainersIT.POSTGRES);

    @Test
    void insertsUpdatesAndDeletesArriveEachTimeByAnotherProcess() {
        MigratedDatabases databases = MigratedDatabases.on(
                POSTGRES_SERVER.getJdbcUrl(), POSTGRES_SERVER.getUsername(), POSTGRES_SERVER.getPassword());
        DataSource target = databases.fresh();
        String uri = MONGO_SERVER.getReplicaSetUrl("market");
        try (MongoClient client = MongoClients.create(uri)) {
            MongoDatabase market = client.getDatabase("market");
            market.getCollection("users").insertMany(List.of(user(1, "Ann"), user(2, "Bob")));
            market.getCollection("gigs").insertMany(List.of(gig(1, 1), gig(2, 2)));
            assertThat(follow(uri, target).status()).isEqualTo(RunReport.Status.COMPLETED);

            market.getCollection("gigs")
                    .updateOne(new Document("_id", 1), new Document("$set", new Document("title", "Paint two doors")));
            market.getCollection("gigs").insertOne(gig(3, 1));
            market.getCollection("gigs").deleteOne(new Document("_id", 2));
            RunReport report = follow(uri, target);
            assertThat(report.total().inserted()).isEqualTo(1);
            assertThat(report.total().updated()).isEqualTo(1);

            market.getCollection("users").deleteOne(new Document("_id", 2));
            follow(uri, target);
        }
    }

    private static RunReport follow(String uri, DataSource target) {
        try (MongoSource source = MongoSource.connect(uri)) {
            ConnectedPipeline pipeline = Docrows.pipeline("gigs", GigsPipeline.users(), GigsPipeline.gigs())
                    .source(source)
                    .target(target);
            RunReport report = pipeline.follow(FollowOptions.defaults().untilCaughtUp(true), new Cancellation());
            assertThat(pipeline.verify(VerifyOptions.defaults()).isEqual()).isTrue();
            return report;
        }
    }

    private static Document user(int id, String name) {
        return Document.parse("{_id: " + id + ", created: {$date: '2020-01-01T00:00:00Z'}, updated:"
                + " {$date: '2020-01-01T00:00:00Z'}, name: '" + name + "', email: '" + id
                + "@example.com', skills: ['paint']}");
    }

    private static Document gig(int id, int poster) {
        return Document.parse("{_id: " + id + ", created: {$date: '2020-01-01T00:00:00Z'}, updated:"
                        + " {$date: '2020-01-01T00:00:00Z'}, title: 'Paint a door', description: 'x', state:"
                        + " 'unstarted', poster: " + poster + "}")
                .append("budget", Decimal128.parse("10.00"));
    }
}
