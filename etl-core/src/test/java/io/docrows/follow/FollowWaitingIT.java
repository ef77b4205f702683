package io.docrows.follow;

import static io.docrows.mapping.MissingReference.PENDING;
import static io.docrows.mapping.Values.id;
import static io.docrows.mapping.Values.string;
import static io.docrows.testing.db.Tables.ORDER_ITEM;
import static io.docrows.testing.db.Tables.PRODUCT;
import static io.docrows.testing.db.Tables.SHOP_ORDER;
import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.ConnectedPipeline;
import io.docrows.mapping.CollectionMapping;
import io.docrows.report.Counts;
import io.docrows.report.RunReport;
import io.docrows.run.Cancellation;
import io.docrows.run.FollowOptions;
import io.docrows.run.RunListener;
import io.docrows.run.RunOptions;
import io.docrows.testing.Shop;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Documents and elements that wait for others, while changes are followed. */
@Tag("long")
final class FollowWaitingIT extends FollowSetting {

    private static final String ORDER = "{_id: 5, note: 'n', items: [{sku: 'x', quantity: 1, product: 7}]}";
    private static final String ITEMS = "SELECT o.mongo_id, i.sku, p.mongo_id FROM shop_order o"
            + " JOIN order_item i ON i.order_id = o.id LEFT JOIN product p ON p.id = i.product_id";

    private final FollowOptions options = FollowOptions.defaults().untilCaughtUp(true);

    private ConnectedPipeline pipeline(CollectionMapping<?>... mappings) {
        mongo.put("products", "{_id: 1, name: 'Tea'}");
        mongo.put("orders", "{_id: 1, note: 'none'}");
        return connected("shop", mappings);
    }

    /** What is done once the rows of a batch are committed, on the thread that follows. */
    private FollowOptions afterEachBatch(Runnable action) {
        return options.load(RunOptions.defaults().listener(new RunListener() {
            @Override
            public void batchCommitted(String collection, Counts batch) {
                action.run();
            }
        }));
    }

    @Test
    void aRejectOfAnEarlierRoundIsLoadedWhenWhatItRefersToArrives() {
        ConnectedPipeline pipeline = pipeline(Shop.PRODUCTS, Shop.ORDERS);
        pipeline.follow(options, new Cancellation());

        mongo.put("orders", ORDER);
        mongo.put("products", "{_id: 7, name: 'Cup'}");
        RunReport report = pipeline.follow(options.batch(1, Duration.ofMillis(1)), new Cancellation());
        assertThat(database.rows(ITEMS)).containsExactly("5|x|7");
        assertThat(database.rows("SELECT code FROM docrows.reject")).isEmpty();
        assertThat(report.total().rejected()).isZero();
    }

    @Test
    void elementsThatWaitAreCompletedThoughNothingWasRejected() {
        ConnectedPipeline pipeline = pipeline(
                Shop.PRODUCTS,
                CollectionMapping.of("orders", SHOP_ORDER)
                        .key(SHOP_ORDER.MONGO_ID, id("_id"))
                        .map(SHOP_ORDER.NOTE, string("note"))
                        .children(
                                "items",
                                ORDER_ITEM,
                                item -> item.position(ORDER_ITEM.LINE)
                                        .map(ORDER_ITEM.SKU, string("sku"))
                                        .reference(ORDER_ITEM.PRODUCT_ID, id("product"), PRODUCT.MONGO_ID, PENDING))
                        .build());
        mongo.put("orders", ORDER);
        pipeline.follow(options, new Cancellation());
        assertThat(database.rows(ITEMS)).containsExactly("5|x|-");

        mongo.put("products", "{_id: 7, name: 'Cup'}");
        pipeline.follow(options, new Cancellation());
        assertThat(database.rows(ITEMS)).containsExactly("5|x|7");
        assertThat(database.rows("SELECT row_key FROM docrows.pending_document"))
                .isEmpty();
    }

    @Test
    void whatAProcessDidNotRetryTheNextOneDoesWithoutAnyChange() {
        ConnectedPipeline pipeline = pipeline(Shop.PRODUCTS, Shop.ORDERS);
        mongo.put("orders", ORDER);
        pipeline.follow(options, new Cancellation());
        assertThat(database.rows("SELECT code FROM docrows.reject")).containsExactly("MISSING_REFERENCE");

        mongo.put("products", "{_id: 7, name: 'Cup'}");
        Cancellation cancellation = new Cancellation();
        pipeline.follow(afterEachBatch(cancellation::request), cancellation);
        assertThat(database.rows("SELECT mongo_id FROM product ORDER BY 1")).containsExactly("1", "7");
        assertThat(database.rows(ITEMS)).isEmpty();

        pipeline.follow(options, new Cancellation());
        assertThat(database.rows(ITEMS)).containsExactly("5|x|7");
        assertThat(database.rows("SELECT code FROM docrows.reject")).isEmpty();
    }

    @Test
    void anInterruptedFollowerEndsAsOneThatWasAskedTo() {
        ConnectedPipeline pipeline = pipeline(Shop.PRODUCTS, Shop.ORDERS);
        pipeline.follow(options, new Cancellation());

        mongo.put("products", "{_id: 2, name: 'Cup'}");
        RunReport report = pipeline.follow(
                afterEachBatch(() -> Thread.currentThread().interrupt()).untilCaughtUp(false), new Cancellation());
        assertThat(Thread.interrupted()).isTrue();
        assertThat(report.status()).isEqualTo(RunReport.Status.INTERRUPTED);
        assertThat(database.rows("SELECT mongo_id FROM product ORDER BY 1")).containsExactly("1", "2");
    }

    @Test
    void anInterruptBeforeTheTargetIsTriedAgainEndsTheFollowerAsOneThatWasAskedTo() {
        ConnectedPipeline pipeline = pipeline(Shop.PRODUCTS, Shop.ORDERS);
        pipeline.follow(options, new Cancellation());

        mongo.put("products", "{_id: 2, name: 'Cup'}");
        mongo.put("products", "{_id: 3, name: 'Pot'}");
        RunReport report = pipeline.follow(
                options.batch(1, Duration.ofMillis(1))
                        .load(RunOptions.defaults().listener(new RunListener() {
                            @Override
                            public void batchCommitted(String collection, Counts batch) {
                                database.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                                        + " WHERE datname = current_database() AND pid <> pg_backend_pid()");
                            }

                            @Override
                            public void retrying(String what, int attempt, Duration delay) {
                                Thread.currentThread().interrupt();
                            }
                        })),
                new Cancellation());
        assertThat(Thread.interrupted()).isFalse();
        assertThat(report.status()).isEqualTo(RunReport.Status.INTERRUPTED);
        pipeline.follow(options, new Cancellation());
        assertEqual(pipeline);
    }
}
