package io.docrows.run;

import static io.docrows.mapping.Values.id;
import static io.docrows.mapping.Values.string;
import static io.docrows.testing.db.Tables.AUTHOR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.docrows.ConnectedPipeline;
import io.docrows.Docrows;
import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.docrows.mapping.CollectionMapping;
import io.docrows.mapping.Conversion;
import io.docrows.report.CollectionReport;
import io.docrows.report.Counts;
import io.docrows.report.RunFailedException;
import io.docrows.report.RunReport;
import io.docrows.testing.Bookshop;
import io.docrows.testing.Bookshop.Database;
import io.docrows.testing.MemorySource;
import io.docrows.testing.db.tables.records.AuthorRecord;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever ends a thread ends the run: nobody waits for ever, and the next run finds lock and sessions free. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@Tag("long")
final class EndsIT {

    private static final int DOCUMENTS = 2_000;

    private final Database database = Bookshop.database();
    private final MemorySource source = new MemorySource()
            .with(
                    "authors",
                    IntStream.range(0, DOCUMENTS)
                            .mapToObj(i -> "{_id: " + i + ", name: 'A" + i + "'}")
                            .toArray(String[]::new));

    private static CollectionMapping<AuthorRecord> authors(Conversion<String, String> conversion) {
        return CollectionMapping.of("authors", AUTHOR)
                .key(AUTHOR.MONGO_ID, id("_id"))
                .map(AUTHOR.NAME, string("name").convert(conversion))
                .build();
    }

    private ConnectedPipeline pipeline(Conversion<String, String> conversion) {
        return Docrows.pipeline("ends", authors(conversion)).source(source).target(database.target());
    }

    private static RunOptions small() {
        return RunOptions.defaults().batch(100, 1 << 20);
    }

    /** Fails on the document that is about in the middle. */
    private static Conversion<String, String> failing(Error error) {
        return name -> {
            if (name.equals("A1500")) {
                throw error;
            }
            return name;
        };
    }

    private DocrowsException ends(Function<ConnectedPipeline, ?> work, ConnectedPipeline pipeline) {
        DocrowsException failure = catchThrowableOfType(DocrowsException.class, () -> work.apply(pipeline));
        assertThat(failure).as("the run ends, and not by what nobody catches").isNotNull();
        assertThat(failure.code()).isEqualTo(ErrorCode.INTERNAL);
        assertThat(database.rows("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid"
                        + " FROM pg_database WHERE datname = current_database())"))
                .as("locks that are left")
                .containsExactly("0");
        assertThat(database.rows("SELECT application_name FROM pg_stat_activity WHERE datname = current_database() AND"
                        + " application_name LIKE 'docrows%'"))
                .as("sessions that are left")
                .isEmpty();
        return failure;
    }

    private void loadsWhenItRunsAgain() {
        RunReport report = pipeline(name -> name).run(small());
        assertThat(report.status()).isEqualTo(RunReport.Status.COMPLETED);
        assertThat(database.rows("SELECT count(*) FROM author")).containsExactly(String.valueOf(DOCUMENTS));
        assertThat(database.rows("SELECT count(*) FROM docrows.deferred_constraint"))
                .containsExactly("0");
    }

