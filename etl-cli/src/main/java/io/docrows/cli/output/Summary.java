package io.docrows.cli.output;

import io.docrows.error.RejectCode;
import io.docrows.report.CollectionReport;
import io.docrows.report.Counts;
import io.docrows.report.PolicyUse;
import io.docrows.report.RunReport;
import io.docrows.text.ForeignText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A run's report for people, in the manner of pgloader: a row for each collection, a total, and what needs attention.
 */
public final class Summary {

    private Summary() {}

    /**
     * Writes a summary.
     *
     * @param report what the run did
     * @param attempt what of it this process did
     * @return lines, each ending with a line feed
     */
    public static String of(RunReport report, Attempt attempt) {
        StringBuilder text = new StringBuilder();
        text.append("Run ")
                .append(report.run())
                .append(" of ")
                .append(ForeignText.name(report.pipeline()))
                .append(' ');
        text.append(
                switch (report.status()) {
                    case COMPLETED -> "completed";
                    case INTERRUPTED -> "was interrupted; the next run continues from here";
                    case FAILED -> "failed; what it committed stays";
                });
        text.append("\nfrom ").append(ForeignText.printable(report.source())).append("\n\n");
        text.append(table(report, attempt));
        text.append(RowLines.text(report));
        rejects(report, text);
        report.collections()
                .forEach(one -> text.append(
                        UnmatchedLine.text(one.collection(), one.counts().unmatched(), "were skipped")));
        report.collections()
                .forEach(one -> text.append(DeletionLines.text(one.collection(), one.table(), one.deletions(), false)));
        report.collections()
                .forEach(one ->
                        one.watermark().ifPresent(mark -> text.append(WatermarkLines.text(one.collection(), mark))));
        pending(report, text);
        report.collections().forEach(collection -> policies(collection, text));
        report.collections().forEach(one -> text.append(DriftLines.text(one.collection(), one.drift())));
        return text.toString();
    }

    private static String table(RunReport report, Attempt attempt) {
        boolean skipped = report.total().skipped() > 0;
        TextTable table = new TextTable()
                .text("collection")
                .text("table")
                .number("read")
                .number("inserted")
                .number("updated")
                .number("unchanged")
                .number("rejected");
        if (skipped) {
            table.number("skipped");
        }
        table.number("docs/s").number("time");
        for (CollectionReport collection : report.collections()) {
            table.row(cells(
                    collection.collection(),
                    collection.table(),
                    collection.counts(),
                    Numbers.rate(attempt.read(collection), collection.duration()),
                    collection.duration(),
                    skipped));
        }
        table.rule();
        table.row(cells(
                "total",
                "",
                report.total(),
                Numbers.rate(attempt.read(report), report.duration()),
                report.duration(),
                skipped));
        return table.format();
    }

    private static List<String> cells(
            String name, String table, Counts counts, String rate, Duration time, boolean skipped) {
        List<String> cells = new ArrayList<>(List.of(
                name,
                table,
                Numbers.count(counts.read()),
                Numbers.count(counts.inserted()),
                Numbers.count(counts.updated()),
                Numbers.count(counts.unchanged()),
                Numbers.count(counts.rejected())));
        if (skipped) {
            cells.add(Numbers.count(counts.skipped()));
        }
        cells.add(rate);
        cells.add(Numbers.time(time));
        return cells;
    }

    private static void rejects(RunReport report, StringBuilder text) {
        if (report.total().rejected() == 0) {
            return;
        }
        TextTable table = new TextTable().number("rejected").text("code").text("meaning");
        for (Map.Entry<RejectCode, Long> entry : report.rejectsByCode().entrySet()) {
            table.row(Numbers.count(entry.getValue()), entry.getKey().name(), RejectAdvice.of(entry.getKey()));
        }
        text.append('\n').append(table.format());
        text.append("\nRejected documents are kept, byte for byte, in docrows.reject. With the same --target:\n")
                .append(NextStep.of("rejects list --runs " + report.run(), "which ones, and where each one failed"))
                .append(NextStep.of("rejects show NUMBER", "everything about one; --document adds the document"))
                .append(NextStep.of("rejects retry", "load them again, once the mapping or schema is fixed"))
                .append("A document that is fixed in the source is loaded by the next ./etl run.\n");
    }

    private static void pending(RunReport report, StringBuilder text) {
        if (report.pendingReferences() > 0) {
            text.append('\n')
                    .append(Numbers.count(report.pendingReferences(), "reference"))
                    .append(report.pendingReferences() == 1 ? " waits" : " wait")
                    .append(" for a document that has not arrived; the column is NULL until then"
                            + " (docrows.pending_reference).\n");
        }
    }

    private static void policies(CollectionReport collection, StringBuilder text) {
        if (collection.policyUses().isEmpty()) {
            return;
        }
        TextTable table =
                new TextTable().number("values").text("policy").text("field").text("column");
        for (PolicyUse use : collection.policyUses()) {
            table.row(Numbers.count(use.count()), use.policy().method(), ForeignText.name(use.path()), use.column());
        }
        text.append("\nChanged by a policy in ")
                .append(ForeignText.name(collection.collection()))
                .append(":\n");
        text.append(table.format());
    }
}
