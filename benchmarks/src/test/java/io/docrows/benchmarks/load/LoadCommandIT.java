package io.docrows.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.benchmarks.Bench;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The command as people give it, contenders in processes of their own included. */
final class LoadCommandIT {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path directory = Path.of("");

    private int bench(String... args) {
        return Bench.line(new PrintWriter(out, true), new PrintWriter(err, true))
                .execute(args);
    }

    @Tag("long")
    @Test
    void measuresAndPrintsJson() {
        int exitCode = bench(
                "load",
                "--documents",
                "300",
                "--rounds",
                "1",
                "--contenders",
                "jooq-loader",
                "--no-archive",
                "--directory",
                directory.toString(),
                "--output",
                "json");
        assertThat(exitCode).as(err.toString()).isZero();
        JsonNode load =
                JsonMapper.shared().readTree(out.toString()).path("loads").path(0);
        assertThat(load.path("contender").asString()).isEqualTo("jooq-loader");
        assertThat(load.path("documents").asLong()).isEqualTo(300);
        assertThat(load.path("rounds").asInt()).isEqualTo(1);
        assertThat(load.path("documentsPerSecond").asDouble()).isPositive();
        assertThat(load.path("walBytes").asLong()).isPositive();
        assertThat(err.toString()).contains("round 1  jooq-loader");
    }

    @Tag("long")
    @Test
    void measuresServersBesideTheDump() {
        int exitCode = bench(
                "load",
                "--source",
                "mongodb",
                "--latency",
                "1",
                "--documents",
                "300",
                "--rounds",
                "1",
                "--no-archive",
                "--directory",
                directory.toString(),
                "--output",
                "json");
        assertThat(exitCode).as(err.toString()).isZero();
        List<String> loads = new ArrayList<>();
        for (JsonNode load : JsonMapper.shared().readTree(out.toString()).path("loads")) {
            assertThat(load.path("documents").asLong()).isEqualTo(300);
            assertThat(load.path("ofTheDumps").asDouble()).isPositive();
            loads.add(
                    load.path("phase").asString() + " from " + load.path("from").asString());
        }
        assertThat(loads)
                .containsExactly(
                        "first load from dump",
                        "first load from mongodb, 1 ms",
                        "unchanged from dump",
                        "unchanged from mongodb, 1 ms");
    }

    @Test
    void measuresDocrowsAloneFromServers() {
        assertThat(bench("load", "--source", "mongodb", "--contenders", "docrows"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("leave --contenders out");
    }

    @Test
    void namesTheContendersThereAre() {
        assertThat(bench("load", "--contenders", "pgloader")).isEqualTo(2);
        assertThat(err.toString()).contains("there is no pgloader", "docrows", "jdbc-batch", "copy-bare");
    }

    @Test
    void namesTheContendersThatDoNotLoadAShape() {
        assertThat(bench("load", "--shape", "orders", "--contenders", "orm-loop"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("orm-loop does not load orders");
    }
}
