package io.docrows.metrics;

import io.docrows.report.CollectionReport;
import io.docrows.report.Counts;
import io.docrows.report.RunReport;
import io.docrows.run.BatchTiming;
import io.docrows.run.RunListener;
import io.docrows.text.ForeignText;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts what runs of one pipeline do. One instance serves all its runs, one after another; it is thread-safe. All
 * meters have the tag {@code pipeline}.
 *
 * <table>
 * <caption>Meters</caption>
 * <tr><th>name</th><th>tags</th><th>what it is</th></tr>
 * <tr><td>docrows.documents</td><td>collection, outcome</td><td>counter: documents by what became of them</td></tr>
 * <tr><td>docrows.documents.expected</td><td>collection</td><td>gauge: about how many there are; absent if that is not
 * known</td></tr>
 * <tr><td>docrows.batch</td><td>collection</td><td>timer: committed batches, and the time of writing them</td></tr>
 * <tr><td>docrows.phase.time</td><td>collection, phase</td><td>counter, in seconds: where the time of readers and writers
 * went</td></tr>
 * <tr><td>docrows.rejects</td><td>collection, code</td><td>counter: rejected documents by reason, added when a
 * collection ends</td></tr>
 * <tr><td>docrows.retries</td><td></td><td>counter: what was tried again</td></tr>
 * <tr><td>docrows.runs</td><td>status</td><td>counter: runs that ended, by how</td></tr>
 * <tr><td>docrows.run.active</td><td></td><td>gauge: 1 while a run is at work, else 0</td></tr>
 * <tr><td>docrows.run.duration</td><td></td><td>gauge, in seconds: how long the last run took</td></tr>
 * <tr><td>docrows.run.last.success</td><td></td><td>gauge, in seconds since 1970: when a run last completed; 0 before
 * that</td></tr>
 * <tr><td>docrows.pending.references</td><td></td><td>gauge: references that waited for a document when the last run
 * ended</td></tr>
 * </table>
 */
public final class RunMetrics implements RunListener {

    private final MeterRegistry registry;
    private final Tags tags;
    private final Map<String, AtomicLong> expected = new ConcurrentHashMap<>();
    private final Set<String> finished = new HashSet<>();
    private final AtomicLong active = new AtomicLong();
    private final AtomicLong durationMillis = new AtomicLong();
    private final AtomicLong lastSuccessMillis = new AtomicLong();
    private final AtomicLong pendingReferences = new AtomicLong();

    /**
     * Metrics of a pipeline.
     *
     * @param registry where they are registered
     * @param pipeline the pipeline's name
     */
    public RunMetrics(MeterRegistry registry, String pipeline) {
        this.registry = registry;
        this.tags = Tags.of("pipeline", ForeignText.name(pipeline));
        gauge("docrows.run.active", "1 while a run is at work", tags, active);
        gauge(
                "docrows.pending.references",
                "References that waited for a document when the last run ended",
                tags,
                pendingReferences);
        timeGauge("docrows.run.duration", "How long the last run took", durationMillis);
        timeGauge("docrows.run.last.success", "When a run last completed, since 1970", lastSuccessMillis);
        for (RunReport.Status status : RunReport.Status.values()) {
            runs(status);
        }
        retries();
    }

    private void gauge(String name, String description, Tags more, AtomicLong number) {
        Gauge.builder(name, number, AtomicLong::doubleValue)
                .description(description)
                .tags(more)
                .register(registry);
    }

    private void timeGauge(String name, String description, AtomicLong millis) {
        TimeGauge.builder(name, millis, TimeUnit.MILLISECONDS, AtomicLong::doubleValue)
                .description(description)
                .tags(tags)
                .strongReference(true)
                .register(registry);
    }

    private Counter counter(String name, String description, String... more) {
        return Counter.builder(name)
                .description(description)
                .tags(tags.and(more))
                .register(registry);
    }

    private Counter runs(RunReport.Status status) {
        return counter("docrows.runs", "Runs that ended, by how", "status", name(status));
    }

    private Counter retries() {
        return counter("docrows.retries", "What failed for a passing reason and was tried again");
    }

    private static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public synchronized void runStarted(long run, boolean resumed) {
        finished.clear();
        active.set(1);
    }

    @Override
    public void collectionStarted(String collection, OptionalLong estimate, Counts done) {
        count(collection, Counts.NONE);
        estimate.ifPresent(documents -> expected(collection).set(documents));
    }

    /** Held here: a registry holds what it measures weakly, and stays with the first of a name. */
    private AtomicLong expected(String collection) {
        return expected.computeIfAbsent(collection, name -> {
            AtomicLong documents = new AtomicLong();
            gauge(
                    "docrows.documents.expected",
                    "About how many documents there are",
                    tags.and("collection", ForeignText.name(name)),
                    documents);
            return documents;
        });
    }

    @Override
    public void batchCommitted(String collection, Counts batch) {
        count(collection, batch);
    }

    private void count(String collection, Counts counts) {
        count(collection, "inserted", counts.inserted());
        count(collection, "updated", counts.updated());
        count(collection, "unchanged", counts.unchanged());
        count(collection, "rejected", counts.rejected());
        count(collection, "skipped", counts.skipped());
    }

    private void count(String collection, String outcome, long documents) {
        counter(
                        "docrows.documents",
                        "Documents read, by what became of them",
                        "collection",
                        ForeignText.name(collection),
                        "outcome",
                        outcome)
                .increment(documents);
    }

    @Override
    public void batchTimed(String collection, BatchTiming timing) {
        Timer.builder("docrows.batch")
                .description("Committed batches, and the time of writing them")
                .tags(tags.and("collection", ForeignText.name(collection)))
                .register(registry)
                .record(timing.writing());
        phase(collection, "reading", timing.reading());
        phase(collection, "decoding", timing.decoding());
        phase(collection, "reader_waiting", timing.readerWaiting());
        phase(collection, "writer_waiting", timing.writerWaiting());
        phase(collection, "writing", timing.writing());
    }

    private void phase(String collection, String phase, Duration time) {
        Counter.builder("docrows.phase.time")
                .description("Where the time of readers and writers went")
                .baseUnit("seconds")
                .tags(tags.and("collection", ForeignText.name(collection), "phase", phase))
                .register(registry)
                .increment(time.toNanos() / 1e9);
    }

    @Override
    public synchronized void collectionFinished(CollectionReport report) {
        rejects(report);
    }

    private void rejects(CollectionReport report) {
        if (finished.add(report.collection())) {
            report.rejectsByCode()
                    .forEach((code, documents) -> counter(
                                    "docrows.rejects",
                                    "Rejected documents, by reason",
                                    "collection",
                                    ForeignText.name(report.collection()),
                                    "code",
                                    code.name())
                            .increment(documents));
        }
    }

    @Override
    public void retrying(String what, int attempt, Duration delay) {
        retries().increment();
    }

    @Override
    public synchronized void runFinished(RunReport report) {
        // A collection that was cut short is in the report only.
        report.collections().forEach(this::rejects);
        runs(report.status()).increment();
        durationMillis.set(report.duration().toMillis());
        pendingReferences.set(report.pendingReferences());
        if (report.status() == RunReport.Status.COMPLETED) {
            lastSuccessMillis.set(report.started().plus(report.duration()).toEpochMilli());
        }
        active.set(0);
    }
}
