package io.docrows.cli.report;

import io.docrows.report.CollectionReport;
import io.docrows.report.Counts;
import io.docrows.report.RunReport;
import io.docrows.run.BatchTiming;
import io.docrows.run.RunListener;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/** Records what a report cannot know afterwards: when batches were committed, and where the time went. Thread-safe. */
public final class RunRecorder implements RunListener {

    private static final int MOST_STRETCHES = 80;

    private final LongSupplier nanoTime;
    private final Map<String, Recording> collections = new LinkedHashMap<>();
    private final Map<String, Integer> retries = new TreeMap<>();
    private long began;

    /**
     * A recorder by a clock.
     *
     * @param nanoTime as {@link System#nanoTime()}
     */
    public RunRecorder(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.began = nanoTime.getAsLong();
    }

    private double now() {
        return (nanoTime.getAsLong() - began) / 1e9;
    }

    @Override
    public synchronized void runStarted(long run, boolean resumed) {
        began = nanoTime.getAsLong();
    }

    @Override
    public synchronized void collectionStarted(String collection, OptionalLong estimate, Counts done) {
        collections.put(collection, new Recording(done, new Timeline(now())));
    }

    @Override
    public synchronized void batchCommitted(String collection, Counts batch) {
        Recording recording = collections.get(collection);
        if (recording != null) {
            recording.documents += batch.read();
            recording.timeline.add(now(), recording.documents);
            recording.until = now();
        }
    }

    @Override
    public synchronized void batchTimed(String collection, BatchTiming timing) {
        Recording recording = collections.get(collection);
        if (recording != null) {
            recording.batches++;
            recording.timing = recording.timing.plus(timing);
        }
    }

    @Override
    public synchronized void collectionFinished(CollectionReport report) {
        Recording recording = collections.get(report.collection());
        if (recording != null) {
            recording.until = now();
        }
    }

    @Override
    public synchronized void retrying(String what, int attempt, Duration delay) {
        retries.merge(what, 1, Integer::sum);
    }

    @Override
    public synchronized void runFinished(RunReport report) {
        // What was cut short lasted until now.
        collections.values().stream()
                .filter(recording -> recording.until == 0)
                .forEach(recording -> recording.until = now());
    }

    synchronized List<RecordedCollection> collections() {
        return collections.entrySet().stream()
                .map(entry -> entry.getValue().finished(entry.getKey()))
                .toList();
    }

    synchronized Map<String, Integer> retries() {
        return new TreeMap<>(retries);
    }

    private static final class Recording {

        private final Counts before;
        private final Timeline timeline;
        private BatchTiming timing = BatchTiming.NONE;
        private int batches;
        private long documents;
        private double until;

        private Recording(Counts before, Timeline timeline) {
            this.before = before;
            this.timeline = timeline;
        }

        private RecordedCollection finished(String collection) {
            return new RecordedCollection(
                    collection, before, batches, timing, timeline.rates(MOST_STRETCHES, until), until);
        }
    }
}
