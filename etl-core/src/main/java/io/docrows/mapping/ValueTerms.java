package io.docrows.mapping;

import io.docrows.report.LossPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What holds for a value however it is read. Immutable.
 *
 * @param path the names that lead to the field
 * @param required whether a document without the value is rejected
 * @param readsNull whether a BSON null is read, too, and not the same as a missing field
 * @param nulls the policies that make the value null instead of rejecting the document
 */
record ValueTerms(List<String> path, boolean required, boolean readsNull, Set<LossPolicy> nulls) {

    ValueTerms {
        path = List.copyOf(path);
        nulls = Set.copyOf(nulls);
    }

    static ValueTerms at(String field, String... nested) {
        List<String> path = new ArrayList<>(nested.length + 1);
        path.add(field);
        path.addAll(List.of(nested));
        return new ValueTerms(path, false, false, Set.of());
    }

    ValueTerms withRequired() {
        return new ValueTerms(path, true, readsNull, nulls);
    }

    ValueTerms withNullRead() {
        return new ValueTerms(path, required, true, nulls);
    }

    ValueTerms with(LossPolicy policy) {
        Set<LossPolicy> more = new TreeSet<>(nulls);
        more.add(policy);
        return new ValueTerms(path, required, readsNull, more);
    }
}