    @ParameterizedTest
    @CsvSource({"1, NEVER", "2, ALWAYS", "7, NEVER"})
    void anErrorInTheThreadThatReadsEndsTheRun(int writers, BulkLoad bulkLoad) {
        DocrowsException failure = ends(
                pipeline -> pipeline.run(small().writers(writers).bulkLoad(bulkLoad)),
                pipeline(failing(new StackOverflowError())));

        assertThat(failure).hasMessageContaining("StackOverflowError").hasMessageContaining("public.author.name");
        assertThat(database.rows("SELECT status, error_code FROM docrows.run")).containsExactly("failed|INTERNAL");
        assertThat(failure).isInstanceOf(RunFailedException.class);
        loadsWhenItRunsAgain();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void memoryThatDoesNotSufficeEndsTheRunAndIsNamed(int writers) {
        DocrowsException failure = ends(
                pipeline -> pipeline.run(small().writers(writers)),
                pipeline(failing(new OutOfMemoryError("Java heap space"))));

        assertThat(failure)
                .hasMessageContaining("out of memory")
                .hasMessageContaining("-Xmx")
                .hasMessageContaining("fewer writers");
        loadsWhenItRunsAgain();
    }

    @Test
    void anErrorInTheSourceEndsTheRun() {
        AtomicInteger read = new AtomicInteger();
        source.beforeEach(() -> {
            if (read.incrementAndGet() == 500) {
                throw new NoClassDefFoundError("org/example/Missing");
            }
        });

        ends(pipeline -> pipeline.run(small().writers(2)), pipeline(name -> name));

        source.beforeEach(() -> {});
        loadsWhenItRunsAgain();
    }

    @Test
    void anUnforeseenExceptionIsNeitherTheSourcesNorTheTargetsFault() {
        source.beforeEach(() -> {
            throw new IllegalStateException("a value of a document");
        });

        DocrowsException failure = ends(pipeline -> pipeline.run(small()), pipeline(name -> name));

        assertThat(failure)
                .hasMessageContaining("java.lang.IllegalStateException")
                .hasMessageContaining("while reading authors")
                .message()
                .doesNotContain("a value of a document");
    }

    @Test
    void anErrorEndsAPlan() {
        ends(pipeline -> pipeline.plan(PlanOptions.of(small())), pipeline(failing(new StackOverflowError())));
    }

    @Test
    void anErrorEndsAVerification() {
        loadsWhenItRunsAgain();
        ends(pipeline -> pipeline.verify(VerifyOptions.defaults()), pipeline(failing(new StackOverflowError())));
        ends(
                pipeline -> pipeline.verify(VerifyOptions.defaults()),
                pipeline(failing(new OutOfMemoryError("Java heap space"))));
    }

    @Test
    void anErrorEndsTheScanForDocumentsThatAreGone() {
        AtomicInteger read = new AtomicInteger();
        source.beforeEach(() -> {
            if (read.incrementAndGet() > DOCUMENTS + 10) {
                throw new OutOfMemoryError("Java heap space");
            }
        });

        ends(pipeline -> pipeline.run(small().deletes(DeleteMode.DELETE)), pipeline(name -> name));

        assertThat(database.rows("SELECT count(*) FROM author")).containsExactly(String.valueOf(DOCUMENTS));
        source.beforeEach(() -> {});
        loadsWhenItRunsAgain();
    }

    @Test
    void anErrorEndsARetryOfRejects() {
        pipeline(name -> null).run(small());

        ends(
                pipeline -> pipeline.retryRejects(
                        RejectFilter.ALL,
                        RetryOptions.defaults().batch(100, 1 << 20).writers(2)),
                pipeline(failing(new StackOverflowError())));
    }

    /** What a listener hears. */
    enum Heard {
        RUN_STARTED,
        COLLECTION_STARTED,
        BATCH_COMMITTED,
        BATCH_TIMED,
        COLLECTION_FINISHED,
        RUN_FINISHED
    }

    @ParameterizedTest
    @EnumSource
    void aListenerThatThrowsFailsTheRun(Heard when) {
        for (Throwable thrown : new Throwable[] {new IllegalStateException(), new StackOverflowError()}) {
            AtomicInteger finished = new AtomicInteger();
            RunListener listener = new Throwing(when, thrown, finished);

            ends(pipeline -> pipeline.run(small().writers(2).listener(listener)), pipeline(name -> name));

            assertThat(finished).hasValue(1);
        }
        loadsWhenItRunsAgain();
    }

    @Test
    void aListenerThatThrowsWhenItHearsOfARetryFailsTheRun() {
        AtomicInteger cut = new AtomicInteger();
        RunListener listener = new RunListener() {
            @Override
            public void retrying(String what, int attempt, java.time.Duration delay) {
                throw new IllegalStateException();
            }

            @Override
            public void batchCommitted(String collection, Counts batch) {
                if (cut.getAndIncrement() == 0) {
                    database.rows("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname ="
                            + " current_database() AND application_name LIKE 'docrows%writer'");
                }
            }
        };

        ends(pipeline -> pipeline.run(small().listener(listener)), pipeline(name -> name));
        loadsWhenItRunsAgain();
    }

    private record Throwing(Heard when, Throwable thrown, AtomicInteger finished) implements RunListener {

        private void heard(Heard now) {
            if (now != when) {
                return;
            }
            if (thrown instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) thrown;
        }

        @Override
        public void runStarted(long run, boolean resumed) {
            heard(Heard.RUN_STARTED);
        }

        @Override
        public void collectionStarted(String collection, OptionalLong estimate, Counts done) {
            heard(Heard.COLLECTION_STARTED);
        }

        @Override
        public void batchCommitted(String collection, Counts batch) {
            heard(Heard.BATCH_COMMITTED);
        }

        @Override
        public void batchTimed(String collection, BatchTiming timing) {
            heard(Heard.BATCH_TIMED);
        }

        @Override
        public void collectionFinished(CollectionReport report) {
            heard(Heard.COLLECTION_FINISHED);
        }

        @Override
        public void runFinished(RunReport report) {
            finished.incrementAndGet();
            heard(Heard.RUN_FINISHED);
        }
    }
}
