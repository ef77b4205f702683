package io.docrows.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.docrows.Pipeline;
import io.docrows.embedded.PostgresServer;
import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.docrows.history.PastRun;
import io.docrows.history.RunHistory;
import io.docrows.report.Counts;
import io.docrows.report.RunReport;
import io.docrows.run.RunListener;
import io.docrows.source.DocumentReader;
import io.docrows.source.DocumentSource;
import io.docrows.source.Partition;
import io.docrows.source.ReadRequest;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.actuate.health.Status;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** A service with one pipeline, under Spring Boot 3. Spring Boot 4 is tried by the example service. */
final class PipelineRunnerIT {

    private static final PostgresServer SERVER = PostgresServer.temporary();

    @TempDir
    private static Path directory;

    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(DocrowsAutoConfiguration.class, DocrowsActuatorAutoConfiguration.class))
            .withBean(DataSource.class, SERVER::dataSource);

    @BeforeAll
    static void writeTheDump() throws IOException {
        Notes.dump(directory, 250);
    }

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @BeforeEach
    void startAfresh() throws SQLException {
        try (Connection connection = SERVER.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("DROP SCHEMA IF EXISTS docrows CASCADE");
            statement.execute("DROP TABLE IF EXISTS note");
            statement.execute(Notes.DDL);
        }
    }

    private static long rows() throws SQLException {
        try (Connection connection = SERVER.dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT count(*) FROM note")) {
            result.next();
            return result.getLong(1);
        }
    }

    private ApplicationContextRunner withTheDump() {
        return application.withPropertyValues("docrows.source=" + directory.resolve("notes.bson"));
    }

    @Test
    void aProviderOnTheClassPathBecomesABeanThatCanBeRun() {
        withTheDump().run(context -> {
            assertThat(context.getBean("notesPipeline", Pipeline.class).name()).isEqualTo("notes");
            RunReport report = context.getBean(PipelineRunner.class).run("notes");
            assertThat(report.total()).isEqualTo(new Counts(250, 250, 0, 0, 0, 0));
            assertThat(rows()).isEqualTo(250);
            assertThat(context.getBean(PipelineRunner.class)
                            .run("notes")
                            .total()
                            .unchanged())
                    .isEqualTo(250);
        });
    }

    @Test
    void theOptionsOfOnePipelineComeBeforeThoseOfAll() {
        withTheDump()
                .withPropertyValues(
                        "docrows.run.writers=2",
                        "docrows.run.batch-documents=100",
                        "docrows.run.deletes=delete",
                        "docrows.pipelines.notes.writers=1",
                        "docrows.pipelines.notes.batch-size=1MB",
                        "docrows.pipelines.notes.max-rejects=1%")
                .run(context -> {
                    var options = context.getBean(DocrowsProperties.class)
                            .run("notes")
                            .options();
                    assertThat(options.writers()).isEqualTo(1);
                    assertThat(options.batchDocuments()).isEqualTo(100);
                    assertThat(options.batchBytes()).isEqualTo(1 << 20);
                    assertThat(options.deletes()).hasToString("DELETE");
                    assertThat(options.maxRejects()).hasToString("1%");
                    assertThat(context.getBean(DocrowsProperties.class)
                                    .run("other")
                                    .options()
                                    .writers())
                            .isEqualTo(2);
                });
    }

    @Test
    void runsOnScheduleAndAtStart() {
        CountDownLatch finished = new CountDownLatch(2);
        withTheDump()
                .withBean(RunListener.class, () -> new RunListener() {
                    @Override
                    public void runFinished(RunReport report) {
                        finished.countDown();
                    }
                })
                .withPropertyValues("docrows.run.cron=* * * * * *", "docrows.run.zone=Europe/Vienna")
                .run(context -> assertThat(finished.await(30, TimeUnit.SECONDS)).isTrue());
        assertThat(RunHistory.of(SERVER.dataSource()).runs("notes", 10))
                .hasSizeGreaterThanOrEqualTo(2)
                .allMatch(run -> run.state() == PastRun.State.COMPLETED);
    }

    @Test
    void healthEndpointAndMetersTellOfTheLastRun() {
        withTheDump()
                .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
                .withPropertyValues("docrows.health.max-age=1h")
                .run(context -> {
                    HealthIndicator indicator = context.getBean("docrowsHealthIndicator", HealthIndicator.class);
                    assertThat(indicator.health().getStatus()).isEqualTo(Status.DOWN);
                    DocrowsEndpoint endpoint = context.getBean(DocrowsEndpoint.class);
                    assertThat(endpoint.pipeline("none")).isNull();

                    context.getBean(PipelineRunner.class).run("notes");

                    Health health = indicator.health();
                    assertThat(health.getStatus()).isEqualTo(Status.UP);
                    assertThat(health.getDetails().get("notes").toString())
                            .contains("state=COMPLETED", "inserted=250", "lastCompleted=");
                    assertThat(endpoint.pipelines().get("notes").toString())
                            .contains("active=false", "openRejects=0", "state=COMPLETED");
                    assertThat(context.getBean(MeterRegistry.class)
                                    .get("docrows.documents")
                                    .tag("outcome", "inserted")
                                    .counter()
                                    .count())
                            .isEqualTo(250);
                });
    }

    @Test
    void aSourceThatCannotBeOpenedIsNoHealthySign() {
        application
                .withPropertyValues("docrows.source=" + directory.resolve("missing.bson"))
                .run(context -> {
                    assertThatThrownBy(
                                    () -> context.getBean(PipelineRunner.class).run("notes"))
                            .isInstanceOf(DocrowsException.class)
                            .hasMessageContaining("missing.bson");
                    Health health = context.getBean(HealthIndicator.class).health();
                    assertThat(health.getStatus()).isEqualTo(Status.DOWN);
                    assertThat(health.getDetails().get("notes").toString()).contains("SOURCE_UNAVAILABLE");
                });
    }

    @Test
    void aFailureIsForgottenOnceAnotherInstanceIsAtWork() {
        CountDownLatch committed = new CountDownLatch(1);
        application
                .withBean(DocumentSource.class, Endless::new)
                .withBean(RunListener.class, () -> new RunListener() {
                    @Override
                    public void batchCommitted(String collection, Counts batch) {
                        committed.countDown();
                    }
                })
                .run(other -> application
                        .withBean(PipelineSource.class, NotThereAtFirst::new)
                        .run(context -> {
                            PipelineRunner runner = context.getBean(PipelineRunner.class);
                            HealthIndicator health = context.getBean(HealthIndicator.class);
                            assertThatThrownBy(() -> runner.run("notes")).hasMessageContaining("not there");
                            assertThat(health.health().getStatus()).isEqualTo(Status.DOWN);

                            other.getBean(PipelineRunner.class).start("notes");
                            assertThat(committed.await(30, TimeUnit.SECONDS)).isTrue();
                            assertThatThrownBy(() -> runner.run("notes"))
                                    .isInstanceOfSatisfying(
                                            DocrowsException.class,
                                            locked -> assertThat(locked.code()).isEqualTo(ErrorCode.PIPELINE_LOCKED));

                            assertThat(health.health().getStatus()).isEqualTo(Status.UP);
                        }));
    }

    @ParameterizedTest
    @CsvSource({
        "docrows.pipelines.ntes.cron=-, docrows.pipelines.ntes:",
        "'docrows.follow.pipelines=notes,ntes', docrows.follow.pipelines: ntes:"
    })
    void anApplicationThatNamesAPipelineItDoesNotHaveDoesNotStart(String property, String told) {
        withTheDump()
                .withPropertyValues(property)
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(DocrowsException.class)
                        .hasMessageStartingWith(told + " there is no such pipeline; this application has notes."));
    }

    @ParameterizedTest
    @ValueSource(strings = {"docrows.run.writters=2", "docrows.pipelines.notes.max-reject=1%", "docrows.sorce=dump"})
    void anApplicationWithAPropertyThatDoesNotExistDoesNotStart(String property) {
        withTheDump()
                .withPropertyValues(property)
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining(property.substring(0, property.indexOf('='))));
    }

    @Test
    void nothingToReadFromIsSaidByName() {
        application.run(context -> assertThatThrownBy(
                        () -> context.getBean(PipelineRunner.class).run("notes"))
                .hasMessageContaining("Set docrows.source"));
    }

    @Test
    void shuttingDownFinishesTheBatchInHand() throws SQLException {
        CountDownLatch committed = new CountDownLatch(2);
        application
                .withBean(DocumentSource.class, Endless::new)
                .withBean(RunListener.class, () -> new RunListener() {
                    @Override
                    public void batchCommitted(String collection, Counts batch) {
                        committed.countDown();
                    }
                })
                .withPropertyValues("docrows.run.batch-documents=50", "docrows.run.on-startup=true")
                .run(context -> {
                    PipelineRunner runner = context.getBean(PipelineRunner.class);
                    assertThat(runner.start("notes")).isTrue();
                    assertThat(committed.await(30, TimeUnit.SECONDS)).isTrue();
                    assertThat(runner.start("notes")).isFalse();
                });
        PastRun run = RunHistory.of(SERVER.dataSource()).runs("notes", 1).get(0);
        assertThat(run.state()).isEqualTo(PastRun.State.INTERRUPTED);
        assertThat(rows()).isEqualTo(run.total().inserted()).isPositive();
    }

    @Test
    void anApplicationWithoutADatabaseStarts() {
        new ApplicationContextRunner()
                .withConfiguration(
                        AutoConfigurations.of(DocrowsAutoConfiguration.class, DocrowsActuatorAutoConfiguration.class))
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .doesNotHaveBean(PipelineRunner.class)
                        .hasBean("notesPipeline"));
    }

    /** Documents without end, but not at the first time. */
    private static final class NotThereAtFirst implements PipelineSource {

        private boolean there;

        @Override
        public DocumentSource open(String pipeline) {
            if (!there) {
                there = true;
                throw new DocrowsException(ErrorCode.SOURCE_UNAVAILABLE, "It is not there.");
            }
            return new Endless();
        }
    }

    /** Documents without end. */
    private static final class Endless implements DocumentSource {

        @Override
        public String description() {
            return "endless";
        }

        @Override
        public Set<String> collections() {
            return Set.of("notes");
        }

        @Override
        public OptionalLong estimatedCount(String collection) {
            return OptionalLong.empty();
        }

        @Override
        public List<Partition> partitions(String collection, ReadRequest request) {
            return List.of(new Partition(collection, 0, new byte[0]));
        }

        @Override
        public DocumentReader open(Partition partition, byte @Nullable [] after) {
            return new DocumentReader() {
                private int next = after == null ? 0 : ByteBuffer.wrap(after).getInt();

                @Override
                public byte[] read() {
                    return Notes.document(next++);
                }

                @Override
                public byte[] position() {
                    return ByteBuffer.allocate(4).putInt(next).array();
                }

                @Override
                public void close() {}
            };
        }

        @Override
        public void close() {}
    }
}
