package io.docrows.cli.progress;

import io.docrows.cli.output.Numbers;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import me.tongfei.progressbar.DefaultProgressBarRenderer;
import me.tongfei.progressbar.ProgressBarStyle;
import me.tongfei.progressbar.ProgressState;

/** The library's bar, with counts as people read them and the time that is left called so. */
final class DocumentsRenderer extends DefaultProgressBarRenderer {

    private static final String UNIT = " docs";
    private static final DecimalFormat RATE = new DecimalFormat("#,##0", DecimalFormatSymbols.getInstance(Locale.ROOT));

    DocumentsRenderer() {
        super(ProgressBarStyle.ASCII, UNIT, 1, true, RATE, ChronoUnit.SECONDS, true, DocumentsRenderer::left);
    }

    private static Optional<Duration> left(ProgressState state) {
        long read = state.getCurrent() - state.getStart();
        if (read <= 0 || state.isIndefinite()) {
            return Optional.empty();
        }
        double each = state.getElapsedAfterStart().toMillis() / (double) read;
        return Optional.of(Duration.ofMillis(Math.round(each * Math.max(0, state.getMax() - state.getCurrent()))));
    }

    @Override
    protected String ratio(ProgressState state) {
        String most = state.isIndefinite() ? "?" : Numbers.count(state.getMax());
        return Numbers.count(state.getCurrent()) + "/" + most + UNIT;
    }

    @Override
    protected String etaString(ProgressState state) {
        return super.etaString(state) + " left";
    }
}
