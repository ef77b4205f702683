package io.docrows.benchmarks.load;

import io.docrows.benchmarks.contender.Contender;
import io.docrows.benchmarks.contender.Phase;
import io.docrows.benchmarks.data.Shape;
import io.docrows.cli.output.JsonOutput;
import io.docrows.cli.output.Numbers;
import io.docrows.cli.output.TextTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** How loads from servers compare with the load from the dump, for people and for programs. Immutable. */
final class LiveReport {

    private static final Map<Integer, Double> WANTED = Map.of(0, 0.9, 1, 0.7);

    private final Shape shape;
    private final Map<String, String> machine;
    private final int rounds;
    private final int writers;
    private final List<Row> rows;

    /** All loads of a phase from a place, beside those from the dump. */
    private record Row(LiveBenchmark.Place place, Summary summary, double ratio) {

        /** The ratio that is wanted from a server to which nothing else is in the way. */
        Optional<Double> wanted() {
            return place.megabits() > 0 || place.compressed()
                    ? Optional.empty()
                    : Optional.ofNullable(WANTED.get(place.latency()));
        }

        /** Whether the ratio that was wanted is reached; empty where none was. */
        Optional<Boolean> met() {
            return wanted().map(wanted -> ratio >= wanted);
        }
    }

    LiveReport(Shape shape, Map<String, String> machine, int rounds, int writers, List<LiveBenchmark.Load> loads) {
        this.shape = shape;
        this.machine = new LinkedHashMap<>(machine);
        this.rounds = rounds;
        this.writers = writers;
        this.rows = rows(loads);
    }

    private static List<Row> rows(List<LiveBenchmark.Load> loads) {
        List<LiveBenchmark.Place> places = loads.stream()
                .map(LiveBenchmark.Load::place)
                .distinct()
                .sorted(Comparator.comparingInt(LiveBenchmark.Place::latency)
                        .thenComparing(LiveBenchmark.Place::compressed))
                .toList();
        List<Row> rows = new ArrayList<>();
        for (Phase phase : Phase.values()) {
            Optional<Summary> dump = summary(loads, LiveBenchmark.Place.DUMP, phase);
            for (LiveBenchmark.Place place : places) {
                Optional<Summary> summary = summary(loads, place, phase);
                if (summary.isPresent() && dump.isPresent()) {
                    rows.add(new Row(
                            place,
                            summary.get(),
                            summary.get().rate() / dump.get().rate()));
                }
            }
        }
        return rows;
    }

    private static Optional<Summary> summary(List<LiveBenchmark.Load> loads, LiveBenchmark.Place place, Phase phase) {
        List<Measurement> own = loads.stream()
                .filter(load -> load.place().equals(place))
                .map(LiveBenchmark.Load::measurement)
                .toList();
        return Summary.of(own, Contender.DOCROWS, phase);
    }

    String text() {
        TextTable table = new TextTable()
                .text("phase")
                .text("from")
                .number("documents")
                .number("seconds")
                .number("range")
                .number("documents/s")
                .number("of the dump's")
                .number("wanted")
                .text("")
                .number("CPU s")
                .number("server CPU s")
                .number("peak RSS MB")
                .number("peak heap MB");
        Phase phase = Phase.FIRST;
        for (Row row : rows) {
            Summary summary = row.summary();
            if (summary.phase() != phase) {
                table.rule();
                phase = summary.phase();
            }
            table.row(
                    phase.title(),
                    row.place().title(),
                    Numbers.count(summary.documents()),
                    decimals(summary.seconds()),
                    decimals(summary.fastestSeconds()) + "-" + decimals(summary.slowestSeconds()),
                    Numbers.count(Math.round(summary.rate())),
                    decimals(row.ratio()) + "x",
                    row.wanted().map(wanted -> decimals(wanted) + "x").orElse(""),
                    row.met().map(met -> met ? "met" : "not met").orElse(""),
                    decimals(summary.cpuSeconds()),
                    decimals(summary.serverCpuSeconds()),
                    Numbers.count(Math.round(summary.peakResidentBytes() / 1e6)),
                    Numbers.count(Math.round(summary.peakHeapBytes() / 1e6)));
        }
        return String.join(", ", machine.values()) + "\nShape " + shape.title() + ", medians of "
                + Numbers.count(rounds, "round") + ", memory: the highest peak; " + Numbers.count(writers, "writer")
                + ".\n\n" + table.format();
    }

    String json() {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("machine", machine);
        object.put("shape", shape.title());
        object.put("rounds", rounds);
        object.put("writers", writers);
        object.put("loads", rows.stream().map(LiveReport::load).toList());
        return JsonOutput.write(object) + "\n";
    }

    private static Map<String, Object> load(Row row) {
        Summary summary = row.summary();
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("phase", summary.phase().title());
        object.put("from", row.place().title());
        object.put("documents", summary.documents());
        object.put("seconds", summary.seconds());
        object.put("fastestSeconds", summary.fastestSeconds());
        object.put("slowestSeconds", summary.slowestSeconds());
        object.put("documentsPerSecond", summary.rate());
        object.put("ofTheDumps", row.ratio());
        row.met().ifPresent(met -> object.put("met", met));
        object.put("cpuSeconds", summary.cpuSeconds());
        object.put("serverCpuSeconds", summary.serverCpuSeconds());
        object.put("peakResidentBytes", summary.peakResidentBytes());
        object.put("peakHeapBytes", summary.peakHeapBytes());
        return object;
    }

    private static String decimals(double number) {
        return String.format(Locale.ROOT, "%.2f", number);
    }
}
