package io.docrows.cli.output;

import io.docrows.history.FilledTable;
import io.docrows.history.LockHolder;
import io.docrows.history.MissingConstraint;
import io.docrows.history.OpenRejects;
import io.docrows.history.PastCollection;
import io.docrows.history.PastRun;
import io.docrows.history.WaitingReferences;
import io.docrows.report.Counts;
import io.docrows.text.ForeignText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What was written down about past runs, for people. Times are in UTC. */
public final class StatusOutput {

    private StatusOutput() {}

    /**
     * Writes it down.
     *
     * @param status what is known
     * @param most how many runs were asked for
     * @return lines, each ending with a line feed
     */
    public static String text(Status status, int most) {
        StringBuilder text = new StringBuilder(ForeignText.printable(status.target())).append("\n\n");
        boolean empty = status.runs().isEmpty();
        if (empty && most > 0) {
            text.append("No run yet. Load something: ./etl run --source URI --target URI\n\n");
        } else if (!empty) {
            runs(status.runs(), text);
        }
        text.append(rejects(status.rejects())).append(waiting(status.waiting()));
        text.append(missing(status.missing())).append(shared(status.filled()));
        text.append(FollowingLines.text(status.followed())).append(locks(status.locks()));
        return text.toString();
    }

    private static void runs(List<PastRun> runs, StringBuilder text) {
        Optional<String> only = only(runs);
        only.ifPresent(pipeline ->
                text.append("pipeline ").append(ForeignText.name(pipeline)).append('\n'));
        boolean skipped = runs.stream().anyMatch(run -> run.total().skipped() > 0);
        boolean unmatched = runs.stream().anyMatch(run -> run.total().unmatched() > 0);
        boolean deleted = runs.stream()
                .flatMap(run -> run.collections().stream())
                .anyMatch(one -> one.deletions().deleted() > 0);
        TextTable table = table(only.isEmpty(), skipped, unmatched, deleted);
        runs.forEach(run -> rows(run, table, only.isEmpty(), skipped, unmatched, deleted));
        text.append(table.format());
        text.append('\n').append(unfinished(runs));
    }

    /** The pipeline of all runs, if they have the same. */
    private static Optional<String> only(List<PastRun> runs) {
        List<String> pipelines = runs.stream().map(PastRun::pipeline).distinct().toList();
        return pipelines.size() == 1 ? Optional.of(pipelines.get(0)) : Optional.empty();
    }

    private static TextTable table(boolean pipelines, boolean skipped, boolean unmatched, boolean deleted) {
        TextTable table = new TextTable().number("run");
        if (pipelines) {
            table.text("pipeline");
        }
        table.text("started (UTC)")
                .number("time")
                .number("docs/s")
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
        if (unmatched) {
            table.number("unmatched");
        }
        return deleted ? table.number("rows deleted") : table;
    }

    private static void rows(
            PastRun run, TextTable table, boolean pipelines, boolean skipped, boolean unmatched, boolean deleted) {
        List<String> head = new ArrayList<>();
        head.add(String.valueOf(run.run()));
        if (pipelines) {
            head.add(run.pipeline());
        }
        head.add(Moments.utc(run.started()));
        Optional<Duration> time = run.finished().map(end -> Duration.between(run.started(), end));
        head.add(time.map(Numbers::time).orElse("-"));
        head.add(time.map(spent -> Numbers.rate(run.total().read(), spent)).orElse("-"));
        head.add(state(run));
        if (run.collections().isEmpty()) {
            head.addAll(Collections.nCopies(7 + (skipped ? 1 : 0) + (unmatched ? 1 : 0) + (deleted ? 1 : 0), ""));
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
            if (unmatched) {
                cells.add(Numbers.count(counts.unmatched()));
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

    /** Where the next run goes on: each pipeline goes on with its last run that was to read everything. */
    private static String unfinished(List<PastRun> runs) {
        StringBuilder text = new StringBuilder();
        Set<String> seen = new HashSet<>();
        for (PastRun run : runs) {
            boolean goesOn = !run.partial()
                    && seen.add(run.pipeline())
                    && run.state() != PastRun.State.COMPLETED
                    && run.state() != PastRun.State.RUNNING;
            if (goesOn) {
                String parts = run.collections().stream()
                        .map(one -> Numbers.count(one.counts().read()) + " of " + ForeignText.name(one.collection())
                                + (one.complete() == one.partitions() ? ", complete" : ""))
                        .collect(Collectors.joining("; "));
                text.append("The next run continues from the checkpoints of run ")
                        .append(run.run())
                        .append(parts.isEmpty() ? "" : ". Documents read so far: " + parts)
                        .append(".\n\n");
            }
        }
        return text.toString();
    }

    private static String locks(List<LockHolder> locks) {
        StringBuilder text = new StringBuilder();
        for (LockHolder lock : locks) {
            text.append("\nA run of ")
                    .append(ForeignText.name(lock.pipeline()))
                    .append(" is active and holds the lock: PostgreSQL process ")
                    .append(lock.processId());
            lock.application().ifPresent(name -> text.append(", ").append(ForeignText.name(name)));
            lock.address().ifPresent(address -> text.append(" from ").append(ForeignText.name(address)));
            lock.since().ifPresent(since -> text.append(", connected since ").append(Moments.utc(since)));
            text.append(".\n");
        }
        return text.toString();
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
            return "No references are pending.\n";
        }
        TextTable table = new TextTable().text("table").text("column").number("pending references");
        waiting.forEach(column -> table.row(column.table(), column.column(), Numbers.count(column.references())));
        return "\n" + table.format();
    }

    /** Tables of several pipelines or collections; that others are filled as usual needs no word. */
    private static String shared(List<FilledTable> filled) {
        TextTable table =
                new TextTable().text("table").text("filled by pipeline").text("collection");
        List<FilledTable> shared = filled.stream()
                .filter(one -> filled.stream()
                                .filter(other -> other.table().equals(one.table()))
                                .count()
                        > 1)
                .toList();
        shared.forEach(each -> table.row(each.table(), each.pipeline(), each.collection()));
        return shared.isEmpty()
                ? ""
                : "\nSeveral fill these tables, so none may delete or mark rows of them. One that is no more can be"
                        + " forgotten: ./etl migrate --forget PIPELINE\n"
                        + table.format();
    }

    private static String missing(List<MissingConstraint> missing) {
        if (missing.isEmpty()) {
            return "";
        }
        TextTable table = new TextTable().text("table").text("dropped").text("name");
        missing.forEach(each -> table.row(each.table(), each.kind(), each.name()));
        return "\n"
                + "A bulk load has dropped these constraints and indexes. It rebuilds them at its end; if it was"
                + " interrupted, the next run does, or ./etl migrate at once:\n"
                + table.format();
    }
}
