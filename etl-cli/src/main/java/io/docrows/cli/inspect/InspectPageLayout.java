package io.docrows.cli.inspect;

import io.docrows.cli.inspect.InspectPage.Column;
import io.docrows.cli.inspect.InspectPage.Cost;
import io.docrows.cli.inspect.InspectPage.Figure;
import io.docrows.cli.inspect.InspectPage.Jump;
import io.docrows.cli.inspect.InspectPage.Line;
import io.docrows.cli.inspect.InspectPage.Note;
import io.docrows.cli.inspect.InspectPage.Part;
import io.docrows.cli.inspect.InspectPage.Row;
import io.docrows.cli.inspect.InspectPage.Section;
import io.docrows.cli.inspect.InspectPage.Table;
import io.docrows.cli.output.Numbers;
import io.docrows.inspect.fact.CollectionFacts;
import io.docrows.inspect.fact.Finding;
import io.docrows.inspect.fact.Finding.Weight;
import io.docrows.inspect.fact.Inspection;
import io.docrows.inspect.fact.Kind;
import io.docrows.inspect.fact.KindFacts;
import io.docrows.inspect.fact.PathFacts;
import io.docrows.inspect.fact.ReferenceFacts;
import io.docrows.inspect.proposal.Proposal;
import io.docrows.inspect.proposal.ProposedColumn;
import io.docrows.inspect.proposal.ProposedForeignKey;
import io.docrows.inspect.proposal.ProposedTable;
import io.docrows.inspect.proposal.SharedTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Lays out the page of an inspection. */
final class InspectPageLayout {

    private static final int DEEPEST = 8;

    private final Inspection inspection;
    private final boolean values;
    private final String program;
    private final List<ProposedTable> tables;
    private final List<SharedTable> shared;

    InspectPageLayout(Inspection inspection, boolean values, String program) {
        this.inspection = inspection;
        this.values = values;
        this.program = program;
        Proposal proposal = Proposal.of(inspection);
        this.tables = proposal.tables();
        this.shared = proposal.shared();
    }

    InspectPage page() {
        List<Section> sections = new ArrayList<>();
        List<Jump> jumps = new ArrayList<>();
        long most = inspection.collections().stream()
                .mapToLong(CollectionFacts::documents)
                .max()
                .orElse(1);
        for (CollectionFacts one : inspection.collections()) {
            String anchor = "c" + sections.size();
            sections.add(section(one, anchor));
            jumps.add(new Jump(
                    anchor, one.name(), Numbers.count(one.documents()), percent(one.documents(), Math.max(most, 1))));
        }
        return new InspectPage(
                inspection.source(),
                inspection.sampled()
                        ? "Only a sample was read, so nothing here is certain of the other documents."
                        : "Every document was read, and every number is a count of all of them unless it says about.",
                figures(),
                jumps,
                DiagramLayout.of(tables),
                inspection.references().stream()
                        .map(InspectPageLayout::reference)
                        .toList(),
                sections,
                program);
    }

    private List<Figure> figures() {
        long bytes = inspection.collections().stream()
                .mapToLong(CollectionFacts::bytes)
                .sum();
        long decisions = inspection.collections().stream()
                .flatMap(one -> one.findings().stream())
                .filter(one -> one.weight() == Weight.DECIDE)
                .count();
        return List.of(
                new Figure("documents", Numbers.count(inspection.documents()), false),
                new Figure("collections", Numbers.count(inspection.collections().size()), false),
                new Figure("of BSON", PathWords.size(bytes), false),
                new Figure("to decide", Numbers.count(decisions), decisions > 0),
                new Figure("tables proposed", Numbers.count(tables.size()), false));
    }

    private static Line reference(ReferenceFacts one) {
        String note = one.orphans() == 0
                ? (one.convertsType() ? "kept as another type" : "")
                : Numbers.count(one.orphanDocuments(), "document") + " with orphans, first "
                        + String.join(", ", one.orphanIds());
        return new Line(
                one.collection() + "." + one.path(),
                one.target() + "." + one.targetPath(),
                one.orphans() == 0
                        ? "all " + Numbers.count(one.values())
                        : Numbers.count(one.found()) + " of " + Numbers.count(one.values()),
                percent(one.found(), one.values()),
                one.orphans() == 0,
                note);
    }

    private static String percent(long part, long whole) {
        return String.format(Locale.ROOT, "%.2f%%", whole == 0 ? 0 : 100.0 * part / whole);
    }

