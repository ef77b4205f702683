package io.docrows.benchmarks.follow;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import io.docrows.benchmarks.orders.OrdersPipeline;
import io.docrows.cli.schema.TargetSchema;
import io.docrows.embedded.MongoServer;
import io.docrows.embedded.PostgresServer;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.bson.Document;
import org.bson.types.Decimal128;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code follow}: changes that are followed beside a run that reads the same changes. */
@Command(
        name = "follow",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Changes every order of a collection, and lets a process with a heap of 256 MB apply the changes by following"
                    + " the source, then by a run that reads everything; in turn, through the same embedded server.",
            "Then writes at a fifth of the rate at which changes were applied, and measures how long each takes until it is"
                    + " committed in PostgreSQL. The embedded server is no MongoDB: what counts are ratios."
        })
public final class FollowCommand implements Callable<Integer> {

    private static final double WANTED_RATIO = 0.5;
    private static final double WANTED_LAG_SECONDS = 1;
    private static final int BATCH = 1_000;

    @Spec
    @SuppressWarnings("NullAway.Init")
    CommandSpec spec;

    @Option(
            names = "--documents",
            paramLabel = "N",
            defaultValue = "50000",
            description = "How many orders there are, with three items each (default: 50000).")
    int documents;

    @Option(
            names = "--rounds",
            paramLabel = "R",
            defaultValue = "3",
            description = "How often all are changed for each; medians count (default: 3).")
    int rounds;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            defaultValue = "20",
            description = "How long the lag is measured (default: 20).")
    int seconds;

    private FollowCommand() {}

    @Override
    public Integer call() throws IOException, InterruptedException, SQLException {
        try (PostgresServer postgres = PostgresServer.temporaryDurable();
                MongoServer mongo = MongoServer.startWithOplog();
                MongoClient client = MongoClients.create(mongo.connectionString())) {
            TargetSchema.of(new OrdersPipeline(), postgres.dataSource(), "the benchmark's database")
                    .migrate();
            MongoCollection<Document> orders = client.getDatabase("shop").getCollection("orders");
            String source = mongo.connectionString() + "/shop";
            fill(orders);
            say("loading " + documents + " orders");
            measure(postgres, source, "catch up");
            List<Double> followed = new ArrayList<>();
            List<Double> run = new ArrayList<>();
            for (int round = 1; round <= rounds; round++) {
                change(orders, "a" + round);
                followed.add(measure(postgres, source, "catch up").rate());
                change(orders, "b" + round);
                run.add(measure(postgres, source, "run").rate());
                // What the run has done already is passed over here.
                measure(postgres, source, "catch up");
                say("round " + round + " of " + rounds + " is done");
            }
            double rate = median(followed);
            LagProbe lag = new LagProbe(orders, postgres, documents);
            try (Follower follower = new Follower(postgres.jdbcUrl(), source, "follow")) {
                follower.awaitFollowing();
                lag.run(rate / 5, seconds);
            }
            return report(rate, median(run), lag);
        }
    }

    private static Follower.Done measure(PostgresServer postgres, String source, String what)
            throws IOException, InterruptedException {
        try (Follower follower = new Follower(postgres.jdbcUrl(), source, what)) {
            return follower.await();
        }
    }

    private void fill(MongoCollection<Document> orders) {
        List<Document> batch = new ArrayList<>();
        for (int id = 0; id < documents; id++) {
            batch.add(order(id));
            if (batch.size() == BATCH || id == documents - 1) {
                orders.insertMany(batch);
                batch.clear();
            }
        }
    }

    private static Document order(int id) {
        List<Document> items = new ArrayList<>();
        for (int line = 0; line < 3; line++) {
            items.add(new Document("sku", "sku-" + (id * 7 + line) % 5_000)
                    .append("quantity", 1 + (id + line) % 9)
                    .append("price", Decimal128.parse((id % 900) + ".50"))
                    .append("discounts", List.of(new Document("code", "c").append("percent", Decimal128.parse("5")))));
        }
        return new Document("_id", id)
                .append("placedAt", new Date(1_700_000_000_000L + id * 1_000L))
                .append("customer", "customer " + id % 10_000)
                .append("status", "paid")
                .append("note", "new")
                .append("items", items);
    }

    private static void change(MongoCollection<Document> orders, String note) {
        orders.updateMany(new Document(), new Document("$set", new Document("note", note)));
    }

    private static double median(List<Double> values) {
        List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        return sorted.get(sorted.size() / 2);
    }

    private int report(double followed, double run, LagProbe lag) {
        double ratio = followed / run;
        boolean fast = ratio >= WANTED_RATIO;
        boolean soon = lag.medianSeconds() < WANTED_LAG_SECONDS;
        print("changed documents a second, followed  %10.0f%n", followed);
        print("changed documents a second, by a run  %10.0f%n", run);
        print("ratio                                 %10.2f  (at least %.1f: %s)%n", ratio, WANTED_RATIO, met(fast));
        print("writes a second while lag is measured %10.0f  (wanted %.0f)%n", lag.rate(), followed / 5);
        print("median lag in seconds                 %10.2f  (below %.0f: %s)%n", lag.medianSeconds(), 1.0, met(soon));
        print("longest lag in seconds                %10.2f%n", lag.longestSeconds());
        print("heap of the measured process          %10s%n", "256 MB");
        return fast && soon ? 0 : 1;
    }

    private static String met(boolean is) {
        return is ? "met" : "not met";
    }

    private void print(String format, Object... values) {
        spec.commandLine().getOut().printf(Locale.ROOT, format, values);
        spec.commandLine().getOut().flush();
    }

    private void say(String what) {
        spec.commandLine().getErr().println(what);
    }
}
