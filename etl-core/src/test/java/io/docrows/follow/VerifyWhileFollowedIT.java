package io.docrows.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.ReplaceOptions;
import io.docrows.ConnectedPipeline;
import io.docrows.Docrows;
import io.docrows.embedded.MongoServer;
import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.docrows.report.Difference;
import io.docrows.report.VerifyReport;
import io.docrows.run.Cancellation;
import io.docrows.run.FollowListener;
import io.docrows.run.FollowOptions;
import io.docrows.run.VerifyOptions;
import io.docrows.source.mongo.MongoSource;
import io.docrows.testing.Bookshop;
import io.docrows.testing.Bookshop.Database;
import io.docrows.testing.Shop;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Source and target are compared while changes flow. */
final class VerifyWhileFollowedIT {

    private static final int PRODUCTS = 400;
    private static final VerifyOptions BESIDE = VerifyOptions.defaults().whileFollowed(true);

    private final MongoServer server = MongoServer.startWithOplog();
    private final MongoClient client = MongoClients.create(server.connectionString());
    private final MongoSource source = MongoSource.connect(server.connectionString() + "/shop");
    private final Database database = Bookshop.database();
    private final ConnectedPipeline pipeline =
            Docrows.pipeline("shop", Shop.PRODUCTS).source(source).target(database.target());
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Cancellation cancellation = new Cancellation();
    private final CountDownLatch stop = new CountDownLatch(1);

    @BeforeEach
    void fill() {
        for (int id = 0; id < PRODUCTS; id++) {
            put(id, "P");
        }
    }

    @AfterEach
    void end() throws InterruptedException {
        stop.countDown();
        cancellation.request();
        threads.shutdown();
        threads.awaitTermination(1, TimeUnit.MINUTES);
        source.close();
        client.close();
        server.close();
    }

    private MongoCollection<BsonDocument> products() {
        return client.getDatabase("shop").getCollection("products", BsonDocument.class);
    }

    private void put(int id, String name) {
        BsonDocument key = new BsonDocument("_id", new BsonInt32(id));
        products().replaceOne(key, key.clone().append("name", new BsonString(name)), new ReplaceOptions().upsert(true));
    }

    /** Follows until the end of the test; returns when it does. */
    private Future<?> follow() throws InterruptedException {
        CountDownLatch following = new CountDownLatch(1);
        FollowOptions options = FollowOptions.defaults()
                .batch(5_000, Duration.ofMillis(20))
                .listener(new FollowListener() {
                    @Override
                    public void following(long run) {
                        following.countDown();
                    }
                });
        Future<?> follower = threads.submit(() -> pipeline.follow(options, cancellation));
        following.await();
        return follower;
    }

    private void change() {
        Random random = new Random(3);
        threads.execute(() -> {
            try {
                for (int i = 0; !stop.await(25, TimeUnit.MILLISECONDS); i++) {
                    int id = random.nextInt(PRODUCTS);
                    if (i % 5 == 0) {
                        products().deleteOne(new BsonDocument("_id", new BsonInt32(id)));
                    } else {
                        put(id, "P" + i);
                    }
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    @Test
    void whatIsOnItsWayIsNotDifferent() throws Exception {
        follow();
        change();
        for (int i = 0; i < 2; i++) {
            VerifyReport report = pipeline.verify(BESIDE);
            assertThat(report.isEqual()).as("%s", report).isTrue();
        }
    }

    @Test
    void whatIsWrongIsDifferentEachTime() throws Exception {
        follow();
        put(PRODUCTS, "wrong soon");
        put(PRODUCTS + 1, "gone soon");
        while (!database.rows("SELECT count(*) FROM product").equals(List.of(String.valueOf(PRODUCTS + 2)))) {
            // Not there yet.
        }
        change();
        database.execute("UPDATE product SET name = 'changed by hand' WHERE mongo_id = '" + PRODUCTS + "'");
        database.execute("DELETE FROM product WHERE mongo_id = '" + (PRODUCTS + 1) + "'");
        database.execute("INSERT INTO product (mongo_id, name) VALUES ('99999', 'nobody''s')");
        VerifyReport report = pipeline.verify(BESIDE);
        assertThat(report.collections().get(0).differences())
                .extracting(Difference::key)
                .containsExactlyInAnyOrder(String.valueOf(PRODUCTS), String.valueOf(PRODUCTS + 1), "99999");
        assertThat(report.collections().get(0).different()).isEqualTo(1);
        assertThat(report.collections().get(0).missing()).isEqualTo(1);
        assertThat(report.collections().get(0).extra()).isEqualTo(1);
    }

    @Test
    void withoutBeingToldItWaitsForNobody() throws Exception {
        follow();
        assertThatThrownBy(() -> pipeline.verify(VerifyOptions.defaults()))
                .isInstanceOfSatisfying(
                        DocrowsException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.PIPELINE_LOCKED))
                .hasMessageContaining("docrows shop");
    }

    @Test
    void nothingFollows() {
        assertThatThrownBy(() -> pipeline.verify(BESIDE))
                .isInstanceOfSatisfying(
                        DocrowsException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_OPTION))
                .hasMessageContaining("Start watch");
    }
}
