package io.docrows.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.docrows.ConnectedPipeline;
import io.docrows.Docrows;
import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.docrows.report.Counts;
import io.docrows.report.RunReport;
import io.docrows.testing.Bookshop;
import io.docrows.testing.Bookshop.Database;
import io.docrows.testing.MemorySource;
import io.docrows.testing.Shop;
import io.docrows.testing.ToldSource;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * PostgreSQL comes back as it was before transactions that it had confirmed, as after a failover to a standby that was
 * behind: the test puts the tables back as they were then.
 */
final class LostTransactionsIT {

    private static final String KEEP = "CREATE TABLE was AS SELECT * FROM docrows.checkpoint;"
            + " CREATE TABLE followed AS SELECT * FROM docrows.follow; CREATE TABLE products AS SELECT * FROM product";
    private static final String PUT_BACK = "DELETE FROM product WHERE mongo_id NOT IN (SELECT mongo_id FROM products);"
            + " UPDATE docrows.checkpoint c SET position = w.position, complete = w.complete, read = w.read,"
            + " inserted = w.inserted FROM was w WHERE (c.run_id, c.collection, c.partition) = (w.run_id, w.collection,"
            + " w.partition);"
            + " UPDATE docrows.follow f SET position = w.position, changes = w.changes FROM followed w"
            + " WHERE w.pipeline = f.pipeline";

    private static final String CUT = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            + " WHERE datname = current_database() AND pid <> pg_backend_pid()";

    private final Database database = Bookshop.database();

    /** Keeps what is there after one batch, and puts it back after another. */
    private RunListener puttingBack(int kept, int last, boolean cut) {
        return new RunListener() {
            private int batches;

            @Override
            public synchronized void batchCommitted(String collection, Counts batch) {
                batches++;
                if (batches == kept) {
                    database.execute(KEEP);
                } else if (batches == last) {
                    database.execute(PUT_BACK);
                    if (cut) {
                        database.execute(CUT);
                    }
                }
            }
        };
    }

    private static void assertLost(Runnable action) {
        assertThatExceptionOfType(DocrowsException.class)
                .isThrownBy(action::run)
                .withMessageContaining("no longer has transactions that it had confirmed")
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.TARGET_FAILED));
    }

    private static String[] products(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj("{_id: %d, name: 'n'}"::formatted)
                .toArray(String[]::new);
    }

    @ParameterizedTest
    @CsvSource({"2, NEVER", "2, ALWAYS", "3, NEVER", "3, ALWAYS"})
    void aRunThatWroteThemEndsAndTheNextOneLoadsThemAgain(int lastBatch, BulkLoad bulkLoad) {
        ConnectedPipeline pipeline = Docrows.pipeline("shop", Shop.PRODUCTS)
                .source(new MemorySource().with("products", products(6)))
                .target(database.target());
        RunOptions options = RunOptions.defaults().batch(2, 1 << 20).writers(1).bulkLoad(bulkLoad);

        assertLost(() -> pipeline.run(options.listener(puttingBack(1, lastBatch, false))));

        RunReport next = pipeline.run(options);
        assertThat(next.status()).isEqualTo(RunReport.Status.COMPLETED);
        assertThat(next.total().read()).isEqualTo(6);
        assertThat(database.rows("SELECT mongo_id FROM product ORDER BY 1"))
                .containsExactly("1", "2", "3", "4", "5", "6");
    }

    /** Documents that refer to rows that were there, and whose ids are in memory. */
    @ParameterizedTest
    @EnumSource(names = {"ALWAYS", "NEVER"})
    void whatReliesOnThemIsNotWrittenOverNewConnections(BulkLoad bulkLoad) {
        ConnectedPipeline pipeline = Docrows.pipeline("shop", Shop.PRODUCTS, Shop.ORDERS)
                .source(new MemorySource()
                        .with("products", products(6))
                        .with(
                                "orders",
                                IntStream.rangeClosed(1, 6)
                                        .mapToObj("{_id: %1$d, items: [{sku: 's', product: %1$d}]}"::formatted)
                                        .toArray(String[]::new)))
                .target(database.target());
        RunOptions options = RunOptions.defaults().batch(2, 1 << 20).writers(1).bulkLoad(bulkLoad);

        assertLost(() -> pipeline.run(options.listener(puttingBack(1, 4, true))));

        assertThat(pipeline.run(options).status()).isEqualTo(RunReport.Status.COMPLETED);
        assertThat(pipeline.verify(VerifyOptions.defaults()).isEqual()).isTrue();
        assertThat(database.rows("SELECT count(*) FROM order_item JOIN product p ON p.id = product_id"))
                .containsExactly("6");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10})
    void aFollowerThatWroteThemEndsAndTheNextOneAppliesThemAgain(int batch) {
        ToldSource source = new ToldSource();
        source.put("products", documents(2));
        ConnectedPipeline pipeline =
                Docrows.pipeline("shop", Shop.PRODUCTS).source(source).target(database.target());
        FollowOptions options = FollowOptions.defaults().untilCaughtUp(true).batch(batch, Duration.ofSeconds(1));
        pipeline.follow(options, new Cancellation());
        database.execute(KEEP);
        source.put("products", documents(6));

        RunListener puttingBack = puttingBack(0, batch == 1 ? 2 : 1, false);
        assertLost(
                () -> pipeline.follow(options.load(RunOptions.defaults().listener(puttingBack)), new Cancellation()));

        pipeline.follow(options, new Cancellation());
        assertThat(database.rows("SELECT mongo_id FROM product ORDER BY 1"))
                .containsExactly("1", "2", "3", "4", "5", "6");
    }

    private static List<BsonDocument> documents(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(id -> new BsonDocument("_id", new BsonInt32(id)))
                .toList();
    }
}
