package io.docrows.runner.output;

import io.docrows.Counts;
import io.docrows.history.MissingConstraint;
import io.docrows.history.OpenRejects;
import io.docrows.history.PastCollection;
import io.docrows.history.PastRun;
import io.docrows.history.WaitingReferences;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What was written down about past runs, for people and for programs. Times are in UTC. */
public final class StatusOutput {

    private StatusOutput() {}

    /**
     * For people.
     *
     * @param target where this was read, without secrets
     * @param runs past runs, the latest first
     * @param rejects documents still rejected
     * @param waiting references that wait
     * @param missing constraints that a first load has deferred
     * @return lines, each ending with a line feed
     */
    public static String text(
            String target,
            List<PastRun> runs,
            List<OpenRejects> rejects,
            List<WaitingReferences> waiting,
            List<MissingConstraint> missing) {
        StringBuilder text = new StringBuilder(target).append("\n\n");
        if (runs.isEmpty()) {
            return text.append("No run yet. Load something: ./etl run --source URI --target URI\n")
                    .toString();
        }
        Optional<String> only = only(runs);
        only.ifPresent(pipeline -> text.append("pipeline ").append(pipeline).append('\n'));
        boolean skipped = runs.stream().anyMatch(run -> run.total().skipped() > 0);
        boolean deleted = runs.stream()
                .flatMap(run -> run.collections().stream())
                .anyMatch(one -> one.deletions().deleted() > 0);
        TextTable table = table(only.isEmpty(), skipped, deleted);
        runs.forEach(run -> rows(run, table, only.isEmpty(), skipped, deleted));
        text.append(table.format());
        text.append('\n').append(rejects(rejects)).append(waiting(waiting)).append(missing(missing));
        return text.toString();
    }

    /** The pipeline of all runs, if they have the same. */
    private static Optional<String> only(List<PastRun> runs) {
        List<String> pipelines = runs.stream().map(PastRun::pipeline).distinct().toList();
        return pipelines.size() == 1 ? Optional.of(pipelines.get(0)) : Optional.empty();
    }

    private static TextTable table(boolean pipelines, boolean skipped, boolean deleted) {
        TextTable table = new TextTable().number("run");
        if (pipelines) {
            table.text("pipeline");
        }
        table.text("started (UTC)")
                .number("time")
                .text("state")
                .text("collection")
                .text("parts")
                .number("read")
                .number("inserted")
                .number("updated")
                .number("unchanged")
                .number("rejected");
        if (skipped) {
            table.number("skipped");
        }
        return deleted ? table.number("rows deleted") : table;
    }

    private static void rows(PastRun run, TextTable table, boolean pipelines, boolean skipped, boolean deleted) {
        List<String> head = new ArrayList<>();
        head.add(String.valueOf(run.run()));
        if (pipelines) {
            head.add(run.pipeline());
        }
        head.add(Moments.utc(run.started()));
        head.add(run.finished()
                .map(end -> Numbers.time(Duration.between(run.started(), end)))
                .orElse("-"));
        head.add(state(run));
        if (run.collections().isEmpty()) {
            head.addAll(Collections.nCopies(7 + (skipped ? 1 : 0) + (deleted ? 1 : 0), ""));
            table.row(head);
        }
        for (PastCollection collection : run.collections()) {
            List<String> cells = new ArrayList<>(head);
            cells.add(collection.collection());
            cells.add(collection.complete() + "/" + collection.partitions());
            Counts counts = collection.counts();
            cells.add(Numbers.count(counts.read()));
            cells.add(Numbers.count(counts.inserted()));
            cells.add(Numbers.count(counts.updated()));
            cells.add(Numbers.count(counts.unchanged()));
            cells.add(Numbers.count(counts.rejected()));
            if (skipped) {
                cells.add(Numbers.count(counts.skipped()));
            }
            if (deleted) {
                cells.add(Numbers.count(collection.deletions().deleted()));
            }
            table.row(cells);
            head.replaceAll(cell -> "");
        }
    }

