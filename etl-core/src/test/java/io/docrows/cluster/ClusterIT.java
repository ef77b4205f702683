package io.docrows.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.docrows.ConnectedPipeline;
import io.docrows.PartitionWorker;
import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.docrows.report.CollectionReport;
import io.docrows.report.Counts;
import io.docrows.report.RunFailedException;
import io.docrows.report.RunReport;
import io.docrows.run.BulkLoad;
import io.docrows.run.Cancellation;
import io.docrows.run.RejectLimit;
import io.docrows.run.RunListener;
import io.docrows.run.RunOptions;
import io.docrows.testing.Bookshop;
import io.docrows.testing.MemorySource;
import io.docrows.testing.Postgres13;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A run whose partitions are tasks, which are lost, repeated and late as those of a cluster are. */
@Tag("long")
final class ClusterIT {

    private static final int BOOKS = 600;
    private static final RunOptions OPTIONS = RunOptions.defaults().batch(20, 1 << 20);
    private static final List<String> QUERIES = List.of(
            "SELECT mongo_id, name FROM author ORDER BY 1",
            "SELECT b.mongo_id, b.title, b.genre, b.price, b.shelf, b.place, b.isbn, a.mongo_id FROM book b"
                    + " LEFT JOIN author a ON a.id = b.author_id ORDER BY 1",
            "SELECT b.mongo_id, t.name FROM book_tag JOIN book b ON b.id = book_id JOIN tag t ON t.id = tag_id"
                    + " ORDER BY 1, 2",
            "SELECT collection, document_key, code FROM docrows.reject ORDER BY 1, 2");

    private final Bookshop.Database database = Bookshop.database();
    private final MemorySource source = new MemorySource()
            .with(
                    "authors",
                    IntStream.range(0, 40)
                            .mapToObj(i -> "{_id: " + i + ", name: 'author " + i + "'}")
                            .toArray(String[]::new))
            .with("books", books(i -> "book " + i))
            .with("employees", "{_id: 1, boss: 2}", "{_id: 2}");

    /** Some are rejected, for a reason of their own or because somebody is missing. */
    private static String[] books(java.util.function.IntFunction<String> title) {
        return IntStream.range(0, BOOKS)
                .mapToObj(i -> i % 97 == 5
                        ? "{_id: " + i + ", title: 7}"
                        : "{_id: " + i + ", title: '" + title.apply(i) + "', genre: 'crime', price: {$numberDecimal: '"
                                + i + ".5'}, author: " + i % 41 + ", tags: ['new'" + (i % 3 == 0 ? ", 'used'" : "")
                                + "]}")
                .toArray(String[]::new);
    }

    private ConnectedPipeline pipeline(Bookshop.Database target) {
        return Bookshop.pipeline().source(source).target(target.target());
    }

    private static Map<String, Counts> counts(RunReport report) {
        Map<String, Counts> counts = new ConcurrentHashMap<>();
        report.collections().forEach(each -> counts.put(each.collection(), each.counts()));
        return counts;
    }

    private RunReport run(RunOptions options, int slots, ThreadCluster.Process process) {
        return pipeline(database).run(options, new Cancellation(), new ThreadCluster(slots, 6, process));
    }

    @ParameterizedTest
    @EnumSource(
            value = BulkLoad.class,
            names = {"ALWAYS", "NEVER"})
    void loadsWhatOneProcessLoads(BulkLoad bulkLoad) {
        RunOptions options = OPTIONS.bulkLoad(bulkLoad);
        Bookshop.Database other = Bookshop.database();
        RunReport alone = pipeline(other).run(options);
        RunReport together;
        RunReport again;
        try (PartitionWorker worker = pipeline(database).worker()) {
            together = run(options, 3, worker::load);
            again = run(options, 3, (task, stopped) -> worker.load(task.keeping(true), stopped));
        }

        assertThat(counts(together)).isEqualTo(counts(alone));
        for (String query : QUERIES) {
            assertThat(database.rows(query)).isEqualTo(other.rows(query));
        }
        for (int i = 0; i < alone.collections().size(); i++) {
            CollectionReport expected = alone.collections().get(i);
            CollectionReport actual = together.collections().get(i);
            assertThat(actual.rejectsByCode()).isEqualTo(expected.rejectsByCode());
            assertThat(actual.rows()).isEqualTo(expected.rows());
            assertThat(actual.drift()).isEqualTo(expected.drift());
        }
        assertThat(again.total().inserted() + again.total().updated()).isZero();
    }

