package io.docrows.internal.value;

import io.docrows.report.LossPolicy;
import io.docrows.report.PolicyUse;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Sums uses of policies by column, path and policy. Not thread-safe. */
public final class PolicyTally {

    private final Map<Site, Long> counts = new HashMap<>();

    private record Site(String path, String column, LossPolicy policy) {}

    /**
     * Adds uses.
     *
     * @param uses any; none for most documents
     */
    public void add(Collection<PolicyUse> uses) {
        for (PolicyUse use : uses) {
            counts.merge(new Site(use.path(), use.column(), use.policy()), use.count(), Long::sum);
        }
    }

    /**
     * The sums.
     *
     * @return one for each column, path and policy, in their order
     */
    public List<PolicyUse> sums() {
        return counts.entrySet().stream()
                .map(sum -> new PolicyUse(
                        sum.getKey().path(), sum.getKey().column(), sum.getKey().policy(), sum.getValue()))
                .sorted()
                .toList();
    }
}
