package io.docrows.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import io.docrows.ConnectedPipeline;
import io.docrows.Docrows;
import io.docrows.embedded.EmbeddedServerException;
import io.docrows.embedded.MongoServer;
import io.docrows.embedded.PostgresServer;
import io.docrows.report.RunReport;
import io.docrows.report.VerifyReport;
import io.docrows.run.Cancellation;
import io.docrows.run.FollowOptions;
import io.docrows.run.VerifyOptions;
import io.docrows.source.mongo.MongoSource;
import io.docrows.testing.Bookshop;
import io.docrows.testing.Bookshop.Database;
import io.docrows.testing.Shop;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Applications write while a process loads and follows, and is killed at random moments; and PostgreSQL with it. In the
 * end every acknowledged write is in the tables.
 */
@Tag("long")
final class FollowerCrashIT {

    private final MongoServer mongo = MongoServer.startWithOplog();
    private final MongoClient client = MongoClients.create(mongo.connectionString());
    private final String uri = mongo.connectionString() + "/shop";
    private final Random random = new Random(11);

    @TempDir
    Path directory;

    @AfterEach
    void stop() {
        client.close();
        mongo.close();
    }

    @Test
    void aFollowerThatIsKilledGoesOnAsIfNothingHadHappened() throws Exception {
        Database database = Bookshop.database();
        ShopTraffic traffic = new ShopTraffic(client.getDatabase("shop"), 11, 300);
        int kills = 0;
        try (Working working = new Working(traffic)) {
            while (kills < 3) {
                // The first is killed while it loads.
                kills += life(database, kills == 0 ? 400 : 1_500);
            }
        }
        finish(database, traffic);
    }

    @Test
    @Tag("slow")
    void fiftyKillsInTenMinutesAndFiveOfPostgresCostNothing() throws Exception {
        Path data = directory.resolve("postgres");
        PostgresServer server = PostgresServer.persistent(data);
        try {
            int port = server.port();
            Database database = Bookshop.database(server);
            ShopTraffic traffic = new ShopTraffic(client.getDatabase("shop"), 12, 20_000);
            int kills = 0;
            int restarts = 0;
            try (Working working = new Working(traffic)) {
                while (kills < 50) {
                    if (kills >= 9 * (restarts + 1) && restarts < 5) {
                        Process follower = begin(database);
                        follower.waitFor(random.nextInt(5_000), TimeUnit.MILLISECONDS);
                        server.process().destroyForcibly();
                        server.process().onExit().get(10, TimeUnit.SECONDS);
                        server.close();
                        server = start(data, port);
                        restarts++;
                        // It waits for the server, and goes on.
                        follower.waitFor(10_000 + random.nextInt(5_000), TimeUnit.MILLISECONDS);
                        assertThat(follower.isAlive()).isTrue();
                        follower.destroyForcibly().waitFor();
                        kills++;
                    } else {
                        kills += life(database, kills < 3 ? 2_000 : 20_000);
                    }
                }
            }
            System.out.println(kills + " followers killed, PostgreSQL killed " + restarts + " times, "
                    + traffic.writes() + " writes meanwhile");
            finish(database, traffic);
        } finally {
            server.close();
        }
    }

    /** Applications that write as long as this is open, beginning with a full shop. */
    private static final class Working implements AutoCloseable {

        private final CountDownLatch stop = new CountDownLatch(1);
        private final Thread thread;

        Working(ShopTraffic traffic) {
            traffic.fill();
            thread = new Thread(() -> traffic.run(stop), "traffic");
            thread.start();
        }

        @Override
        public void close() throws InterruptedException {
            stop.countDown();
            thread.join();
        }
    }

    /** The processes of the killed server notice one after the other that it is gone; until then none can start. */
    private static PostgresServer start(Path data, int port) {
        for (int attempt = 1; ; attempt++) {
            try {
                return PostgresServer.persistent(data, port);
            } catch (EmbeddedServerException e) {
                if (attempt == 20) {
                    throw e;
                }
            }
        }
    }

    /** Lets a process live for a while; returns how many were killed. */
    private int life(Database database, int longest) throws IOException, InterruptedException {
        Process process = begin(database);
        boolean ended = process.waitFor(random.nextInt(longest), TimeUnit.MILLISECONDS);
        process.destroyForcibly();
        process.waitFor();
        assertThat(ended).as("it ends only when it is killed").isFalse();
        return 1;
    }

    private Process begin(Database database) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xshare:auto",
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ShopFollower.class.getName(),
                        uri)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put(Database.ADDRESS, database.address());
        Process process = builder.start();
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = out.readLine(); line != null && !line.equals(ShopFollower.BEGUN); line = out.readLine()) {
            // what libraries print
        }
        return process;
    }

    /** The last one catches up. */
    private void finish(Database database, ShopTraffic traffic) {
        traffic.restock();
        try (MongoSource source = MongoSource.connect(uri)) {
            ConnectedPipeline pipeline = Docrows.pipeline("shop", Shop.PRODUCTS, Shop.ORDERS)
                    .source(source)
                    .target(database.target());
            RunReport report = pipeline.follow(FollowOptions.defaults().untilCaughtUp(true), new Cancellation());
            assertThat(report.status()).isEqualTo(RunReport.Status.COMPLETED);
            VerifyReport verified = pipeline.verify(VerifyOptions.defaults());
            assertThat(verified.isEqual()).as("%s", verified).isTrue();
        }
        assertThat(traffic.stored()).isEqualTo(traffic.acknowledged());
        assertThat(database.rows("SELECT count(*) FROM product"))
                .containsExactly(String.valueOf(traffic.acknowledged().stream()
                        .filter(document -> document.containsKey("name"))
                        .count()));
        assertThat(database.rows("SELECT count(*) FROM docrows.checkpoint WHERE read <> inserted + updated + unchanged"
                        + " + rejected + skipped"))
                .containsExactly("0");
        assertThat(database.rows("SELECT count(*) FROM docrows.deferred_constraint"))
                .containsExactly("0");
    }
}
