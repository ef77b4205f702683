package io.docrows.internal.run;

import io.docrows.error.RejectCode;
import io.docrows.internal.metadata.LateCheckpoint.Change;
import io.docrows.mapping.CollectionMapping;
import io.docrows.report.CollectionReport;
import io.docrows.report.Counts;
import io.docrows.report.Drift;
import io.docrows.report.PolicyUse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Brings late arrivals into the reports of the collections. */
final class LateReports {

    private LateReports() {}

    /**
     * Adds changes to reports; a collection that the run did not read gets a report if documents of it arrived late.
     *
     * @param reports what was loaded in the usual way
     * @param mappings all mappings of the pipeline, in load order
     * @param late what late arrivals change, by collection
     * @param codes how the numbers of rejects by reason change, by collection
     * @param uses what policies did in all, by collection, for those that late arrivals change
     */
    static List<CollectionReport> amend(
            List<CollectionReport> reports,
            List<CollectionMapping<?>> mappings,
            Map<String, Change> late,
            Map<String, Map<RejectCode, Long>> codes,
            Map<String, List<PolicyUse>> uses) {
        Map<String, Change> changes = new HashMap<>(late);
        List<CollectionReport> amended = new ArrayList<>();
        for (CollectionReport report : reports) {
            Change change = changes.remove(report.collection());
            amended.add(change == null ? report : amend(report, change, codes, uses));
        }
        for (CollectionMapping<?> mapping : mappings) {
            String collection = mapping.collection();
            Change change = changes.remove(collection);
            if (change != null) {
                CollectionReport nothing = new CollectionReport(
                        collection,
                        mapping.table().getName(),
                        Counts.NONE,
                        Duration.ZERO,
                        Map.of(),
                        Drift.NONE,
                        List.of());
                amended.add(amend(nothing, change, codes, uses));
            }
        }
        return amended;
    }

    private static CollectionReport amend(
            CollectionReport report,
            Change change,
            Map<String, Map<RejectCode, Long>> codes,
            Map<String, List<PolicyUse>> uses) {
        Map<RejectCode, Long> byCode = new EnumMap<>(RejectCode.class);
        byCode.putAll(report.rejectsByCode());
        codes.getOrDefault(report.collection(), Map.of()).forEach((code, more) -> byCode.merge(code, more, Long::sum));
        // Below zero only if an earlier, interrupted part of the run had counted them.
        byCode.values().removeIf(count -> count <= 0);
        return new CollectionReport(
                report.collection(),
                report.table(),
                change.appliedTo(report.counts()),
                report.duration(),
                byCode,
                report.drift(),
                uses.getOrDefault(report.collection(), report.policyUses()),
                report.deletions(),
                report.watermark());
    }
}
