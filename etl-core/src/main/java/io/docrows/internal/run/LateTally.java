package io.docrows.internal.run;

import io.docrows.PolicyUse;
import io.docrows.RejectCode;
import io.docrows.internal.value.PolicyTally;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What late arrivals change in the report of a collection, besides its counts. Not thread-safe. */
final class LateTally {

    private final Map<RejectCode, Long> codes = new EnumMap<>(RejectCode.class);
    private final PolicyTally uses = new PolicyTally();

    void add(Map<RejectCode, Long> changes, List<PolicyUse> more) {
        changes.forEach((code, change) -> codes.merge(code, change, Long::sum));
        uses.add(more);
    }

    /** The numbers of rejects by reason with these changes. */
    Map<RejectCode, Long> codes(Map<RejectCode, Long> before) {
        Map<RejectCode, Long> sum = new EnumMap<>(codes);
        before.forEach((code, count) -> sum.merge(code, count, Long::sum));
        // Below zero only if an earlier, interrupted part of the run had counted them.
        sum.values().removeIf(count -> count <= 0);
        return sum;
    }

    /** The uses of policies with these. */
    List<PolicyUse> uses(List<PolicyUse> before) {
        PolicyTally sum = new PolicyTally();
        sum.add(before);
        sum.add(uses.sums());
        return sum.sums();
    }
}
