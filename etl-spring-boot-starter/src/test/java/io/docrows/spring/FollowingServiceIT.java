package io.docrows.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import io.docrows.embedded.MongoServer;
import io.docrows.embedded.PostgresServer;
import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.docrows.history.PastRun;
import io.docrows.history.RunHistory;
import io.docrows.run.FollowListener;
import io.docrows.run.FollowProgress;
import io.docrows.source.mongo.MongoSource;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.actuate.health.Status;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;

/** A service that follows an embedded server, which has change streams of its own making; no MongoDB. */
@Tag("long")
final class FollowingServiceIT {

    private static final PostgresServer SERVER = PostgresServer.temporary();
    private static final MongoServer MONGO = MongoServer.startWithOplog();
    private static final MongoClient CLIENT = MongoClients.create(MONGO.connectionString());

    private final BlockingQueue<FollowProgress> heard = new LinkedBlockingQueue<>();
    private final MongoCollection<Document> notes =
            CLIENT.getDatabase("service").getCollection("notes");
    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(DocrowsAutoConfiguration.class, DocrowsActuatorAutoConfiguration.class))
            .withBean(DataSource.class, SERVER::dataSource)
            .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
            .withBean(FollowListener.class, () -> new FollowListener() {
                @Override
                public void progressed(FollowProgress progress) {
                    heard.add(progress);
                }
            })
            .withPropertyValues(
                    "docrows.source=" + MONGO.connectionString() + "/service",
                    "docrows.follow.enabled=true",
                    "docrows.follow.moment=50ms",
                    "docrows.follow.retry-after=100ms",
                    "docrows.health.max-lag=10m");

    @AfterAll
    static void stop() {
        CLIENT.close();
        MONGO.close();
        SERVER.close();
    }

    private static void execute(String sql) throws SQLException {
        try (Connection connection = SERVER.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String text(String sql) throws SQLException {
        try (Connection connection = SERVER.dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getString(1);
        }
    }

    /** As Spring Boot does when everything has started. */
    private static void ready(AssertableApplicationContext context) {
        ConfigurableApplicationContext source =
                context.getSourceApplicationContext(ConfigurableApplicationContext.class);
        context.publishEvent(new ApplicationReadyEvent(new SpringApplication(), new String[0], source, Duration.ZERO));
    }

    private void await(Predicate<FollowProgress> wanted) throws InterruptedException {
        FollowProgress progress;
        do {
            progress = heard.poll(1, TimeUnit.MINUTES);
            assertThat(progress).as("what is heard of following").isNotNull();
        } while (!wanted.test(progress));
    }

    @Test
    void aServiceFollowsUntilItShutsDownAndGoesOnWhenItStartsAgain() throws SQLException {
        execute("DROP SCHEMA IF EXISTS docrows CASCADE");
        execute("DROP TABLE IF EXISTS note");
        execute(Notes.DDL);
        notes.insertOne(new Document("_id", 1).append("body", "first"));
        application.run(context -> {
            ready(context);
            await(progress -> true);
            notes.insertOne(new Document("_id", 2).append("body", "second"));
            notes.deleteOne(new Document("_id", 1));
            await(progress -> progress.changes() >= 2 && progress.deleted() == 1);
            assertThat(text("SELECT string_agg(body, ',') FROM note")).isEqualTo("second");
            assertThat(context.getBean(PipelineRunner.class).isActive("notes")).isTrue();
            Health health = context.getBean(HealthIndicator.class).health();
            assertThat(health.getStatus()).isEqualTo(Status.UP);
            assertThat(health.getDetails().get("notes").toString())
                    .contains("lagSeconds=", "positionAgeSeconds=", "changes=");
            MeterRegistry registry = context.getBean(MeterRegistry.class);
            assertThat(registry.get("docrows.follow.changes").counter().count()).isGreaterThanOrEqualTo(2);
            assertThat(registry.get("docrows.follow.lag").timeGauge().value(TimeUnit.SECONDS))
                    .isBetween(0.0, 600.0);
        });
        PastRun run = RunHistory.of(SERVER.dataSource()).runs("notes", 1).get(0);
        assertThat(run.state()).isEqualTo(PastRun.State.INTERRUPTED);
        notes.insertOne(new Document("_id", 3).append("body", "while it was down"));
        heard.clear();
        application.run(context -> {
            ready(context);
            await(progress -> progress.changes() >= 1);
            assertThat(text("SELECT count(*) FROM note")).isEqualTo("2");
            // Stopped by hand, as a run is.
            assertThat(context.getBean(PipelineRunner.class).cancel("notes")).isTrue();
        });
        assertThat(RunHistory.of(SERVER.dataSource()).runs("notes", 1).get(0).state())
                .isEqualTo(PastRun.State.INTERRUPTED);
    }

    /** Another one follows: neither its own failure before nor the age of the last run says anything about now. */
    @Test
    @Timeout(60)
    void anInstanceThatWaitsIsHealthyWhileAnotherFollows() throws SQLException {
        execute("DROP SCHEMA IF EXISTS docrows CASCADE");
        execute("DROP TABLE IF EXISTS note");
        execute(Notes.DDL);
        AtomicInteger attempts = new AtomicInteger();
        PipelineSource unreachableAtFirst = pipeline -> {
            if (attempts.getAndIncrement() == 0) {
                throw new DocrowsException(ErrorCode.SOURCE_UNAVAILABLE, "It is not there.");
            }
            return MongoSource.connect(MONGO.connectionString() + "/service");
        };
        application.run(follower -> {
            ready(follower);
            await(progress -> true);
            execute("UPDATE docrows.run SET started = started - interval '2 days',"
                    + " finished = finished - interval '2 days'");
            application
                    .withBean(PipelineSource.class, () -> unreachableAtFirst)
                    .withPropertyValues("docrows.health.max-age=1h")
                    .run(context -> {
                        HealthIndicator health = context.getBean(HealthIndicator.class);
                        ready(context);
                        while (attempts.get() < 3) {
                            Thread.onSpinWait();
                        }
                        assertThat(health.health().getDetails().get("notes").toString())
                                .doesNotContain("problem");
                        assertThat(health.health().getStatus()).isEqualTo(Status.UP);
                    });
        });
    }

    @Test
    void aSourceThatTellsNoChangesIsToldAndNotTriedForEver() {
        try (MongoServer plain = MongoServer.start();
                MongoClient other = MongoClients.create(plain.connectionString())) {
            other.getDatabase("service").createCollection("notes");
            application
                    .withPropertyValues("docrows.source=" + plain.connectionString() + "/service")
                    .run(context -> {
                        PipelineRunner runner = context.getBean(PipelineRunner.class);
                        runner.follow("notes");
                        while (runner.isActive("notes")) {
                            Thread.onSpinWait();
                        }
                        assertThat(runner.failure("notes")).contains("SOURCE_NOT_FOLLOWABLE");
                        assertThat(context.getBean(HealthIndicator.class)
                                        .health()
                                        .getStatus())
                                .isEqualTo(Status.DOWN);
                    });
        }
    }
}
