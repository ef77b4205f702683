package io.docrows.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.embedded.PostgresServer;
import io.docrows.gigs.GigsPipeline;
import io.docrows.run.RunOptions;
import io.docrows.source.DocumentReader;
import io.docrows.source.Partition;
import io.docrows.source.ReadRequest;
import io.docrows.source.dump.DumpSource;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A standalone cluster on this machine: a master, two workers, executors of 512 MB and the driver, each a process.
 * Executors and drivers are killed while they load; {@code -Dspark.kills=}, {@code -Dspark.documents=} and
 * {@code -Dspark.seed=} say how many times, how many documents, and which times.
 */
@Tag("slow")
final class ClusterLoadIT {

    private static final Logger LOG = LoggerFactory.getLogger(ClusterLoadIT.class);
    private static final int KILLS = Integer.getInteger("spark.kills", 4);
    private static final int DOCUMENTS = Integer.getInteger("spark.documents", 160_000);
    private static final long SEED = Long.getLong("spark.seed", System.nanoTime());

    private final Random random = new Random(SEED);
    private final List<Process> workers = new ArrayList<>();

    @TempDir
    private Path directory;

    /** Both collections, each in a file that is split. */
    private Path dump() throws IOException {
        MarketSource source = new MarketSource(DOCUMENTS / 2, DOCUMENTS / 2);
        Path dump = Files.createDirectories(directory.resolve("dump/market"));
        for (String collection : source.collections()) {
            try (OutputStream out =
                    new BufferedOutputStream(Files.newOutputStream(dump.resolve(collection + ".bson")))) {
                for (Partition partition : source.partitions(collection, ReadRequest.everything())) {
                    try (DocumentReader reader = source.open(partition, null)) {
                        for (byte[] next = reader.read(); next != null; next = reader.read()) {
                            out.write(next);
                        }
                    }
                }
            }
        }
        return dump;
    }

    @Test
    void endsAsOneProcessDoesWhoeverIsKilled() throws Exception {
        LOG.warn("seed {}, {} documents, {} kills", SEED, DOCUMENTS, KILLS);
        SparkHome home = SparkHome.prepared();
        Path dump = dump();
        String master = "spark://127.0.0.1:" + freePort();
        List<Process> all = new ArrayList<>();
        try (PostgresServer server = PostgresServer.temporary()) {
            Market one = Market.on(server);
            String before = one.rows("SELECT pg_current_wal_lsn()").get(0);
            GigsPipeline.pipeline()
                    .source(DumpSource.open(dump))
                    .target(one.dataSource())
                    .run(RunOptions.defaults().writers(2));
            List<String> expected = one.digest();
            LOG.warn(
                    "bytes of log for each document: {}",
                    one.rows("SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '" + before.replaceAll("[()\"]", "")
                            + "') / " + DOCUMENTS));
            all.add(home.java(
                    directory.resolve("master.log"),
                    Map.of(),
                    List.of(),
                    "256m",
                    List.of(
                            "-Dspark.deploy.maxExecutorRetries=-1",
                            "org.apache.spark.deploy.master.Master",
                            "--host",
                            "127.0.0.1",
                            "--port",
                            master.substring(master.lastIndexOf(':') + 1),
                            "--webui-port",
                            "0")));
            for (int i = 0; i < 2; i++) {
                Process worker = home.java(
                        directory.resolve("worker" + i + ".log"),
                        Map.of(),
                        List.of(),
                        "256m",
                        List.of(
                                "org.apache.spark.deploy.worker.Worker",
                                "--host",
                                "127.0.0.1",
                                "--cores",
                                "2",
                                "--memory",
                                "1g",
                                "--webui-port",
                                "0",
                                "--work-dir",
                                directory.resolve("work" + i).toString(),
                                master));
                workers.add(worker);
                all.add(worker);
            }
            int killed = 0;
            int loads = 0;
            while (killed < KILLS || loads == 0) {
                Market market = Market.on(server);
                killed += load(home, master, dump, market, KILLS - killed, all);
                loads++;
                assertThat(market.digest())
                        .as("seed %d, after %d kills, %s", SEED, killed, tail())
                        .isEqualTo(expected);
                assertThat(market.rows("SELECT sum(read) FROM docrows.checkpoint WHERE partition >= 0"))
                        .containsExactly("(" + DOCUMENTS / 2 * 2 + ")");
            }
            LOG.warn("{} kills in {} loads", killed, loads);
        } finally {
            all.forEach(process -> process.descendants().forEach(ProcessHandle::destroyForcibly));
            all.forEach(Process::destroyForcibly);
            for (Process process : all) {
                process.waitFor();
            }
        }
    }

