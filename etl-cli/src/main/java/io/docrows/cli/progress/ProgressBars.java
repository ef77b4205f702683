package io.docrows.cli.progress;

import io.docrows.cli.output.Numbers;
import io.docrows.report.CollectionReport;
import io.docrows.report.Counts;
import io.docrows.report.RunReport;
import io.docrows.run.RunListener;
import io.docrows.text.ForeignText;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.jspecify.annotations.Nullable;

/** Draws a bar for each collection: documents, rate, time left, rejects. */
public final class ProgressBars implements RunListener, AutoCloseable {

    private static final int WIDEST = 110;
    private static final int LONGEST = 30;

    private final Terminal terminal;
    private final int width;
    private final BooleanSupplier stopped;
    private @Nullable ProgressBar bar;
    private long rejected;

    /**
     * Bars on a terminal.
     *
     * @param terminal where to draw
     * @param columns how wide it is
     * @param stopped whether the run was asked to stop, so that a collection ends before its end
     */
    public ProgressBars(Terminal terminal, int columns, BooleanSupplier stopped) {
        this.stopped = stopped;
        this.terminal = terminal;
        this.width = Math.min(columns - 1, WIDEST);
    }

    @Override
    public synchronized void collectionStarted(String collection, OptionalLong estimate, Counts done) {
        close();
        rejected = done.rejected();
        bar = new ProgressBarBuilder()
                .setTaskName(String.format(Locale.ROOT, "%-12s", shown(collection)))
                // The library shows an unknown end as a bar that wanders.
                .setInitialMax(estimate.orElse(-1))
                .startsFrom(done.read(), Duration.ZERO)
                .setRenderer(new DocumentsRenderer())
                .setUpdateIntervalMillis(200)
                .setConsumer(new TerminalLine(terminal, width))
                .build();
        mention();
    }

    @Override
    public synchronized void batchCommitted(String collection, Counts batch) {
        if (bar != null) {
            rejected += batch.rejected();
            mention();
            bar.stepBy(batch.read());
        }
    }

    @Override
    public synchronized void collectionFinished(CollectionReport report) {
        if (bar != null && !stopped.getAsBoolean()) {
            bar.maxHint(Math.max(1, report.counts().read()));
            bar.stepTo(Math.max(1, report.counts().read()));
        }
        close();
    }

    @Override
    public void runFinished(RunReport report) {
        close();
    }

    /** A name that would leave no room for the bar is cut. */
    private static String shown(String collection) {
        String name = ForeignText.printable(collection);
        int length = name.codePointCount(0, name.length());
        return length <= LONGEST ? name : name.substring(0, name.offsetByCodePoints(0, LONGEST - 1)) + "…";
    }

    private void mention() {
        if (bar != null && rejected > 0) {
            bar.setExtraMessage(" " + Numbers.count(rejected) + " rejected");
        }
    }

    @Override
    public synchronized void close() {
        if (bar != null) {
            bar.close();
            bar = null;
            terminal.keep();
        }
    }
}