    @Test
    void anAttemptThatWasTakenOverCommitsNothingMore() throws Exception {
        CountDownLatch late = new CountDownLatch(1);
        CountDownLatch taken = new CountDownLatch(1);
        AtomicReference<PartitionOutcome> first = new AtomicReference<>();
        AtomicInteger read = new AtomicInteger();
        ThreadLocal<Boolean> slow = ThreadLocal.withInitial(() -> false);
        AtomicInteger attempts = new AtomicInteger();
        Thread[] lost = new Thread[1];
        try (PartitionWorker worker = pipeline(database).worker();
                PartitionWorker hanging = Bookshop.pipeline()
                        .source(new MemorySource()
                                .with("books", books(i -> "book " + i))
                                .beforeEach(() -> {
                                    if (read.incrementAndGet() == 50) {
                                        late.countDown();
                                        await(taken);
                                    }
                                }))
                        .target(database.another())
                        .worker()) {
            RunReport report = run(OPTIONS, 1, (task, stopped) -> {
                if (task.collection().equals("books") && attempts.getAndIncrement() == 0) {
                    lost[0] = new Thread(() -> first.set(load(hanging, task)));
                    lost[0].start();
                    // It has committed something, and has more in hand: now it is given up.
                    late.await();
                    PartitionOutcome outcome = worker.load(task, stopped);
                    taken.countDown();
                    lost[0].join();
                    return outcome;
                }
                return worker.load(task, stopped);
            });

            assertThat(first.get().end()).isNotEqualTo(PartitionOutcome.End.COMPLETE);
            assertThat(report.total().read()).isEqualTo(BOOKS + 42);
            assertThat(database.rows("SELECT sum(read) FROM docrows.checkpoint WHERE collection = 'books'"
                            + " AND partition >= 0"))
                    .containsExactly(String.valueOf(BOOKS));
        }
    }

    /** JDBC does not notice an interrupt while the partition is taken over, and reading has not begun after it. */
    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void anAttemptEndsThatIsInterruptedBeforeReadingHasBegun() {
        AtomicInteger ended = new AtomicInteger();
        try (PartitionWorker worker = pipeline(database).worker()) {
            RunReport report = run(OPTIONS, 1, (task, stopped) -> {
                Thread.currentThread().interrupt();
                assertThatThrownBy(() -> worker.load(task, () -> false)).isInstanceOf(InterruptedException.class);
                ended.incrementAndGet();
                return worker.load(task, stopped);
            });

            assertThat(report.total().read()).isEqualTo(BOOKS + 42);
            assertThat(ended).hasPositiveValue();
        }
    }

    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void anAttemptEndsThatIsInterruptedBeforeItTriesAgain() {
        AtomicInteger ended = new AtomicInteger();
        try (PartitionWorker worker = pipeline(database).worker()) {
            RunReport report = run(OPTIONS, 1, (task, stopped) -> {
                if (ended.get() == 0) {
                    database.execute("CREATE SEQUENCE once; CREATE FUNCTION lose() RETURNS trigger LANGUAGE plpgsql AS"
                            + " $$ BEGIN IF nextval('public.once') = 1 THEN PERFORM"
                            + " pg_terminate_backend(pg_backend_pid()); PERFORM pg_sleep(60); END IF; RETURN NEW; END $$;"
                            + " CREATE TRIGGER lose BEFORE UPDATE ON docrows.checkpoint FOR EACH ROW EXECUTE"
                            + " FUNCTION lose()");
                    Thread.currentThread().interrupt();
                    assertThatThrownBy(() -> worker.load(task, () -> false))
                            .isInstanceOf(InterruptedException.class)
                            .hasMessageContaining("was not tried again");
                    assertThat(ended.incrementAndGet()).isOne();
                }
                return worker.load(task, stopped);
            });

            assertThat(report.total().read()).isEqualTo(BOOKS + 42);
        }
    }

    @Test
    void anAttemptIsTakenOverOnPostgres13() {
        Postgres13.imitate(database);
        AtomicInteger attempts = new AtomicInteger();
        try (PartitionWorker worker = pipeline(database).worker()) {
            RunReport report = run(OPTIONS, 1, (task, stopped) -> {
                if (attempts.incrementAndGet() == 1) {
                    worker.load(task, () -> true);
                    throw new DocrowsException(ErrorCode.CLUSTER_FAILED, "the process is lost");
                }
                return worker.load(task, stopped);
            });

            assertThat(report.total().read()).isEqualTo(BOOKS + 42);
        }
    }

    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void anAttemptEndsWhoseWorkerIsClosedWhileItWaitsForDocuments() {
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        AtomicReference<PartitionOutcome> first = new AtomicReference<>();
        PartitionWorker hanging = Bookshop.pipeline()
                .source(new MemorySource()
                        .with("books", books(i -> "book " + i))
                        .beforeEach(() -> {
                            reading.countDown();
                            await(never);
                        }))
                .target(database.another())
                .worker();
        try (PartitionWorker worker = pipeline(database).worker()) {
            RunReport report = run(OPTIONS, 1, (task, stopped) -> {
                if (task.collection().equals("books") && first.get() == null) {
                    Thread lost = new Thread(() -> first.set(load(hanging, task)));
                    lost.start();
                    reading.await();
                    hanging.close();
                    lost.join();
                }
                return worker.load(task, stopped);
            });

            assertThat(first.get().end()).isEqualTo(PartitionOutcome.End.FAILED);
            assertThat(first.get().error()).isEqualTo(ErrorCode.SOURCE_FAILED);
            assertThat(report.total().read()).isEqualTo(BOOKS + 42);
        }
    }

