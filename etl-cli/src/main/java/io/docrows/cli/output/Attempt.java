package io.docrows.cli.output;

import io.docrows.report.CollectionReport;
import io.docrows.report.Counts;
import io.docrows.report.RunReport;
import io.docrows.run.RunListener;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What this process does of a run. A run that was interrupted is continued by another process, whose report counts the
 * documents of both, but the time of its own. Thread-safe.
 */
public final class Attempt implements RunListener {

    private final Map<String, Long> before = new HashMap<>();

    /** An attempt that has not begun. */
    public Attempt() {}

    @Override
    public synchronized void collectionStarted(String collection, OptionalLong estimate, Counts done) {
        // It begins a second time if this process lost its lock and took it again.
        before.putIfAbsent(collection, done.read());
    }

    /** Forgets earlier attempts: what comes now has none. */
    public synchronized void forget() {
        before.clear();
    }

    /**
     * How many documents of a collection were read in the time that its report tells.
     *
     * @param report the report
     * @return those read, without those of earlier attempts
     */
    synchronized long read(CollectionReport report) {
        return report.counts().read() - before.getOrDefault(report.collection(), 0L);
    }

    long read(RunReport report) {
        return report.collections().stream().mapToLong(this::read).sum();
    }
}
