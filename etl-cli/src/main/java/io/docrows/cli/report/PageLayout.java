package io.docrows.cli.report;

import io.docrows.cli.output.DeletionLines;
import io.docrows.cli.output.DriftLines;
import io.docrows.cli.output.Moments;
import io.docrows.cli.output.Numbers;
import io.docrows.cli.output.RejectAdvice;
import io.docrows.cli.output.UnmatchedLine;
import io.docrows.cli.report.ReportPage.ConversionRow;
import io.docrows.cli.report.ReportPage.DriftRow;
import io.docrows.cli.report.ReportPage.Fact;
import io.docrows.cli.report.ReportPage.Place;
import io.docrows.cli.report.ReportPage.Rejects;
import io.docrows.cli.report.ReportPage.TableRow;
import io.docrows.history.PastRun;
import io.docrows.history.RejectPlace;
import io.docrows.report.CollectionReport;
import io.docrows.report.Counts;
import io.docrows.report.RunReport;
import io.docrows.report.Watermark;
import io.docrows.run.RunOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Lays out a report: every number as people read it, every row in its order. */
final class PageLayout {

    private static final int COLORS = 6;
    private static final int FIELDS_SHOWN = 50;

    /** One part in so many. */
    private static final int HARDLY_ANY = 20;

    private final RunFacts facts;
    private final RunReport report;
    private final List<RecordedCollection> recorded;
    private final RunRecorder recorder;

    PageLayout(RunFacts facts, RunRecorder recorder) {
        this.facts = facts;
        this.report = facts.report();
        this.recorder = recorder;
        this.recorded = recorder.collections();
    }

    ReportPage page() {
        List<PastRun> past = facts.past().stream()
                .filter(run -> run.pipeline().equals(report.pipeline()))
                .toList();
        Counts total = report.total();
        return new ReportPage(
                "Run " + report.run() + " of " + report.pipeline(),
                report.status().name().toLowerCase(Locale.ROOT),
                ending(),
                facts.failure(),
                report.source(),
                facts.target(),
                figures(total),
                howItWasRun(),
                collections(),
                CountsRow.of(-1, "total", "", total, before(), report.duration()),
                unmatched(),
                tables(),
                ThroughputChart.of(recorded, 920, 260),
                ThroughputChart.of(recorded, 380, 240),
                phases(),
                besides(),
                rejects(),
                moreRejects(total),
                facts.rejectsCommand(),
                conversions(),
                deletions(),
                drift(),
                mixes(),
                pending(),
                retries(),
                PastRow.of(past, report.run()),
                Comparison.of(past, report.run()),
                facts.program());
    }

    private String ending() {
        return switch (report.status()) {
            case COMPLETED ->
                report.total().rejected() == 0
                        ? "Everything that was read is in the target."
                        : "Everything that was read is in the target, or among the rejects.";
            case INTERRUPTED -> "The run was asked to stop. The next run continues from here.";
            case FAILED ->
                "The run could not continue. What it committed stays, and the next run continues from there.";
        };
    }

    private long before() {
        return recorded.stream().mapToLong(one -> one.before().read()).sum();
    }

    private List<Fact> figures(Counts total) {
        return List.of(
                new Fact("documents read", Numbers.count(total.read())),
                new Fact("documents a second", Numbers.rate(total.read() - before(), report.duration())),
                new Fact("inserted or updated", Numbers.count(total.inserted() + total.updated())),
                new Fact("rejected", Numbers.count(total.rejected())),
                new Fact("time", Numbers.time(report.duration())));
    }

    private List<Fact> howItWasRun() {
        RunOptions options = facts.options();
        List<Fact> rows = new ArrayList<>();
        rows.add(new Fact("Started", Moments.utc(report.started()) + " UTC"));
        rows.add(new Fact("Ended", Moments.utc(report.started().plus(report.duration())) + " UTC"));
        rows.add(new Fact("Writers", Numbers.count(options.writers())));
        rows.add(new Fact("Batch", "at most " + Numbers.count(options.batchDocuments(), "document")));
        if (!options.collections().isEmpty()) {
            rows.add(new Fact(
                    "Collections",
                    String.join(", ", options.collections().stream().sorted().toList())));
        }
        if (!options.ids().isEmpty()) {
            rows.add(new Fact("Only", Numbers.count(options.ids().size(), "document") + ", chosen by _id"));
        }
        options.limit().ifPresent(limit -> rows.add(new Fact("Limit", Numbers.count(limit) + " of each collection")));
        report.collections()
                .forEach(one -> one.watermark()
                        .flatMap(Watermark::since)
                        .ifPresent(since -> rows.add(new Fact(
                                "Only of " + one.collection(), "what changed since " + Moments.utc(since) + " UTC"))));
        return rows;
    }

