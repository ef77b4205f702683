package io.docrows.benchmarks.load;

import io.docrows.benchmarks.contender.Contender;
import io.docrows.benchmarks.contender.Phase;
import io.docrows.runner.output.Numbers;
import io.docrows.runner.output.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The table of medians. Immutable. */
final class LoadReport {

    private final List<Summary> summaries = new ArrayList<>();

    LoadReport(List<Measurement> measurements) {
        for (Phase phase : Phase.values()) {
            for (Contender contender : Contender.values()) {
                Summary.of(measurements, contender, phase).ifPresent(summaries::add);
            }
        }
    }

    String text() {
        TextTable table = new TextTable()
                .text("phase")
                .text("contender")
                .number("documents")
                .number("seconds")
                .number("documents/s")
                .number("docrows is")
                .number("peak RSS MB")
                .number("peak heap MB")
                .number("WAL MB")
                .number("row versions");
        for (Summary summary : summaries) {
            table.row(
                    summary.phase().title(),
                    summary.contender().title(),
                    Numbers.count(summary.documents()),
                    String.format(Locale.ROOT, "%.2f", summary.seconds()),
                    Numbers.count(Math.round(summary.rate())),
                    ratio(summary),
                    megabytes(summary.peakResidentBytes()),
                    megabytes(summary.peakHeapBytes()),
                    megabytes(summary.walBytes()),
                    Numbers.count(summary.rowVersions()));
        }
        return table.format();
    }

    private String ratio(Summary summary) {
        return find(Contender.DOCROWS, summary.phase())
                .map(docrows -> String.format(Locale.ROOT, "%.2fx", docrows.rate() / summary.rate()))
                .orElse("-");
    }

    private Optional<Summary> find(Contender contender, Phase phase) {
        return summaries.stream()
                .filter(summary -> summary.contender() == contender && summary.phase() == phase)
                .findFirst();
    }

    private static String megabytes(long bytes) {
        return bytes == 0 ? "-" : Numbers.count(Math.round(bytes / 1e6));
    }
}
