package io.docrows.cli.progress;

import io.docrows.cli.output.Numbers;
import io.docrows.report.CollectionReport;
import io.docrows.report.Counts;
import io.docrows.run.RunListener;
import io.docrows.text.ForeignText;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs how far a run is, every few seconds: for pipes, files and programs, where a bar would be noise. */
public final class ProgressLines implements RunListener {

    private static final Logger LOG = LoggerFactory.getLogger(ProgressLines.class);
    private static final Duration INTERVAL = Duration.ofSeconds(5);

    private final LongSupplier nanoTime;
    private OptionalLong estimate = OptionalLong.empty();
    private long before;
    private long read;
    private long rejected;
    private long began;
    private long said;
    private boolean loading;

    /**
     * Lines by a clock.
     *
     * @param nanoTime as {@link System#nanoTime()}
     */
    public ProgressLines(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    @Override
    public synchronized void collectionStarted(String collection, OptionalLong documents, Counts done) {
        estimate = documents;
        before = done.read();
        read = done.read();
        rejected = done.rejected();
        began = nanoTime.getAsLong();
        said = began;
        loading = true;
    }

    @Override
    public synchronized void batchCommitted(String collection, Counts batch) {
        if (!loading) {
            // Changes are followed, which is told otherwise.
            return;
        }
        read += batch.read();
        rejected += batch.rejected();
        long now = nanoTime.getAsLong();
        if (now - said < INTERVAL.toNanos()) {
            return;
        }
        said = now;
        Duration spent = Duration.ofNanos(now - began);
        LOG.info(
                "{}: {}{} documents, {} a second{}, {} rejected",
                ForeignText.name(collection),
                Numbers.count(read),
                estimate.isPresent() ? " of about " + Numbers.count(estimate.getAsLong()) : "",
                Numbers.rate(read - before, spent),
                left(spent),
                Numbers.count(rejected));
    }

    private String left(Duration spent) {
        long documents = read - before;
        if (estimate.isEmpty() || documents <= 0 || estimate.getAsLong() <= read) {
            return "";
        }
        double seconds = spent.toNanos() / 1e9 / documents * (estimate.getAsLong() - read);
        return ", about " + Numbers.time(Duration.ofSeconds(Math.round(seconds))) + " left";
    }

    @Override
    public synchronized void collectionFinished(CollectionReport report) {
        loading = false;
        LOG.info(
                "{}: {} in {}",
                ForeignText.name(report.collection()),
                Numbers.count(report.counts().read(), "document"),
                Numbers.time(report.duration()));
    }
}