    private static String state(PastRun run) {
        String state = run.state().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return state
                + run.errorCode().map(code -> " (" + code + ")").orElse("")
                + (run.partial() ? ", partial" : "")
                + (run.collections().stream().anyMatch(one -> one.since().isPresent()) ? ", changes only" : "");
    }

    private static String rejects(List<OpenRejects> rejects) {
        if (rejects.isEmpty()) {
            return "No rejected documents are open.\n";
        }
        TextTable table =
                new TextTable().text("pipeline").text("collection").text("code").number("open rejects");
        rejects.forEach(
                open -> table.row(open.pipeline(), open.collection(), open.code(), Numbers.count(open.documents())));
        return table.format() + "Which ones, and why: ./etl rejects list\n";
    }

    private static String waiting(List<WaitingReferences> waiting) {
        if (waiting.isEmpty()) {
            return "No references are waiting.\n";
        }
        TextTable table = new TextTable().text("table").text("column").number("waiting references");
        waiting.forEach(column -> table.row(column.table(), column.column(), Numbers.count(column.references())));
        return "\n" + table.format();
    }

    private static String missing(List<MissingConstraint> missing) {
        if (missing.isEmpty()) {
            return "";
        }
        TextTable table = new TextTable().text("table").text("deferred").text("name");
        missing.forEach(each -> table.row(each.table(), each.kind(), each.name()));
        return "\nA first load has deferred these constraints and indexes. It rebuilds them at its end; if it was cut off,"
                + " the next run does, or ./etl migrate at once:\n"
                + table.format();
    }

    /**
     * For programs.
     *
     * @param target where this was read, without secrets
     * @param runs past runs, the latest first
     * @param rejects documents still rejected
     * @param waiting references that wait
     * @param missing constraints that a first load has deferred
     * @return the fields of the object
     */
    public static Map<String, Object> json(
            String target,
            List<PastRun> runs,
            List<OpenRejects> rejects,
            List<WaitingReferences> waiting,
            List<MissingConstraint> missing) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("target", target);
        object.put("runs", runs.stream().map(StatusOutput::json).toList());
        object.put(
                "openRejects",
                rejects.stream()
                        .map(open -> fields(
                                "pipeline", open.pipeline(),
                                "collection", open.collection(),
                                "code", open.code(),
                                "documents", open.documents()))
                        .toList());
        object.put(
                "waitingReferences",
                waiting.stream()
                        .map(column -> fields(
                                "table", column.table(),
                                "column", column.column(),
                                "references", column.references()))
                        .toList());
        object.put(
                "deferredConstraints",
                missing.stream()
                        .map(each -> fields(
                                "pipeline", each.pipeline(),
                                "run", each.run(),
                                "table", each.table(),
                                "kind", each.kind(),
                                "name", each.name(),
                                "since", each.since().toString()))
                        .toList());
        object.put("exitCode", 0);
        return object;
    }

    private static Map<String, Object> json(PastRun run) {
        Map<String, Object> object = fields(
                "run", run.run(),
                "pipeline", run.pipeline(),
                "source", run.source(),
                "state", run.state().name().toLowerCase(Locale.ROOT),
                "partial", run.partial(),
                "started", run.started().toString());
        run.finished().ifPresent(end -> object.put("finished", end.toString()));
        run.errorCode().ifPresent(code -> object.put("errorCode", code));
        object.put(
                "collections",
                run.collections().stream().map(StatusOutput::json).toList());
        return object;
    }

    private static Map<String, Object> json(PastCollection collection) {
        Counts counts = collection.counts();
        Map<String, Object> object = fields(
                "collection", collection.collection(),
                "partitions", collection.partitions(),
                "complete", collection.complete(),
                "read", counts.read(),
                "inserted", counts.inserted(),
                "updated", counts.updated(),
                "unchanged", counts.unchanged(),
                "rejected", counts.rejected(),
                "skipped", counts.skipped(),
                "deleted", collection.deletions().deleted());
        collection.since().ifPresent(since -> object.put("since", since.toString()));
        return object;
    }

    private static Map<String, Object> fields(Object... namesAndValues) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            fields.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return fields;
    }
}
