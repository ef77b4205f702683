package io.docrows.internal.run;

import io.docrows.CollectionReport;
import io.docrows.Counts;
import io.docrows.internal.bookkeeping.LateCheckpoint.Change;
import io.docrows.mapping.CollectionMapping;
import java.time.Duration;
import java.util.ArrayList;
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
     * @param tallies what else they change, by collection
     */
    static List<CollectionReport> amend(
            List<CollectionReport> reports,
            List<CollectionMapping<?>> mappings,
            Map<String, Change> late,
            Map<String, LateTally> tallies) {
        Map<String, Change> changes = new HashMap<>(late);
        List<CollectionReport> amended = new ArrayList<>();
        for (CollectionReport report : reports) {
            Change change = changes.remove(report.collection());
            amended.add(
                    change == null ? report : amend(report, change, tallies.getOrDefault(report.collection(), new LateTally())));
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
                        Map.of(),
                        List.of());
                amended.add(amend(nothing, change, tallies.getOrDefault(collection, new LateTally())));
            }
        }
        return amended;
    }

    private static CollectionReport amend(CollectionReport report, Change change, LateTally tally) {
        return new CollectionReport(
                report.collection(),
                report.table(),
                change.appliedTo(report.counts()),
                report.duration(),
                tally.codes(report.rejectsByCode()),
                report.unmappedFields(),
                report.policyUses(),
                report.deletions());
    }
}
