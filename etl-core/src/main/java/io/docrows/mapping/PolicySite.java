package io.docrows.mapping;

import io.docrows.report.LossPolicy;
import io.docrows.report.PolicyUse;

/** A place of a mapping where a policy may be used. */
record PolicySite(String path, String column, LossPolicy policy) {

    PolicyUse used(int times) {
        return new PolicyUse(path, column, policy, times);
    }
}
