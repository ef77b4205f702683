package io.docrows.follow;

import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.Docrows;
import io.docrows.report.RunReport;
import io.docrows.run.Cancellation;
import io.docrows.run.DeleteLimit;
import io.docrows.run.FollowListener;
import io.docrows.run.FollowOptions;
import io.docrows.run.FollowProgress;
import io.docrows.run.LostHistory;
import io.docrows.run.RunOptions;
import io.docrows.run.VerifyOptions;
import io.docrows.source.mongo.MongoSource;
import io.docrows.testing.Bookshop;
import io.docrows.testing.Bookshop.Database;
import io.docrows.testing.Shop;
import io.docrows.testing.cluster.FakeCluster;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A target that is kept in step with a fake replica set, each time by another process. */
@Tag("long")
final class FollowClusterIT {

    private final FakeCluster cluster = FakeCluster.replicaSet(2);
    private final Database database = Bookshop.database();
    private final FollowOptions options = FollowOptions.defaults().untilCaughtUp(true);

    @AfterEach
    void stop() {
        cluster.close();
    }

    private static final List<BsonDocument> ORDERS_OF_ONE = List.of(
            BsonDocument.parse("{_id: 1, note: 'even', tags: ['a']}"),
            BsonDocument.parse("{_id: 1, note: 'odd', tags: ['a', 'b']}"));

    private void put(String collection, String json) {
        put(collection, BsonDocument.parse(json));
    }

    private void put(String collection, BsonDocument document) {
        cluster.put(collection, document);
    }

    private void fill() {
        put("products", "{_id: 1, name: 'Tea'}");
        put("orders", "{_id: 1, note: 'a', items: [{sku: 'x', quantity: 1, product: 1}], tags: ['p', 'q']}");
        put("orders", "{_id: 2, note: 'b', items: [], tags: []}");
    }

    private RunReport follow(FollowOptions how) {
        try (MongoSource source = MongoSource.connect(cluster.uri())) {
            return Docrows.pipeline("shop", Shop.PRODUCTS, Shop.ORDERS)
                    .source(source)
                    .target(database.target())
                    .follow(how, new Cancellation());
        }
    }

    private void assertEqual() {
        try (MongoSource source = MongoSource.connect(cluster.uri())) {
            assertThat(Docrows.pipeline("shop", Shop.PRODUCTS, Shop.ORDERS)
                            .source(source)
                            .target(database.target())
                            .verify(VerifyOptions.defaults())
                            .isEqual())
                    .isTrue();
        }
    }

    @Test
    void eachProcessGoesOnWhereTheOneBeforeStopped() {
        fill();
        follow(options);
        put("orders", "{_id: 1, note: 'changed'}");
        assertThat(follow(options).total().read()).isEqualTo(1);
        cluster.transaction(() -> {
            put("products", "{_id: 2, name: 'Cup'}");
            put("orders", "{_id: 3, note: 'c', items: [{sku: 'y', quantity: 1, product: 2}]}");
            cluster.delete("orders", new BsonInt32(2));
        });
        RunReport report = follow(options);
        assertThat(report.total().read()).isEqualTo(2);
        assertThat(report.total().inserted()).isEqualTo(2);
        assertEqual();
    }

    @Test
    void whatHappensWhileEverythingIsLoadedIsApplied() {
        fill();
        follow(options.listener(new FollowListener() {
            @Override
            public void loaded(RunReport load) {
                put("orders", "{_id: 3, note: 'late'}");
                cluster.elect(1);
                cluster.delete("orders", new BsonInt32(1));
            }
        }));
        assertThat(database.rows("SELECT mongo_id FROM shop_order ORDER BY 1")).containsExactly("2", "3");
        assertEqual();
    }

    @Test
    void aDropIsMadeUpForByOneFullRun() {
        fill();
        follow(options);
        // The latest of all that happened: a stream that began at this very time would tell of it once more, for ever.
        cluster.drop("orders");
        put("orders", "{_id: 7, note: 'new'}");
        cluster.drop("others");
        FollowOptions again =
                options.lostHistory(LostHistory.RUN).load(RunOptions.defaults().maxDeletes(DeleteLimit.of("100%")));
        follow(again);
        assertThat(database.rows("SELECT mongo_id FROM shop_order ORDER BY 1")).containsExactly("7");
        cluster.drop("products");
        cluster.drop("orders");
        put("products", "{_id: 1, name: 'Tea'}");
        cluster.transaction(() -> {
            put("orders", "{_id: 8, note: 'newer'}");
            cluster.drop("products");
            put("products", "{_id: 1, name: 'Tea'}");
        });
        follow(again);
        assertThat(database.rows("SELECT mongo_id FROM shop_order ORDER BY 1")).containsExactly("8");
        assertEqual();
    }

    @Test
    void aHundredThousandChangesOfOneDocumentReadItOnce() {
        fill();
        follow(options);
        for (int i = 1; i <= 100_000; i++) {
            put("orders", ORDERS_OF_ONE.get(i % 2));
        }
        List<FollowProgress> heard = new ArrayList<>();
        RunReport report = follow(options.batch(5_000, Duration.ofHours(1)).listener(new FollowListener() {
            @Override
            public void progressed(FollowProgress progress) {
                heard.add(progress);
            }
        }));
        assertThat(heard.get(heard.size() - 1).changes()).isEqualTo(100_000);
        assertThat(report.total().read()).isEqualTo(1);
        assertEqual();
    }
}
