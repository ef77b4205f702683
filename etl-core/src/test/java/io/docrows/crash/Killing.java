package io.docrows.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.report.RunReport;
import io.docrows.run.BulkLoad;
import io.docrows.run.RunOptions;
import io.docrows.source.dump.DumpSource;
import io.docrows.testing.Bookshop.Database;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** Kills loading processes at random moments, until enough were killed, then lets one finish. */
final class Killing {

    private final Scene scene;
    private final Path dump;
    private final Random random;
    private final long longestLife;
    private final BulkLoad bulkLoad;
    private int kills;
    private int completed;

    /**
     * @param longestLife milliseconds that a process lives at the most after its run has begun
     * @param bulkLoad whether first loads drop constraints and rebuild them
     */
    Killing(Scene scene, Path dump, long seed, long longestLife, BulkLoad bulkLoad) {
        this.scene = scene;
        this.bulkLoad = bulkLoad;
        this.dump = dump;
        this.random = new Random(seed);
        this.longestLife = longestLife;
    }

    int kills() {
        return kills;
    }

    /** Kills so many processes in all; each database is compared when a run in it came to its end. */
    void kill(int wanted, int writers) throws IOException, InterruptedException {
        List<String> expected = undisturbed(scene, dump, writers);
        while (kills < wanted) {
            Database database = scene.database();
            // Each process lives a little longer than the one before, so that also a slow machine gets to the end.
            long bound = longestLife;
            while (!life(database, writers, bound, wanted)) {
                bound += longestLife / 4;
            }
            completed++;
            Shop.assertHolds(scene.contents(database), expected);
        }
        System.out.println(kills + " processes killed at random moments while they loaded "
                + expectedDocuments(expected)
                + " documents with " + writers + " writers (constraints dropped first: " + bulkLoad + "); " + completed
                + " databases compared with that of an undisturbed run");
    }

    /** Of all collections, from what the checkpoints of an undisturbed run say. */
    static long expectedDocuments(List<String> contents) {
        return contents.stream()
                .filter(row -> row.startsWith("read|"))
                .mapToLong(row -> Long.parseLong(row.split("\\|")[2]))
                .sum();
    }

    /** What a run leaves behind if nothing disturbs it: every document merged under all constraints. */
    static List<String> undisturbed(Path dump, int writers) {
        return undisturbed(Scene.BOOKS, dump, writers);
    }

    /** What a run of a scene leaves behind if nothing disturbs it. */
    static List<String> undisturbed(Scene scene, Path dump, int writers) {
        Database database = scene.database();
        try (DumpSource source = DumpSource.open(dump)) {
            RunReport report = scene.pipeline()
                    .source(source)
                    .target(database.target())
                    .run(RunOptions.defaults()
                            .writers(writers)
                            .batch(500, 1 << 20)
                            .bulkLoad(BulkLoad.NEVER));
            assertThat(report.status()).isEqualTo(RunReport.Status.COMPLETED);
        }
        return scene.contents(database);
    }

    /** Lets a process live for a while; true if it came to its end by itself. */
    private boolean life(Database database, int writers, long bound, int wanted)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xshare:auto",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ShopLoader.class.getName(),
                        dump.toString(),
                        String.valueOf(writers),
                        bulkLoad.name(),
                        scene.name())
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put(Database.ADDRESS, database.address());
        Process process = builder.start();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = out.readLine(); line != null && !line.equals(ShopLoader.BEGUN); line = out.readLine()) {
                // what libraries print
            }
            long life = kills < wanted ? random.nextLong(bound) : Long.MAX_VALUE;
            if (process.waitFor(life, TimeUnit.MILLISECONDS)) {
                assertThat(process.exitValue()).isZero();
                return true;
            }
            kills++;
            process.destroyForcibly();
            process.waitFor();
            return false;
        }
    }
}
