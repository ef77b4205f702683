package io.docrows.crash;

import io.docrows.Docrows;
import io.docrows.error.DocrowsException;
import io.docrows.run.BulkLoad;
import io.docrows.run.Cancellation;
import io.docrows.run.FollowListener;
import io.docrows.run.FollowOptions;
import io.docrows.run.RunListener;
import io.docrows.run.RunOptions;
import io.docrows.source.mongo.MongoSource;
import io.docrows.testing.Bookshop;
import io.docrows.testing.Shop;
import java.time.Duration;
import org.postgresql.ds.PGSimpleDataSource;

/** A process of its own that loads a shop and follows it: {@code ShopFollower URI}. Made to be killed. */
final class ShopFollower {

    /** Printed when it loads, and when it applies changes. */
    static final String BEGUN = "begun";

    private ShopFollower() {}

    /** Goes on until it is killed; ends 3 when it failed. */
    public static void main(String[] args) {
        PGSimpleDataSource target = new PGSimpleDataSource();
        target.setUrl(System.getenv(Bookshop.Database.ADDRESS));
        RunOptions load = RunOptions.defaults()
                .batch(500, 1 << 20)
                .bulkLoad(BulkLoad.ALWAYS)
                .listener(new RunListener() {
                    @Override
                    public void runStarted(long run, boolean resumed) {
                        System.out.println(BEGUN);
                    }
                });
        FollowOptions options = FollowOptions.defaults()
                .load(load)
                .batch(50, Duration.ofMillis(50))
                .listener(new FollowListener() {
                    @Override
                    public void following(long run) {
                        System.out.println(BEGUN);
                    }
                });
        try (MongoSource source = MongoSource.connect(args[0])) {
            Docrows.pipeline("shop", Shop.PRODUCTS, Shop.ORDERS)
                    .source(source)
                    .target(target)
                    .follow(options, new Cancellation());
        } catch (DocrowsException e) {
            e.printStackTrace();
            System.exit(3);
        }
    }
}
