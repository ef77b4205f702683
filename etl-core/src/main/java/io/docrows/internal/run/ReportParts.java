package io.docrows.internal.run;

import io.docrows.error.RejectCode;
import io.docrows.report.CollectionReport;
import io.docrows.report.Deletions;
import io.docrows.report.Watermark;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Puts a collection's report together from what the steps of a run have done. */
final class ReportParts {

    private ReportParts() {}

    /** A report with what became of rows whose document is gone. */
    static CollectionReport with(CollectionReport report, Deletions done) {
        return new CollectionReport(
                report.collection(),
                report.table(),
                report.counts(),
                report.duration(),
                report.rejectsByCode(),
                report.drift(),
                report.policyUses(),
                done,
                report.watermark());
    }

    /** A report with what was made of the watermark. */
    static CollectionReport with(CollectionReport report, Watermark mark) {
        return new CollectionReport(
                report.collection(),
                report.table(),
                report.counts(),
                report.duration(),
                report.rejectsByCode(),
                report.drift(),
                report.policyUses(),
                report.deletions(),
                Optional.of(mark));
    }

    /**
     * A report on what was left of a collection, together with an earlier one on the rest of it. The counts and uses of
     * policies are the later one's, which stand for all of the collection; deletions and a watermark are its own.
     */
    static CollectionReport after(CollectionReport later, CollectionReport earlier) {
        Map<RejectCode, Long> rejects = new HashMap<>(earlier.rejectsByCode());
        later.rejectsByCode().forEach((code, n) -> rejects.merge(code, n, Long::sum));
        return new CollectionReport(
                later.collection(),
                later.table(),
                later.counts(),
                later.duration().plus(earlier.duration()),
                rejects,
                earlier.drift().plus(later.drift()),
                later.policyUses(),
                later.deletions(),
                later.watermark());
    }
}
