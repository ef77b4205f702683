package io.docrows.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import io.docrows.ConnectedPipeline;
import io.docrows.Docrows;
import io.docrows.embedded.MongoServer;
import io.docrows.run.Cancellation;
import io.docrows.run.FollowOptions;
import io.docrows.run.VerifyOptions;
import io.docrows.source.mongo.MongoSource;
import io.docrows.testing.Bookshop;
import io.docrows.testing.Bookshop.Database;
import io.docrows.testing.CuttingProxy;
import io.docrows.testing.Shop;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Following over connections that are cut, and into a target that is slow. */
@Tag("long")
final class FollowerFaultIT {

    private final MongoServer mongo = MongoServer.startWithOplog();
    private final MongoClient client = MongoClients.create(mongo.connectionString());
    private final Database database = Bookshop.database();
    private final ShopTraffic traffic = new ShopTraffic(client.getDatabase("shop"), 13, 200);

    @AfterEach
    void stop() {
        client.close();
        mongo.close();
    }

    private void follow(MongoSource source, int writes) throws InterruptedException {
        ConnectedPipeline pipeline = Docrows.pipeline("shop", Shop.PRODUCTS, Shop.ORDERS)
                .source(source)
                .target(database.target());
        FollowOptions options = FollowOptions.defaults().untilCaughtUp(true).batch(200, Duration.ofMillis(20));
        pipeline.follow(options, new Cancellation());
        Thread applications = new Thread(() -> traffic.write(writes), "traffic");
        applications.start();
        while (applications.isAlive()) {
            pipeline.follow(options, new Cancellation());
        }
        traffic.restock();
        pipeline.follow(options, new Cancellation());
        assertThat(pipeline.verify(VerifyOptions.defaults()).isEqual()).isTrue();
        assertThat(traffic.stored()).isEqualTo(traffic.acknowledged());
    }

    @Test
    void connectionsToTheSourceAreCut() throws Exception {
        traffic.fill();
        try (CuttingProxy proxy = new CuttingProxy(mongo.port());
                MongoSource source = MongoSource.connect("mongodb://127.0.0.1:" + proxy.port()
                        + "/shop?serverSelectionTimeoutMS=5000&heartbeatFrequencyMS=500")) {
            // An answer holds up to 1,000 events: more than one has to pass, or nothing would ever be read.
            proxy.cutEvery(300_000);
            follow(source, 2_500);
            assertThat(proxy.cuts()).isPositive();
        }
    }

    @Test
    void aSlowTargetFallsBehindAndCatchesUp() throws Exception {
        traffic.fill();
        database.execute("CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS"
                + " $$BEGIN PERFORM pg_sleep(0.01); RETURN NULL; END$$");
        database.execute("CREATE TRIGGER slow AFTER INSERT OR UPDATE OR DELETE ON order_item FOR EACH STATEMENT EXECUTE"
                + " FUNCTION slow()");
        try (MongoSource source = MongoSource.connect(mongo.connectionString() + "/shop")) {
            follow(source, 300);
        }
    }
}
