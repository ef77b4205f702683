package io.docrows.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.docrows.embedded.PostgresServer;
import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.docrows.gigs.GigsPipeline;
import io.docrows.report.CollectionReport;
import io.docrows.report.Counts;
import io.docrows.report.RunReport;
import io.docrows.run.BulkLoad;
import io.docrows.run.Cancellation;
import io.docrows.run.RunListener;
import io.docrows.run.RunOptions;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The executors are threads of this process; everything else is as on a cluster, what goes over the network included.
 */
@Tag("long")
final class LocalLoadIT {

    private static final MarketSource SOURCE = new MarketSource(900, 1_500);
    private static final PipelineFactory PIPELINE = PipelineFactory.named(GigsPipeline.NAME);
    private static final RunOptions OPTIONS =
            RunOptions.defaults().batch(100, 1 << 20).bulkLoad(BulkLoad.ALWAYS);

    private static PostgresServer server;
    private static SparkSession session;

    @BeforeAll
    static void start() {
        server = PostgresServer.temporary();
        session = SparkSession.builder()
                .master("local[2]")
                .appName("local load")
                .config("spark.ui.enabled", false)
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.driver.host", "127.0.0.1")
                .getOrCreate();
    }

    @AfterAll
    static void stop() {
        session.stop();
        server.close();
    }

    private static RunReport load(Market market, SparkOptions options) {
        return SparkLoad.run(session, PIPELINE, SOURCE, market, options);
    }

    @Test
    void theRowsAreThoseOfOneProcess() {
        Market one = Market.on(server);
        Market spark = Market.on(server);
        RunReport alone =
                GigsPipeline.pipeline().source(SOURCE).target(one.dataSource()).run(OPTIONS.writers(1));
        RunReport together = load(spark, SparkOptions.of(OPTIONS).partitions(7));

        assertThat(spark.content()).isEqualTo(one.content());
        assertThat(together.total()).isEqualTo(alone.total());
        assertThat(together.collections().stream().map(CollectionReport::rejectsByCode))
                .isEqualTo(alone.collections().stream()
                        .map(CollectionReport::rejectsByCode)
                        .toList());
        assertThat(spark.rows("SELECT 1 FROM docrows.checkpoint WHERE NOT complete"))
                .isEmpty();
        assertThat(spark.rows("SELECT DISTINCT attempt FROM docrows.checkpoint WHERE partition >= 0"))
                .containsExactly("(1)");

        RunReport again = load(spark, SparkOptions.of(OPTIONS).partitions(3));
        assertThat(again.total().inserted() + again.total().updated()).isZero();
    }

    @Tag("long")
    @Test
    void takesNoMoreConnectionsThanItMay() {
        Market market = Market.on(server);
        AtomicInteger most = new AtomicInteger();
        RunListener counting = new RunListener() {
            @Override
            public void batchCommitted(String collection, Counts batch) {
                int open = market.rows("SELECT 1 FROM pg_stat_activity WHERE datname = current_database()"
                                + " AND pid <> pg_backend_pid()")
                        .size();
                most.accumulateAndGet(open, Math::max);
            }
        };
        load(
                market,
                SparkOptions.of(OPTIONS.listener(counting)).targetConnections(5).partitions(12));

        assertThat(most.get()).isBetween(1, 5);
        assertThatThrownBy(() -> SparkOptions.of(OPTIONS).targetConnections(4))
                .isInstanceOfSatisfying(
                        DocrowsException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_OPTION));
    }

    @Tag("long")
    @Test
    void aStoppedLoadIsContinuedByOneProcess() {
        Market market = Market.on(server);
        Market whole = Market.on(server);
        Cancellation cancellation = new Cancellation();
        AtomicBoolean begun = new AtomicBoolean();
        RunListener stopping = new RunListener() {
            @Override
            public void batchCommitted(String collection, Counts batch) {
                if (collection.equals("gigs") && begun.compareAndSet(false, true)) {
                    cancellation.request();
                }
            }
        };
        RunReport stopped = SparkLoad.run(
                session,
                PIPELINE,
                SOURCE,
                market,
                SparkOptions.of(OPTIONS.listener(stopping)).partitions(9),
                cancellation);
        RunReport rest = GigsPipeline.pipeline()
                .source(SOURCE)
                .target(market.dataSource())
                .run(OPTIONS);
        GigsPipeline.pipeline().source(SOURCE).target(whole.dataSource()).run(OPTIONS);

        assertThat(stopped.status()).isEqualTo(RunReport.Status.INTERRUPTED);
        assertThat(rest.run()).isEqualTo(stopped.run());
        assertThat(rest.total().read()).isEqualTo(SOURCE.users() + SOURCE.gigs());
        assertThat(market.content()).isEqualTo(whole.content());
    }

    @Test
    void aProcessWithoutThePipelineSaysSo() {
        assertThatThrownBy(() -> PipelineFactory.named("none").pipeline())
                .isInstanceOfSatisfying(
                        DocrowsException.class,
                        e -> assertThat(e.getMessage()).contains("none", GigsPipeline.NAME, "--jars"));
        assertThat(List.of(PIPELINE.pipeline().name())).containsExactly(GigsPipeline.NAME);
    }
}