    private static PartitionOutcome load(PartitionWorker worker, PartitionTask task) {
        try {
            return worker.load(task, () -> false);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void countsWhatAttemptsCommittedThatNeverAnswered() {
        AtomicInteger tasks = new AtomicInteger();
        AtomicReference<Counts> told = new AtomicReference<>(Counts.NONE);
        RunListener listener = new RunListener() {
            @Override
            public void batchCommitted(String collection, Counts batch) {
                told.updateAndGet(batch::plus);
            }
        };
        try (PartitionWorker worker = pipeline(database).worker()) {
            RunReport report = run(OPTIONS.listener(listener), 2, (task, stopped) -> {
                if (task.collection().equals("books") && tasks.incrementAndGet() % 2 == 0) {
                    AtomicInteger documents = new AtomicInteger();
                    worker.load(task, () -> documents.incrementAndGet() > 45);
                    throw new DocrowsException(ErrorCode.CLUSTER_FAILED, "the process is lost");
                }
                return worker.load(task, stopped);
            });

            assertThat(counts(report).get("books").read()).isEqualTo(BOOKS);
            assertThat(told.get().read()).isEqualTo(BOOKS + 42);
        }
    }

    @Test
    void givesUpOnAPartitionThatNoProcessCanLoad() {
        try (PartitionWorker worker = pipeline(database).worker()) {
            assertThatThrownBy(() -> run(OPTIONS, 2, (task, stopped) -> {
                        if (task.collection().equals("books") && task.partition() == 3) {
                            throw new DocrowsException(ErrorCode.CLUSTER_FAILED, "the process is lost");
                        }
                        return worker.load(task, stopped);
                    }))
                    .isInstanceOfSatisfying(
                            RunFailedException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CLUSTER_FAILED));
            RunReport resumed = pipeline(database).run(OPTIONS);

            assertThat(resumed.total().read()).isEqualTo(BOOKS + 42);
            assertThat(resumed.status()).isEqualTo(RunReport.Status.COMPLETED);
        }
    }

    @Test
    void tellsAFailureOfAProcessAsItsOwn() {
        try (PartitionWorker worker = Bookshop.pipeline()
                .source(new MemorySource()
                        .with("authors", "{_id: 1, name: 'a'}")
                        .failingAfter(0))
                .target(database.target())
                .worker()) {
            assertThatThrownBy(() -> run(OPTIONS, 2, worker::load))
                    .isInstanceOfSatisfying(
                            RunFailedException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SOURCE_FAILED));
        }
    }

    @Test
    void stopsAtTooManyRejectsAndKeepsItsCounts() {
        try (PartitionWorker worker = pipeline(database).worker()) {
            assertThatThrownBy(() -> run(OPTIONS.maxRejects(RejectLimit.of("1")), 1, worker::load))
                    .isInstanceOfSatisfying(RunFailedException.class, e -> {
                        assertThat(e.code()).isEqualTo(ErrorCode.TOO_MANY_REJECTS);
                        assertThat(database.rows("SELECT sum(read) FROM docrows.checkpoint WHERE partition >= 0"))
                                .containsExactly(
                                        String.valueOf(e.report().total().read()));
                    });
        }
    }

    @Test
    void readsNoMoreThanItsLimit() {
        try (PartitionWorker worker = pipeline(database).worker()) {
            RunReport report = run(OPTIONS.limit(25), 4, worker::load);

            assertThat(counts(report).get("books").read()).isEqualTo(25);
            assertThat(counts(report).get("authors").read()).isEqualTo(25);
        }
    }

    @Test
    void aRunThatWasTakenOverIsNotWrittenByTasksOfBefore() {
        AtomicReference<PartitionTask> old = new AtomicReference<>();
        try (PartitionWorker worker = pipeline(database).worker()) {
            assertThatThrownBy(() -> run(OPTIONS, 1, (task, stopped) -> {
                        if (task.collection().equals("books")) {
                            old.set(task);
                            throw new DocrowsException(ErrorCode.INTERNAL, "the driver is lost");
                        }
                        return worker.load(task, stopped);
                    }))
                    .isInstanceOf(RunFailedException.class);
            pipeline(database).run(OPTIONS);
            PartitionOutcome outcome = load(worker, old.get());

            assertThat(outcome.error()).isEqualTo(ErrorCode.PIPELINE_LOCKED);
        }
    }
}
