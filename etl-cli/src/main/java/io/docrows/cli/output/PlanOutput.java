package io.docrows.cli.output;

import io.docrows.error.RejectCode;
import io.docrows.report.CollectionPlan;
import io.docrows.report.Counts;
import io.docrows.report.PlanReport;
import io.docrows.text.ForeignText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a run would do, for people and for programs. */
public final class PlanOutput {

    private PlanOutput() {}

    /**
     * For people.
     *
     * @param report what a run would do
     * @param target where the rows would go, without secrets
     * @return lines, each ending with a line feed
     */
    public static String text(PlanReport report, String target) {
        StringBuilder text = new StringBuilder(ForeignText.name(report.pipeline()));
        if (report.interrupted()) {
            return text.append(" was not planned: interrupted while documents were read\n")
                    .toString();
        }
        text.append(report.changesNothing() ? ": a run would change nothing" : ": what a run would do");
        text.append("\nfrom ")
                .append(ForeignText.printable(report.source()))
                .append("\nto ")
                .append(ForeignText.printable(target))
                .append("\n\n");
        text.append(table(report));
        for (CollectionPlan collection : report.collections()) {
            explain(collection, text);
        }
        if (!report.rejectsByCode().isEmpty()) {
            text.append('\n').append(rejects(report));
        }
        if (report.firstRun()) {
            text.append("\nThere was no run on this target yet. The first one also creates the schema docrows.\n");
        }
        return text.append("\nNothing was written.\n").toString();
    }

    private static String table(PlanReport report) {
        boolean skipped = report.total().skipped() > 0;
        TextTable table = new TextTable()
                .text("collection")
                .text("table")
                .number("read")
                .number("insert")
                .number("update")
                .number("leave")
                .number("reject");
        if (skipped) {
            table.number("skip");
        }
        table.number("time");
        for (CollectionPlan one : report.collections()) {
            Counts counts = one.counts();
            List<String> cells = new ArrayList<>(List.of(
                    one.collection(),
                    one.table(),
                    Numbers.count(counts.read()),
                    Numbers.count(counts.inserted()),
                    Numbers.count(counts.updated()),
                    Numbers.count(counts.unchanged()),
                    Numbers.count(counts.rejected())));
            if (skipped) {
                cells.add(Numbers.count(counts.skipped()));
            }
            cells.add(Numbers.time(one.duration()));
            table.row(cells);
        }
        return table.format();
    }

    private static void explain(CollectionPlan one, StringBuilder text) {
        if (!one.updates().isEmpty()) {
            text.append("\nUpdates of ")
                    .append(ForeignText.name(one.table()))
                    .append(": ")
                    .append(one.updates().entrySet().stream()
                            .map(column -> ForeignText.name(column.getKey()) + " in "
                                    + Numbers.count(column.getValue(), "document"))
                            .collect(Collectors.joining(", ")))
                    .append('\n');
        }
        one.since()
                .ifPresent(
                        since -> text.append('\n').append(WatermarkLines.since(one.collection(), since, "would be")));
        text.append(UnmatchedLine.text(one.collection(), one.counts().unmatched(), "would be skipped"));
        text.append(DeletionLines.text(one.collection(), one.table(), one.deletions(), true));
        if (one.tooManyDeletes()) {
            text.append(
                    "That is more than --max-deletes allows: the run would load everything, delete nothing, and fail"
                            + " with TOO_MANY_DELETES.\n");
        }
        if (one.waitingReferences() > 0) {
            text.append('\n')
                    .append(Numbers.count(one.waitingReferences(), "reference"))
                    .append(" of ")
                    .append(ForeignText.name(one.table()))
                    .append(" would wait for a document that has not arrived\n");
        }
        text.append(DriftLines.text(one.collection(), one.drift()));
    }

    private static String rejects(PlanReport report) {
        TextTable table = new TextTable().number("reject").text("code").text("meaning");
        for (Map.Entry<RejectCode, Long> entry : report.rejectsByCode().entrySet()) {
            table.row(Numbers.count(entry.getValue()), entry.getKey().name(), RejectAdvice.of(entry.getKey()));
        }
        return table.format();
    }

    /**
     * For programs.
     *
     * @param report what a run would do
     * @param target where the rows would go, without secrets
     * @param exitCode the exit code of the command
     * @return the fields of the object
     */
    public static Map<String, Object> json(PlanReport report, String target, int exitCode) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("pipeline", report.pipeline());
        object.put("source", report.source());
        object.put("target", target);
        object.put("exitCode", exitCode);
        object.put("changesNothing", report.changesNothing());
        object.put("interrupted", report.interrupted());
        object.put("firstRun", report.firstRun());
        object.put("seconds", JsonOutput.seconds(report.duration()));
        object.put(
                "collections",
                report.collections().stream().map(PlanOutput::json).toList());
        object.put("rejectsByCode", JsonOutput.codes(report.rejectsByCode()));
        object.put("drift", report.hasDrift());
        return object;
    }

    private static Map<String, Object> json(CollectionPlan one) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("collection", one.collection());
        object.put("table", one.table());
        object.put("read", one.counts().read());
        object.put("inserted", one.counts().inserted());
        object.put("updated", one.counts().updated());
        object.put("unchanged", one.counts().unchanged());
        object.put("rejected", one.counts().rejected());
        object.put("skipped", one.counts().skipped());
        object.put("unmatched", one.counts().unmatched());
        one.since().ifPresent(since -> object.put("since", since.toString()));
        DeletionLines.json(one.deletions(), object);
        object.put("tooManyDeletes", one.tooManyDeletes());
        object.put("updates", one.updates());
        object.put("rejectsByCode", JsonOutput.codes(one.rejectsByCode()));
        object.put("waitingReferences", one.waitingReferences());
        DriftLines.json(one.drift(), object);
        object.put("seconds", JsonOutput.seconds(one.duration()));
        return object;
    }
}