    private List<CountsRow> collections() {
        List<CountsRow> rows = new ArrayList<>();
        for (CollectionReport collection : report.collections()) {
            long before = recorded.stream()
                    .filter(one -> one.collection().equals(collection.collection()))
                    .mapToLong(one -> one.before().read())
                    .sum();
            rows.add(CountsRow.of(
                    rows.size() % COLORS,
                    collection.collection(),
                    collection.table(),
                    collection.counts(),
                    before,
                    collection.duration()));
        }
        return rows;
    }

    private List<PhasesRow> phases() {
        List<PhasesRow> rows = new ArrayList<>();
        for (int i = 0; i < recorded.size(); i++) {
            PhasesRow.of(i % COLORS, recorded.get(i)).ifPresent(rows::add);
        }
        return rows;
    }

    private String besides() {
        Duration reading =
                report.collections().stream().map(CollectionReport::duration).reduce(Duration.ZERO, Duration::plus);
        Duration rest = report.duration().minus(reading);
        return rest.toMillis() * HARDLY_ANY < report.duration().toMillis()
                ? ""
                : "Besides the collections, " + Numbers.time(rest)
                        + " went into preparation, into rebuilding indexes and"
                        + " constraints that a bulk load had dropped, and into documents that were retried at the end.";
    }

    private List<Rejects> rejects() {
        Map<String, List<RejectPlace>> byCode = facts.rejects().stream()
                .collect(Collectors.groupingBy(RejectPlace::code, LinkedHashMap::new, Collectors.toList()));
        return byCode.values().stream()
                .sorted(Comparator.comparingLong(PageLayout::documents).reversed())
                .map(PageLayout::rejects)
                .toList();
    }

    private static Rejects rejects(List<RejectPlace> places) {
        String code = places.get(0).code();
        return new Rejects(
                code,
                RejectAdvice.of(code),
                Numbers.count(documents(places), "document"),
                places.stream()
                        .map(place -> new Place(
                                place.collection(),
                                place.path().orElse(""),
                                place.column().orElse(""),
                                Numbers.count(place.documents())))
                        .toList());
    }

    private static long documents(List<RejectPlace> places) {
        return places.stream().mapToLong(RejectPlace::documents).sum();
    }

    private String moreRejects(Counts total) {
        long shown = documents(facts.rejects());
        if (total.rejected() <= shown) {
            return "";
        }
        String more = "And " + Numbers.count(total.rejected() - shown, "more document");
        return facts.rejects().size() == RunFacts.REJECT_PLACES
                ? more + " at other places."
                : more + ", loaded since, or with an _id that is among these.";
    }

    private List<ConversionRow> conversions() {
        return report.collections().stream()
                .flatMap(collection -> collection.policyUses().stream()
                        .map(use -> new ConversionRow(
                                collection.collection(),
                                use.path(),
                                use.column(),
                                use.policy().method(),
                                Numbers.count(use.count()))))
                .toList();
    }

    private List<TableRow> tables() {
        return report.collections().stream()
                .flatMap(collection -> collection.rows().entrySet().stream()
                        .map(table -> new TableRow(
                                table.getKey(),
                                collection.collection(),
                                Numbers.count(table.getValue().inserted()),
                                Numbers.count(table.getValue().updated()),
                                Numbers.count(table.getValue().deleted()))))
                .toList();
    }

    private List<String> unmatched() {
        return report.collections().stream()
                .map(one -> UnmatchedLine.text(one.collection(), one.counts().unmatched(), "were skipped")
                        .strip())
                .filter(text -> !text.isEmpty())
                .toList();
    }

    private List<String> deletions() {
        return report.collections().stream()
                .map(one -> DeletionLines.text(one.collection(), one.table(), one.deletions(), false)
                        .strip())
                .filter(text -> !text.isEmpty())
                .toList();
    }

    private List<DriftRow> drift() {
        return report.collections().stream()
                .flatMap(collection -> collection.unmappedFields().entrySet().stream()
                        .sorted(Map.Entry.<String, Long>comparingByValue()
                                .reversed()
                                .thenComparing(Map.Entry.comparingByKey()))
                        .limit(FIELDS_SHOWN)
                        .map(field ->
                                new DriftRow(collection.collection(), field.getKey(), Numbers.count(field.getValue()))))
                .toList();
    }

    private List<DriftRow> mixes() {
        List<DriftRow> rows = new ArrayList<>();
        for (CollectionReport one : report.collections()) {
            one.drift().typeMixes().entrySet().stream()
                    .limit(FIELDS_SHOWN)
                    .map(mix -> new DriftRow(one.collection(), mix.getKey(), DriftLines.types(mix.getValue())))
                    .forEach(rows::add);
            one.drift()
                    .newValues()
                    .forEach((path, count) -> rows.add(new DriftRow(
                            one.collection(),
                            path,
                            Numbers.count(count) + " with a value that its type does not have")));
        }
        return rows;
    }

    private String pending() {
        return report.pendingReferences() == 0 ? "" : Numbers.count(report.pendingReferences(), "reference");
    }

    private List<Fact> retries() {
        return recorder.retries().entrySet().stream()
                .map(retry -> new Fact(retry.getKey(), Numbers.count(retry.getValue(), "time")))
                .toList();
    }
}
