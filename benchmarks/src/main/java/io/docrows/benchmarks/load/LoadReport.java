package io.docrows.benchmarks.load;

import io.docrows.benchmarks.contender.Contender;
import io.docrows.benchmarks.contender.Phase;
import io.docrows.benchmarks.data.Shape;
import io.docrows.cli.output.JsonOutput;
import io.docrows.cli.output.Numbers;
import io.docrows.cli.output.TextTable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What was measured, for people and for programs. Immutable. */
final class LoadReport {

    private final Shape shape;
    private final Map<String, String> machine;
    private final int rounds;
    private final int writers;
    private final Summaries summaries;
    private final List<TargetRatio> targets;

    LoadReport(Shape shape, Map<String, String> machine, int rounds, int writers, List<Measurement> measurements) {
        this.shape = shape;
        this.machine = new LinkedHashMap<>(machine);
        this.rounds = rounds;
        this.writers = writers;
        this.summaries = Summaries.of(measurements);
        this.targets = TargetRatio.of(shape, summaries);
    }

    String text() {
        StringBuilder text = new StringBuilder();
        text.append(String.join(", ", machine.values())).append('\n');
        text.append("Shape ")
                .append(shape.title())
                .append(". Medians of ")
                .append(Numbers.count(rounds, "round"))
                .append(
                        summaries.all().stream().allMatch(summary -> summary.rounds() == rounds)
                                ? ""
                                : ", or as many as the table says")
                .append(", memory: the highest peak; docrows with ")
                .append(Numbers.count(writers, "writer"))
                .append(".\n\n");
        text.append(table());
        samples(text);
        twoWritersToOne()
                .ifPresent(ratio -> text.append("docrows with two writers was ")
                        .append(times(ratio))
                        .append(" as fast as with one.\n"));
        if (!targets.isEmpty()) {
            text.append('\n').append(targetTable());
        }
        return text.toString();
    }

    private String table() {
        TextTable table = new TextTable()
                .text("phase")
                .text("contender")
                .number("documents")
                .number("rounds")
                .number("seconds")
                .number("range")
                .number("documents/s")
                .number("docrows is")
                .number("CPU s")
                .number("server CPU s")
                .number("peak RSS MB")
                .number("peak heap MB")
                .number("WAL MB")
                .number("row versions");
        Phase phase = Phase.FIRST;
        for (Summary summary : summaries.all()) {
            if (summary.phase() != phase) {
                table.rule();
                phase = summary.phase();
            }
            table.row(
                    phase.title(),
                    summary.contender().title(),
                    Numbers.count(summary.documents()),
                    Numbers.count(summary.rounds()),
                    decimals(summary.seconds()),
                    decimals(summary.fastestSeconds()) + "-" + decimals(summary.slowestSeconds()),
                    Numbers.count(Math.round(summary.rate())),
                    summaries.docrowsTo(summary).map(LoadReport::times).orElse("-"),
                    decimals(summary.cpuSeconds()),
                    decimals(summary.serverCpuSeconds()),
                    megabytes(summary.peakResidentBytes()),
                    megabytes(summary.peakHeapBytes()),
                    megabytes(summary.walBytes()),
                    Numbers.count(summary.rowVersions()));
        }
        return table.format();
    }

    private void samples(StringBuilder text) {
        long most = summaries.all().stream().mapToLong(Summary::documents).max().orElse(0);
        for (Summary summary : summaries.all()) {
            if (summary.documents() < most) {
                text.append(summary.contender().title())
                        .append(" loaded a smaller data set of ")
                        .append(Numbers.count(summary.documents()))
                        .append(" documents; its rate is compared as if it kept it up.\n");
            }
        }
    }

    private Optional<Double> twoWritersToOne() {
        return withWriters(1, Contender.DOCROWS_1)
                .flatMap(one -> withWriters(2, Contender.DOCROWS_2).map(two -> two.rate() / one.rate()));
    }

    private Optional<Summary> withWriters(int number, Contender fixed) {
        return summaries.find(number == writers ? Contender.DOCROWS : fixed, Phase.FIRST);
    }

    private String targetTable() {
        TextTable table =
                new TextTable().text("ratio").number("wanted").number("reached").text("");
        for (TargetRatio target : targets) {
            table.row(
                    target.name(),
                    (target.atMost() ? "at most " : "at least ") + times(target.wanted()),
                    times(target.reached()),
                    target.met() ? "met" : "not met");
        }
        return table.format();
    }

    String json() {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("machine", machine);
        object.put("shape", shape.title());
        object.put("rounds", rounds);
        object.put("writers", writers);
        twoWritersToOne().ifPresent(ratio -> object.put("twoWritersToOne", ratio));
        object.put("loads", summaries.all().stream().map(this::load).toList());
        object.put("targets", targets.stream().map(LoadReport::target).toList());
        return JsonOutput.write(object) + "\n";
    }

    private Map<String, Object> load(Summary summary) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("phase", summary.phase().title());
        object.put("contender", summary.contender().title());
        object.put("documents", summary.documents());
        object.put("rounds", summary.rounds());
        object.put("seconds", summary.seconds());
        object.put("fastestSeconds", summary.fastestSeconds());
        object.put("slowestSeconds", summary.slowestSeconds());
        object.put("documentsPerSecond", summary.rate());
        summaries.docrowsTo(summary).ifPresent(ratio -> object.put("docrowsIs", ratio));
        object.put("cpuSeconds", summary.cpuSeconds());
        object.put("serverCpuSeconds", summary.serverCpuSeconds());
        object.put("peakResidentBytes", summary.peakResidentBytes());
        object.put("peakHeapBytes", summary.peakHeapBytes());
        object.put("walBytes", summary.walBytes());
        object.put("rowVersions", summary.rowVersions());
        return object;
    }

    private static Map<String, Object> target(TargetRatio target) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("ratio", target.name());
        object.put(target.atMost() ? "atMost" : "atLeast", target.wanted());
        object.put("reached", target.reached());
        object.put("met", target.met());
        return object;
    }

    private static String decimals(double number) {
        return String.format(Locale.ROOT, "%.2f", number);
    }

    private static String times(double ratio) {
        return decimals(ratio) + "x";
    }

    private static String megabytes(long bytes) {
        return bytes == 0 ? "-" : Numbers.count(Math.round(bytes / 1e6));
    }
}
