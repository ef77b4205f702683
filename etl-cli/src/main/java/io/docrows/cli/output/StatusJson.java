package io.docrows.cli.output;

import io.docrows.history.Following;
import io.docrows.history.LockHolder;
import io.docrows.history.PastCollection;
import io.docrows.history.PastRun;
import io.docrows.report.Counts;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What was written down about past runs, for programs. Times are in UTC. */
public final class StatusJson {

    private StatusJson() {}

    /**
     * Writes it down.
     *
     * @param status what is known
     * @return the fields of the object
     */
    public static Map<String, Object> of(Status status) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("target", status.target());
        object.put("runs", status.runs().stream().map(StatusJson::json).toList());
        object.put(
                "openRejects",
                status.rejects().stream()
                        .map(open -> fields(
                                "pipeline", open.pipeline(),
                                "collection", open.collection(),
                                "code", open.code(),
                                "documents", open.documents()))
                        .toList());
        object.put(
                "waitingReferences",
                status.waiting().stream()
                        .map(column -> fields(
                                "table", column.table(),
                                "column", column.column(),
                                "references", column.references()))
                        .toList());
        object.put(
                "deferredConstraints",
                status.missing().stream()
                        .map(each -> fields(
                                "pipeline", each.pipeline(),
                                "run", each.run(),
                                "table", each.table(),
                                "kind", each.kind(),
                                "name", each.name(),
                                "since", each.since().toString()))
                        .toList());
        object.put(
                "filledTables",
                status.filled().stream()
                        .map(each -> fields(
                                "table", each.table(),
                                "pipeline", each.pipeline(),
                                "collection", each.collection()))
                        .toList());
        object.put("followed", status.followed().stream().map(StatusJson::json).toList());
        object.put("locks", status.locks().stream().map(StatusJson::json).toList());
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
        run.finished().ifPresent(end -> {
            Duration time = Duration.between(run.started(), end);
            object.put("finished", end.toString());
            object.put("seconds", JsonOutput.seconds(time));
            if (time.toNanos() > 0) {
                object.put("documentsPerSecond", Math.round(run.total().read() * 1e9 / time.toNanos()));
            }
        });
        run.errorCode().ifPresent(code -> object.put("errorCode", code));
        object.put(
                "collections", run.collections().stream().map(StatusJson::json).toList());
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
                "unmatched", counts.unmatched(),
                "deleted", collection.deletions().deleted());
        collection.since().ifPresent(since -> object.put("since", since.toString()));
        return object;
    }

    private static Map<String, Object> json(Following following) {
        Map<String, Object> object = fields(
                "pipeline", following.pipeline(),
                "source", following.source(),
                "loaded", following.loaded(),
                "changes", following.changes(),
                "positionAgeSeconds", JsonOutput.seconds(following.age()),
                "changesPerSecond", following.changesPerSecond(),
                "rowsPerSecond", following.rowsPerSecond(),
                "rejected", following.rejected());
        following.lag().ifPresent(lag -> object.put("lagSeconds", JsonOutput.seconds(lag)));
        following.reached().ifPresent(reached -> object.put("reached", reached.toString()));
        return object;
    }

    private static Map<String, Object> json(LockHolder lock) {
        Map<String, Object> object = fields("pipeline", lock.pipeline(), "processId", lock.processId());
        lock.application().ifPresent(name -> object.put("application", name));
        lock.address().ifPresent(address -> object.put("address", address));
        lock.since().ifPresent(since -> object.put("since", since.toString()));
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
