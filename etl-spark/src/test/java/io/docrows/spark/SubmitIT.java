package io.docrows.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.embedded.PostgresServer;
import io.docrows.gigs.GigsPipeline;
import io.docrows.source.dump.DumpSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar under Spark's own class path, started as {@code spark-submit} starts it. */
@Tag("slow")
final class SubmitIT {

    private static SparkHome home;

    @BeforeAll
    static void prepare() throws IOException, InterruptedException {
        home = SparkHome.prepared();
    }

    private static Set<String> classes(Path jar) throws IOException {
        try (ZipFile file = new ZipFile(jar.toFile())) {
            Set<String> names = new HashSet<>();
            file.stream()
                    .map(entry -> entry.getName())
                    .filter(name -> name.endsWith(".class") && !name.startsWith("META-INF/"))
                    .forEach(names::add);
            return names;
        }
    }

    @Test
    void noClassOfTheJarIsOneOfSparks() throws IOException {
        Set<String> ours = classes(SparkHome.jar());
        Set<String> both = new TreeSet<>();
        for (Path jar : home.sparkJars()) {
            for (String name : classes(jar)) {
                if (ours.contains(name)) {
                    both.add(name);
                }
            }
        }

        assertThat(both).isEmpty();
        assertThat(ours)
                .contains("io/docrows/spark/command/Main.class")
                .noneMatch(name -> name.startsWith("org/slf4j/"));
    }

    @Test
    void theScriptLoadsWhatOneProcessLoads(@TempDir Path directory) throws IOException, InterruptedException {
        Path samples = SparkHome.local().resolveSibling("../samples/gigs").normalize();
        try (PostgresServer server = PostgresServer.temporary()) {
            Market spark = Market.on(server);
            Market one = Market.on(server);
            GigsPipeline.pipeline()
                    .source(DumpSource.open(samples))
                    .target(one.dataSource())
                    .run(io.docrows.run.RunOptions.defaults());
            Path errors = directory.resolve("errors");
            // Through Hadoop, which finds a plain file as well as one in HDFS.
            ProcessBuilder builder = new ProcessBuilder(
                            SparkHome.local().toString(),
                            "run",
                            "--source",
                            "dump:" + samples.toUri(),
                            "--output",
                            "json",
                            "--target-connections",
                            "6")
                    .redirectError(errors.toFile());
            builder.environment().put("ETL_JAVA_OPTS", "-Xmx512m");
            builder.environment()
                    .put(
                            "DB_URL_PSQL",
                            spark.url() + (spark.url().contains("?") ? "&" : "?") + "user=" + spark.user()
                                    + "&password=" + spark.password());
            Process process = builder.start();
            String json = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int exitCode = process.waitFor();
            String said = Files.readString(errors);

            assertThat(exitCode).as("%s%n%s", json, said).isLessThanOrEqualTo(1);
            assertThat(json).contains("\"status\"");
            assertThat(spark.content()).isEqualTo(one.content());
            assertThat(said)
                    .doesNotContain(
                            List.of("SLF4J", "NoClassDefFoundError", "ClassNotFoundException", spark.password()));
        }
    }
}
