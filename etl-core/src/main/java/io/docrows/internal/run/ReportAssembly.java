package io.docrows.internal.run;

import io.docrows.error.RejectCode;
import io.docrows.internal.incremental.Increments;
import io.docrows.internal.mapping.MappedCollection;
import io.docrows.internal.metadata.PendingReferences;
import io.docrows.internal.metadata.PolicyUseStore;
import io.docrows.internal.metadata.RetryCheckpoint;
import io.docrows.internal.metadata.RetryCheckpoint.Change;
import io.docrows.mapping.CollectionMapping;
import io.docrows.report.CollectionReport;
import io.docrows.report.Deletions;
import io.docrows.report.PolicyUse;
import io.docrows.report.RunReport;
import io.docrows.report.Watermark;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes the report of a run from what its phases did and what the target remembers of it. */
final class ReportAssembly {

    private final RunContext context;
    private final List<CollectionMapping<?>> mappings;
    private final Instant started;

    /**
     * Prepares it.
     *
     * @param context the run
     * @param mappings all mappings of the pipeline, in load order
     * @param started when the run began
     */
    ReportAssembly(RunContext context, List<CollectionMapping<?>> mappings, Instant started) {
        this.context = context;
        this.mappings = mappings;
        this.started = started;
    }

    /** The whole report. */
    RunReport complete(RunResults results, RunReport.Status status) throws SQLException {
        RunSession session = context.session();
        long pending = session.call(
                "counting pending references", connection -> PendingReferences.count(connection, mappings));
        Map<String, Watermark> marks =
                session.call("reading watermarks", connection -> Increments.marks(connection, context.run(), mappings));
        Map<String, Retried> retried = session.call("reading retried rejects", connection -> {
            Map<String, Retried> changes = new HashMap<>();
            RetryCheckpoint.of(connection, context.run())
                    .forEach((collection, change) -> changes.put(
                            collection, new Retried(change, PolicyUseStore.of(connection, context.run(), collection))));
            return changes;
        });
        List<CollectionReport> reports = new ArrayList<>();
        for (CollectionResult result : results.loaded()) {
            String collection = result.collection().name();
            reports.add(report(
                    result,
                    retried.remove(collection),
                    results.retriedCodes().getOrDefault(collection, Map.of()),
                    results.deletions().getOrDefault(collection, Deletions.NONE),
                    Optional.ofNullable(marks.get(collection))));
        }
        // A collection that the run did not read has a report if something became of its rejects.
        for (MappedCollection collection : MappedCollection.of(mappings)) {
            Retried change = retried.remove(collection.name());
            if (change != null) {
                reports.add(report(
                        CollectionResult.nothing(collection),
                        change,
                        results.retriedCodes().getOrDefault(collection.name(), Map.of()),
                        Deletions.NONE,
                        Optional.empty()));
            }
        }
        return report(status, reports, pending);
    }

    /** What can be told when the target cannot be asked. */
    RunReport withoutTarget(RunResults results, RunReport.Status status) {
        List<CollectionReport> reports = new ArrayList<>();
        for (CollectionResult result : results.loaded()) {
            reports.add(report(
                    result,
                    null,
                    Map.of(),
                    results.deletions().getOrDefault(result.collection().name(), Deletions.NONE),
                    Optional.empty()));
        }
        return report(status, reports, 0);
    }

    private RunReport report(RunReport.Status status, List<CollectionReport> collections, long pending) {
        return new RunReport(
                context.run(),
                context.pipeline(),
                context.source().description(),
                status,
                started,
                Duration.between(started, Instant.now()),
                collections,
                pending);
    }

    private static CollectionReport report(
            CollectionResult loaded,
            @Nullable Retried retried,
            Map<RejectCode, Long> retriedCodes,
            Deletions deletions,
            Optional<Watermark> watermark) {
        Map<RejectCode, Long> rejects = loaded.rejectsByCode();
        if (retried != null) {
            rejects = new EnumMap<>(RejectCode.class);
            rejects.putAll(loaded.rejectsByCode());
            for (Map.Entry<RejectCode, Long> change : retriedCodes.entrySet()) {
                rejects.merge(change.getKey(), change.getValue(), Long::sum);
            }
            // Below zero only if an earlier, interrupted part of the run had counted them.
            rejects.values().removeIf(count -> count <= 0);
        }
        return new CollectionReport(
                loaded.collection().name(),
                loaded.collection().tableNames(),
                retried == null ? loaded.counts() : retried.change().appliedTo(loaded.counts()),
                loaded.duration(),
                rejects,
                loaded.drift(),
                retried == null ? loaded.policyUses() : retried.policyUses(),
                deletions,
                watermark,
                loaded.rows());
    }

    /**
     * What retrying rejects of a collection has changed, in interrupted parts of the run, too.
     *
     * @param change the counts
     * @param policyUses what policies did in all
     */
    private record Retried(Change change, List<PolicyUse> policyUses) {}
}
