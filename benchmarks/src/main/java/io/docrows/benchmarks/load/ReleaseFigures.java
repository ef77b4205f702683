package io.docrows.benchmarks.load;

import io.docrows.benchmarks.contender.Contender;
import io.docrows.benchmarks.contender.Phase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The processor time of a release's small load, and that of a yardstick on the same machine at the same time: the
 * driver's own batches, which no change of this project makes faster or slower. Immutable.
 *
 * @param release which
 * @param machine on what
 * @param documents how many documents were loaded
 * @param docrows seconds by phase, the medians
 * @param yardstick the same of {@link #YARDSTICK}
 */
record ReleaseFigures(
        String release, String machine, int documents, Map<String, Double> docrows, Map<String, Double> yardstick) {

    static final Contender YARDSTICK = Contender.JDBC_BATCH;

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    ReleaseFigures {
        docrows = new LinkedHashMap<>(docrows);
        yardstick = new LinkedHashMap<>(yardstick);
    }

    /** What was measured. */
    static ReleaseFigures of(String release, String machine, int documents, List<Measurement> measurements) {
        Summaries summaries = Summaries.of(measurements);
        return new ReleaseFigures(
                release, machine, documents, byPhase(summaries, Contender.DOCROWS), byPhase(summaries, YARDSTICK));
    }

    private static Map<String, Double> byPhase(Summaries summaries, Contender contender) {
        Map<String, Double> seconds = new LinkedHashMap<>();
        for (Phase phase : Phase.values()) {
            summaries
                    .find(contender, phase)
                    .ifPresent(summary -> seconds.put(phase.title(), Math.round(summary.cpuSeconds() * 100) / 100.0));
        }
        return seconds;
    }

    /** Reads what was kept. */
    static ReleaseFigures read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new BenchmarkException(
                    "there are no figures of a release in " + file + "; --keep RELEASE makes them");
        }
        return JSON.readValue(Files.readString(file), ReleaseFigures.class);
    }

    /** Keeps this for the checks that follow. */
    void write(Path file) throws IOException {
        Files.writeString(file, JSON.writeValueAsString(this) + "\n");
    }

    /** How much processor time a phase takes, beside that of a release, in units of the yardstick. */
    double times(String phase, ReleaseFigures then) {
        return of(docrows, phase) / of(yardstick, phase) / (of(then.docrows, phase) / of(then.yardstick, phase));
    }

    private static double of(Map<String, Double> seconds, String phase) {
        Double value = seconds.get(phase);
        if (value == null || value <= 0) {
            throw new BenchmarkException("the processor time of \"" + phase + "\" is not known; only Linux tells it");
        }
        return value;
    }

    /** Both, side by side. */
    String beside(ReleaseFigures then) {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "%,d documents, processor seconds of the loading process, beside %s (%s)%n%n%-12s %12s %12s %12s %12s %12s%n",
                documents,
                then.release,
                then.machine,
                "phase",
                "docrows now",
                "then",
                YARDSTICK.title(),
                "then",
                "in its units"));
        for (String phase : docrows.keySet()) {
            text.append(String.format(
                    Locale.ROOT,
                    "%-12s %12.2f %12.2f %12.2f %12.2f %11.2fx%n",
                    phase,
                    of(docrows, phase),
                    of(then.docrows, phase),
                    of(yardstick, phase),
                    of(then.yardstick, phase),
                    times(phase, then)));
        }
        return text.toString();
    }
}
