package io.docrows.cli.inspect;

import io.docrows.cli.output.Numbers;
import io.docrows.inspect.fact.CollectionFacts;
import io.docrows.inspect.fact.Finding;
import io.docrows.inspect.fact.Inspection;
import io.docrows.inspect.fact.PathFacts;
import io.docrows.inspect.fact.ReferenceFacts;
import io.docrows.inspect.proposal.Proposal;
import io.docrows.inspect.proposal.ProposedColumn;
import io.docrows.inspect.proposal.ProposedTable;
import io.docrows.inspect.proposal.SharedTable;
import io.docrows.text.ForeignText;
import java.util.List;

/** An inspection as lines of a terminal. */
public final class InspectText {

    private static final int NARROWEST = 60;
    private static final int DEEPEST = 7;
    private static final int WIDEST = 140;

    private final Inspection inspection;
    private final boolean values;
    private final int width;
    private final StringBuilder text = new StringBuilder();

    private InspectText(Inspection inspection, boolean values, int width) {
        this.inspection = inspection;
        this.values = values;
        this.width = Math.max(NARROWEST, Math.min(width, WIDEST));
    }

    /**
     * For people.
     *
     * @param inspection what was found
     * @param values whether values of documents may be shown
     * @param width how many columns the terminal has
     * @return lines, each ending with a line feed
     */
    public static String of(Inspection inspection, boolean values, int width) {
        return new InspectText(inspection, values, width).write();
    }

    private String write() {
        long bytes = inspection.collections().stream()
                .mapToLong(CollectionFacts::bytes)
                .sum();
        text.append(ForeignText.printable(inspection.source())).append('\n');
        text.append(Numbers.count(inspection.collections().size(), "collection"))
                .append(", ")
                .append(Numbers.count(inspection.documents(), "document"))
                .append(", ")
                .append(PathWords.size(bytes))
                .append(
                        inspection.sampled()
                                ? "; only a sample was read, so nothing here is certain of the rest\n"
                                : "; every document was read\n");
        inspection.collections().forEach(this::collection);
        references();
        tables();
        return text.toString();
    }

    private void collection(CollectionFacts one) {
        text.append('\n')
                .append(ForeignText.name(one.name()))
                .append(": ")
                .append(Numbers.count(one.documents(), "document"))
                .append(", ")
                .append(PathWords.size(one.bytes()))
                .append(one.documents() == 0 ? "\n" : ", the largest " + PathWords.size(one.largest()) + "\n");
        if (one.documents() == 0) {
            return;
        }
        text.append('\n');
        PathWords words = new PathWords(one, values);
        Lines lines = new Lines(width, new int[] {28, 7, 26}, "path", "present", "types", "measured");
        for (PathFacts path : one.paths()) {
            lines.row(shown(path), PathWords.present(path), words.types(path), words.measured(path));
        }
        text.append(lines.format());
        for (Finding finding : one.findings()) {
            text.append(Lines.wrapped(mark(finding) + message(finding), 2, width));
        }
    }

    /** Fields are indented below the document they are in. */
    private static String shown(PathFacts path) {
        int depth = path.names().size() - 1;
        if (depth <= DEEPEST) {
            return "  ".repeat(depth) + ForeignText.name(PathFacts.join(List.of(path.name())));
        }
        // Deeper ones say how many levels the indent leaves out.
        return "  ".repeat(DEEPEST) + "+" + (depth - DEEPEST) + " "
                + ForeignText.name(PathFacts.join(List.of(path.name())));
    }

    private static String mark(Finding finding) {
        return switch (finding.weight()) {
            case DECIDE -> "! ";
            case LIKELY -> "? ";
            case NOTE -> "- ";
        };
    }

    private static String message(Finding finding) {
        return (finding.path().isEmpty() ? "" : ForeignText.name(finding.path()) + ": ")
                + ForeignText.printable(finding.message())
                + finding.firstId()
                        .map(id -> " First in " + ForeignText.name(id) + ".")
                        .orElse("");
    }

    private void references() {
        if (inspection.references().isEmpty()) {
            return;
        }
        text.append("\nReferences, found by their values\n\n");
        for (ReferenceFacts one : inspection.references()) {
            text.append(Lines.wrapped(reference(one), 2, width));
        }
    }

    static String reference(ReferenceFacts one) {
        String from = ForeignText.name(one.collection()) + "." + ForeignText.name(one.path());
        String to = ForeignText.name(one.target()) + "." + ForeignText.name(one.targetPath());
        String found = one.orphans() == 0
                ? "all " + Numbers.count(one.values()) + " found"
                : Numbers.count(one.found()) + " of " + Numbers.count(one.values()) + " found";
        String orphans = one.orphanIds().isEmpty()
                ? ""
                : "; orphans in " + Numbers.count(one.orphanDocuments(), "document") + ", first in "
                        + String.join(
                                ", ",
                                one.orphanIds().stream().map(ForeignText::name).toList());
        return "  " + from + " -> " + to + ": " + found + (one.convertsType() ? ", kept as another type" : "")
                + orphans;
    }

    private void tables() {
        Proposal proposal = Proposal.of(inspection);
        List<ProposedTable> tables = proposal.tables();
        if (tables.isEmpty()) {
            return;
        }
        text.append("\nTables that would hold it: a proposal, with what each choice costs\n");
        for (ProposedTable table : tables) {
            text.append('\n')
                    .append(Lines.wrapped(
                            ForeignText.name(table.name()) + ": " + Numbers.count(table.rows(), "row") + ", "
                                    + ColumnWords.origin(table),
                            2,
                            width));
            Lines lines = new Lines(width, new int[] {20, 8, 22}, "column", "NULL", "type", "notes");
            for (ProposedColumn column : table.columns()) {
                lines.row(
                        column.name(),
                        column.nulls() == 0 ? "-" : Numbers.count(column.nulls()),
                        column.chosen().type(),
                        ColumnWords.notes(table, column));
            }
            text.append(lines.format());
            table.leftOut()
                    .forEach(one -> text.append(Lines.wrapped(
                            "- no column for " + ForeignText.name(one.path()) + ": "
                                    + ForeignText.printable(one.reason()),
                            2,
                            width)));
            table.reasons()
                    .forEach(reason -> text.append(Lines.wrapped("- " + ForeignText.printable(reason), 2, width)));
        }
        if (!proposal.shared().isEmpty()) {
            text.append("\nTables that could be split off, because many rows hold the same\n");
            proposal.shared().forEach(this::shared);
        }
    }

    private void shared(SharedTable shared) {
        ProposedTable table = shared.table();
        text.append('\n')
                .append(Lines.wrapped(
                        ForeignText.name(table.name()) + ": " + Numbers.count(table.rows(), "row") + ", "
                                + ColumnWords.origin(table),
                        2,
                        width));
        Lines lines = new Lines(width, new int[] {20, 22}, "column", "type", "notes").withoutCounts();
        for (ProposedColumn column : table.columns()) {
            lines.row(column.name(), column.chosen().type(), ColumnWords.notes(table, column));
        }
        text.append(lines.format());
        for (SharedTable.Use use : shared.uses()) {
            text.append(Lines.wrapped("- " + ForeignText.printable(ColumnWords.use(use)), 2, width));
        }
        table.reasons().forEach(reason -> text.append(Lines.wrapped("- " + ForeignText.printable(reason), 2, width)));
    }
}