    private Section section(CollectionFacts one, String anchor) {
        PathWords words = new PathWords(one, values);
        return new Section(
                anchor,
                one.name(),
                Numbers.count(one.documents(), "document") + ", " + PathWords.size(one.bytes())
                        + (one.documents() == 0 ? "" : ", the largest " + PathWords.size(one.largest())),
                one.paths().stream().map(path -> row(path, words)).toList(),
                one.findings().stream().map(InspectPageLayout::note).toList(),
                tables.stream()
                        .filter(table -> table.collection().equals(one.name()))
                        .map(InspectPageLayout::table)
                        .toList(),
                shared.stream()
                        .filter(table -> table.table().collection().equals(one.name()))
                        .map(InspectPageLayout::shared)
                        .toList());
    }

    private static Row row(PathFacts path, PathWords words) {
        int depth = Math.min(path.names().size() - 1, DEEPEST);
        long nulls = path.values() - path.present();
        List<String> absent = new ArrayList<>();
        if (path.missing() > 0) {
            absent.add(Numbers.count(path.missing()) + " missing");
        }
        if (nulls > 0) {
            absent.add(Numbers.count(nulls) + " null");
        }
        return new Row(
                PathFacts.join(List.of(path.name())),
                path.parent(),
                String.format(Locale.ROOT, "%.1frem", depth * 0.9),
                PathWords.present(path),
                String.join(", ", absent),
                List.of(
                        new Part("values", percent(path.present(), path.owners())),
                        new Part("nulls", percent(nulls, path.owners()))),
                words.types(path),
                shares(path),
                words.measured(path),
                Histogram.of(path));
    }

    private static List<Part> shares(PathFacts path) {
        List<Part> parts = new ArrayList<>();
        for (KindFacts one : path.kinds()) {
            parts.add(new Part("t-" + color(one.kind()), percent(one.values(), path.values())));
        }
        return parts;
    }

    private static String color(Kind kind) {
        return switch (kind) {
            case TEXT_NUL,
                    TEXT_MALFORMED,
                    DATE_OUT_OF_RANGE,
                    DOUBLE_NAN,
                    DOUBLE_INFINITE,
                    DECIMAL_NAN,
                    DECIMAL_INFINITE -> "bad";
            case TEXT, TEXT_EMPTY, TEXT_BLANK, TEXT_PADDED -> "text";
            case OBJECT_ID, UUID, UUID_LEGACY -> "id";
            case TRUE, FALSE -> "bool";
            case NULL, UNDEFINED -> "null";
            default ->
                kind.isText()
                        ? "disguised"
                        : kind.isFiniteNumber()
                                ? kind == Kind.INT32 || kind == Kind.INT64 ? "whole" : "number"
                                : kind.isDate()
                                        ? "date"
                                        : kind.isArray() ? "array" : kind.isDocument() ? "document" : "other";
        };
    }

    private static Note note(Finding finding) {
        String weight = finding.weight().name().toLowerCase(Locale.ROOT);
        String label = switch (finding.weight()) {
            case DECIDE -> "decide";
            case LIKELY -> "likely";
            case NOTE -> "note";
        };
        return new Note(
                weight,
                label,
                finding.path(),
                finding.message(),
                finding.firstId().orElse(""));
    }

    private static Table table(ProposedTable table) {
        List<String> remarks = new ArrayList<>(table.reasons());
        table.leftOut().forEach(one -> remarks.add("No column for " + one.path() + ": " + one.reason()));
        return new Table(
                DiagramLayout.anchor(table),
                table.name(),
                Numbers.count(table.rows(), "row") + ", " + ColumnWords.origin(table),
                table.columns().stream().map(column -> column(table, column)).toList(),
                remarks);
    }

    private static Table shared(SharedTable shared) {
        ProposedTable table = shared.table();
        List<String> remarks = new ArrayList<>();
        shared.uses().forEach(use -> remarks.add(ColumnWords.use(use) + "."));
        remarks.addAll(table.reasons());
        return new Table(
                DiagramLayout.anchor(table),
                table.name(),
                Numbers.count(table.rows(), "row") + ", " + ColumnWords.origin(table),
                table.columns().stream()
                        .map(column -> column(table, column).withoutNulls())
                        .toList(),
                remarks);
    }

    private static Column column(ProposedTable table, ProposedColumn column) {
        List<String> marks = new ArrayList<>();
        if (table.primaryKey().contains(column.name())) {
            marks.add("key");
        }
        if (table.uniqueKeys().contains(column.name())) {
            marks.add("unique");
        }
        for (ProposedForeignKey key : table.foreignKeys()) {
            if (key.columns().get(0).equals(column.name())) {
                marks.add(ColumnWords.reference(key));
            }
        }
        return new Column(
                column.name(),
                marks,
                column.nulls() == 0 ? "never NULL so far" : Numbers.count(column.nulls()) + " NULL",
                column.choices().stream()
                        .map(choice ->
                                new Cost(choice.type(), ColumnWords.cost(choice), choice.rejectedDocuments() > 0))
                        .toList());
    }
}
