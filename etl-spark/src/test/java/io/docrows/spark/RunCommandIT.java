package io.docrows.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.cli.Cli;
import io.docrows.cli.session.Interruption;
import io.docrows.cli.session.Secrets;
import io.docrows.cli.session.Session;
import io.docrows.embedded.PostgresServer;
import io.docrows.gigs.GigsPipeline;
import io.docrows.run.RunOptions;
import io.docrows.source.dump.DumpSource;
import io.docrows.spark.command.Main;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program for {@code spark-submit}, in this JVM, with what {@code spark-submit} would hand to it as properties. */
@Tag("long")
final class RunCommandIT {

    private static final Path SAMPLES =
            Path.of("..", "samples", "gigs").toAbsolutePath().normalize();
    private static final Map<String, String> SUBMITTED = Map.of(
            "spark.master",
            "local[2]",
            "spark.ui.enabled",
            "false",
            "spark.driver.bindAddress",
            "127.0.0.1",
            "spark.driver.host",
            "127.0.0.1");

    private static PostgresServer server;

    @TempDir
    private Path directory;

    private record Result(int exitCode, String out, String err) {}

    @BeforeAll
    static void start() {
        SUBMITTED.forEach(System::setProperty);
        server = PostgresServer.temporary();
    }

    @AfterAll
    static void stop() {
        server.close();
        SUBMITTED.keySet().forEach(System::clearProperty);
    }

    private Result etl(Market target, String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream errors = new PrintStream(err, true, StandardCharsets.UTF_8);
        String address = target.url() + (target.url().contains("?") ? "&" : "?") + "user=" + target.user()
                + "&password=" + target.password();
        Session session = new Session(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                errors,
                Map.of("DB_URL_PSQL", address),
                directory,
                false,
                new Interruption(errors, RunCommandIT::unexpected, RunCommandIT::unexpected),
                new Secrets());
        int exitCode = Cli.run(List.of(args), session, Main.program());
        return new Result(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private static void unexpected(int exitCode) {
        throw new AssertionError("nothing sends a signal, yet the process was to end with " + exitCode);
    }

    @Test
    void loadsWhatOneProcessLoadsFromPathsAndThroughHadoop() {
        Market one = Market.on(server);
        GigsPipeline.pipeline()
                .source(DumpSource.open(SAMPLES))
                .target(one.dataSource())
                .run(RunOptions.defaults());
        Market spark = Market.on(server);

        Result first = etl(spark, "run", "--source", SAMPLES.toString(), "--partitions", "3", "--output", "json");
        assertThat(first.exitCode()).as(first.err()).isZero();
        assertThat(spark.content()).isEqualTo(one.content());

        Result again = etl(
                spark, "run", "--source", "dump:" + SAMPLES.toUri(), "--target-connections", "5", "--output", "json");
        assertThat(again.exitCode()).as(again.err()).isZero();
        assertThat(again.out()).contains("\"inserted\":0,\"updated\":0");
        assertThat(spark.content()).isEqualTo(one.content());
        assertThat(again.err()).doesNotContain(spark.password());
    }

    @Test
    void standardInputIsNothingThatExecutorsSee() {
        Market market = Market.on(server);
        Result refused = etl(market, "run", "--source", "json:-");
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err()).contains("all of them see");
        assertThat(market.rows("SELECT 1 FROM users")).isEmpty();
    }

    @Test
    void aRoleWithTooFewConnectionsIsToldSo() {
        Market market = Market.on(server);
        market.execute("CREATE ROLE scarce LOGIN SUPERUSER PASSWORD '" + market.password() + "'");
        market.execute("ALTER DATABASE " + market.url().replaceAll(".*/([a-z0-9_]+).*", "$1") + " CONNECTION LIMIT 2");
        market.execute("ALTER ROLE scarce NOSUPERUSER");
        market.execute("GRANT ALL ON DATABASE " + market.url().replaceAll(".*/([a-z0-9_]+).*", "$1") + " TO scarce");
        market.execute("GRANT ALL ON SCHEMA public TO scarce");
        market.execute("GRANT ALL ON ALL TABLES IN SCHEMA public TO scarce");
        Market scarce = new Market(market.url(), "scarce", market.password());
        Result refused = etl(scarce, "run", "--source", SAMPLES.toString());
        assertThat(refused.exitCode()).as(refused.err()).isEqualTo(4);
        assertThat(refused.err()).contains("connections for this role");
    }
}