    /** Loads to the end, with so many kills at most, and returns how many there were. */
    private int load(SparkHome home, String master, Path dump, Market market, int kills, List<Process> all)
            throws Exception {
        int killed = 0;
        while (true) {
            Process driver = driver(home, master, dump, market);
            all.add(driver);
            boolean driverKilled = false;
            while (killed < kills && driver.isAlive() && !driverKilled) {
                long moment = read(market) + random.nextInt(DOCUMENTS / 6);
                while (driver.isAlive() && read(market) < moment) {
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
                }
                if (!driver.isAlive()) {
                    break;
                }
                if (random.nextInt(4) == 0) {
                    driver.destroyForcibly().waitFor();
                    driverKilled = true;
                    killed++;
                    LOG.warn("kill {}: the driver, behind {} documents", killed, read(market));
                } else if (killExecutor()) {
                    killed++;
                    LOG.warn("kill {}: an executor, behind {} documents", killed, read(market));
                }
            }
            int exitCode = driver.waitFor();
            if (!driverKilled) {
                // Some documents are rejected.
                assertThat(exitCode).as("seed %d, %s", SEED, tail()).isEqualTo(1);
                return killed;
            }
        }
    }

    private boolean killExecutor() {
        List<ProcessHandle> executors = workers.stream()
                .flatMap(worker -> worker.toHandle().children())
                .filter(ProcessHandle::isAlive)
                .toList();
        return !executors.isEmpty()
                && executors.get(random.nextInt(executors.size())).destroyForcibly();
    }

    private static long read(Market market) {
        try {
            return Long.parseLong(
                    market.rows("SELECT coalesce(sum(read), 0) FROM docrows.checkpoint WHERE partition >= 0")
                            .get(0)
                            .replaceAll("\\D", ""));
        } catch (IllegalStateException e) {
            // The schema docrows is not there yet.
            return 0;
        }
    }

    private Process driver(SparkHome home, String master, Path dump, Market market) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("org.apache.spark.deploy.SparkSubmit", "--master", master));
        Stream.of(
                        "spark.ui.enabled=false",
                        "spark.driver.host=127.0.0.1",
                        "spark.driver.bindAddress=127.0.0.1",
                        "spark.executor.memory=512m",
                        "spark.executor.cores=1",
                        "spark.cores.max=4",
                        "spark.speculation=true",
                        "spark.speculation.task.duration.threshold=4s",
                        "spark.speculation.interval=500ms")
                .forEach(setting -> arguments.addAll(List.of("--conf", setting)));
        arguments.addAll(List.of(
                "--class",
                "io.docrows.spark.command.Main",
                "--jars",
                SparkHome.exampleJars().stream().map(Path::toString).collect(Collectors.joining(",")),
                SparkHome.jar().toString(),
                "run",
                "--source",
                dump.toString(),
                "--target-connections",
                "8",
                "--partitions",
                "10",
                "--batch-size",
                "500"));
        String address = market.url() + (market.url().contains("?") ? "&" : "?") + "user=" + market.user()
                + "&password=" + market.password();
        return home.java(directory.resolve("driver.log"), Map.of("DB_URL_PSQL", address), List.of(), "512m", arguments);
    }

    private String tail() throws IOException {
        List<String> lines = Files.readAllLines(directory.resolve("driver.log"));
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
