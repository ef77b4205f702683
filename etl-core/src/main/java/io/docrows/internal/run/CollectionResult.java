package io.docrows.internal.run;

import io.docrows.error.RejectCode;
import io.docrows.internal.mapping.MappedCollection;
import io.docrows.internal.value.PolicyTally;
import io.docrows.report.CollectionReport;
import io.docrows.report.Counts;
import io.docrows.report.Deletions;
import io.docrows.report.Drift;
import io.docrows.report.PolicyUse;
import io.docrows.report.RowCounts;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What loading one collection came to. Everything it counts was committed.
 *
 * @param collection the collection and its mappings
 * @param counts what became of its documents, also in interrupted parts of the run
 * @param duration the time spent on it
 * @param rejectsByCode rejected documents by reason
 * @param drift how documents differed from what the mapping expects
 * @param policyUses how often policies changed a value, also in interrupted parts of the run
 * @param rows rows that were written, by {@code schema.table}
 */
record CollectionResult(
        MappedCollection collection,
        Counts counts,
        Duration duration,
        Map<RejectCode, Long> rejectsByCode,
        Drift drift,
        List<PolicyUse> policyUses,
        Map<String, RowCounts> rows) {

    CollectionResult {
        rejectsByCode = Map.copyOf(rejectsByCode);
        policyUses = List.copyOf(policyUses);
    }

    /** Of a collection that the run did not read. */
    static CollectionResult nothing(MappedCollection collection) {
        return new CollectionResult(collection, Counts.NONE, Duration.ZERO, Map.of(), Drift.NONE, List.of(), Map.of());
    }

    /**
     * This, and what was left to load then; the counts and uses of policies of that stand for all of the collection.
     */
    CollectionResult then(CollectionResult rest) {
        Map<RejectCode, Long> rejects = new HashMap<>(rejectsByCode);
        rest.rejectsByCode.forEach((code, n) -> rejects.merge(code, n, Long::sum));
        return new CollectionResult(
                collection,
                rest.counts,
                duration.plus(rest.duration),
                rejects,
                drift.plus(rest.drift),
                rest.policyUses,
                RowCounts.sum(rows, rest.rows));
    }

    /** This, and what came of other documents of the collection. */
    CollectionResult plus(CollectionResult more) {
        PolicyTally uses = new PolicyTally();
        uses.add(policyUses);
        uses.add(more.policyUses);
        return new CollectionResult(
                        collection, counts.plus(more.counts), duration, rejectsByCode, drift, uses.sums(), rows)
                .then(new CollectionResult(
                        collection,
                        counts.plus(more.counts),
                        more.duration,
                        more.rejectsByCode,
                        more.drift,
                        uses.sums(),
                        more.rows));
    }

    /** As long as the other phases of the run have done nothing about the collection. */
    CollectionReport report() {
        return new CollectionReport(
                collection.name(),
                collection.tableNames(),
                counts,
                duration,
                rejectsByCode,
                drift,
                policyUses,
                Deletions.NONE,
                Optional.empty(),
                rows);
    }
}
