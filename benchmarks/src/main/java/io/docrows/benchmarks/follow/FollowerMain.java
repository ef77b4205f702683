package io.docrows.benchmarks.follow;

import io.docrows.ConnectedPipeline;
import io.docrows.benchmarks.orders.OrdersPipeline;
import io.docrows.report.RunReport;
import io.docrows.run.Cancellation;
import io.docrows.run.FollowListener;
import io.docrows.run.FollowOptions;
import io.docrows.run.RunOptions;
import io.docrows.source.mongo.MongoSource;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * What is measured, in a process of its own: reads the target's URL, the source's, and what to do from standard input,
 * and prints how many documents were changed in how many seconds. Closing its input ends it.
 */
final class FollowerMain {

    /** Printed when changes are applied from now on. */
    static final String FOLLOWING = "following";

    private FollowerMain() {}

    /** Runs, catches up, or follows until its input ends. */
    public static void main(String[] args) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        PGSimpleDataSource target = new PGSimpleDataSource();
        target.setUrl(in.readLine());
        try (MongoSource source = MongoSource.connect(in.readLine())) {
            ConnectedPipeline pipeline =
                    new OrdersPipeline().pipeline().source(source).target(target);
            switch (String.valueOf(in.readLine())) {
                case "run" -> {
                    RunReport report = pipeline.run(RunOptions.defaults().force(true));
                    print(report, report.duration().toNanos());
                }
                case "catch up" -> follow(pipeline, true, new Cancellation());
                default -> {
                    Cancellation cancellation = new Cancellation();
                    Thread stop = new Thread(() -> awaitEnd(in, cancellation), "input");
                    stop.setDaemon(true);
                    stop.start();
                    follow(pipeline, false, cancellation);
                }
            }
        }
    }

    private static void follow(ConnectedPipeline pipeline, boolean untilCaughtUp, Cancellation cancellation) {
        AtomicLong began = new AtomicLong();
        FollowOptions options = FollowOptions.defaults()
                .untilCaughtUp(untilCaughtUp)
                .listener(new FollowListener() {
                    @Override
                    public void following(long run) {
                        began.set(System.nanoTime());
                        System.out.println(FOLLOWING);
                    }
                });
        RunReport report = pipeline.follow(options, cancellation);
        print(report, System.nanoTime() - began.get());
    }

    private static void awaitEnd(BufferedReader in, Cancellation cancellation) {
        try {
            while (in.readLine() != null) {
                // Nothing more is said.
            }
        } catch (IOException closed) {
            // As well.
        }
        cancellation.request();
    }

    private static void print(RunReport report, long nanos) {
        System.out.printf(
                Locale.ROOT,
                "%d %.3f%n",
                report.total().updated(),
                Duration.ofNanos(nanos).toMillis() / 1e3);
    }
}
