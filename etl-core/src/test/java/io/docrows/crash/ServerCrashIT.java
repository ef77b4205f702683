package io.docrows.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.embedded.EmbeddedServerException;
import io.docrows.embedded.PostgresServer;
import io.docrows.report.RunReport;
import io.docrows.run.BulkLoad;
import io.docrows.run.RunListener;
import io.docrows.run.RunOptions;
import io.docrows.source.dump.DumpSource;
import io.docrows.testing.Bookshop;
import io.docrows.testing.Bookshop.Database;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PostgreSQL itself is killed while a run is at work, and started again on its data. */
final class ServerCrashIT {

    @TempDir
    Path directory;

    private final AtomicInteger retries = new AtomicInteger();

    @Test
    @Tag("slow")
    void aServerThatIsKilledAndComesBackCostsNothing() throws Exception {
        assertThat(crash(8_000, 2, 1_000, BulkLoad.ALWAYS)).isGreaterThanOrEqualTo(2);
    }

    @Test
    @Tag("slow")
    void aServerThatIsKilledAgainAndAgainOverManyDocumentsCostsNothing() throws Exception {
        int kills = 0;
        for (int round = 0; kills < 20; round++) {
            kills += crash(40_000, 20 - kills, 4_000, round % 2 == 0 ? BulkLoad.AUTO : BulkLoad.NEVER);
        }
        assertThat(kills).isGreaterThanOrEqualTo(20);
    }

    /** Loads once; returns how often the server was killed meanwhile. */
    private int crash(int authors, int wanted, int longestLife, BulkLoad bulkLoad) throws Exception {
        Path dump = Shop.write(directory.resolve("dump"), authors, 5);
        List<String> expected = Killing.undisturbed(dump, 2);
        Path data = directory.resolve("postgres");
        PostgresServer server = PostgresServer.persistent(data);
        ExecutorService loader = Executors.newSingleThreadExecutor();
        int kills = 0;
        try (DumpSource source = DumpSource.open(dump)) {
            int port = server.port();
            Database database = Shop.alone(Bookshop.database(server));
            CountDownLatch begun = new CountDownLatch(1);
            Future<RunReport> run = loader.submit(() -> Bookshop.pipeline()
                    .source(source)
                    .target(database.target())
                    .run(options(begun).bulkLoad(bulkLoad)));
            begun.await();
            Random random = new Random(5);
            while (kills < wanted && !ends(run, random.nextInt(longestLife))) {
                server.process().destroyForcibly();
                server.process().onExit().get(10, TimeUnit.SECONDS);
                kills++;
                server.close();
                server = start(data, port);
            }
            assertThat(run.get(5, TimeUnit.MINUTES).status()).isEqualTo(RunReport.Status.COMPLETED);
            Shop.assertHolds(database, expected);
            System.out.println("PostgreSQL killed " + kills + " times while it was loaded with "
                    + Killing.expectedDocuments(expected) + " documents (constraints dropped first: " + bulkLoad + "), "
                    + retries.get() + " retries");
            return kills;
        } finally {
            loader.shutdownNow();
            server.close();
        }
    }

    private static boolean ends(Future<?> run, int millis) throws Exception {
        try {
            run.get(millis, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
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

    private RunOptions options(CountDownLatch begun) {
        return RunOptions.defaults().writers(2).batch(500, 1 << 20).listener(new RunListener() {
            @Override
            public void runStarted(long run, boolean resumed) {
                begun.countDown();
            }

            @Override
            public void retrying(String what, int attempt, Duration delay) {
                retries.incrementAndGet();
            }
        });
    }
}
