package io.docrows.mapping;

import io.docrows.report.LossPolicy;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What holds for a value however it is read. Immutable.
 *
 * @param kind what the value is read as, and every step after that, as text
 * @param path the names that lead to the field
 * @param required whether a document without the value is rejected
 * @param readsNull whether a BSON null is read, too, and not the same as a missing field
 * @param nulls the policies that make the value null instead of rejecting the document
 */
record ValueTerms(String kind, List<String> path, boolean required, boolean readsNull, Set<LossPolicy> nulls) {

    /** Not decimal, for one: it reads the double 0.1 and the decimal 0.1, which MongoDB tells apart, as the same. */
    private static final Set<String> IDENTIFYING = Set.of("id", "string", "int16", "int32", "int64");

    ValueTerms {
        path = List.copyOf(path);
        nulls = Set.copyOf(nulls);
    }

    static ValueTerms at(String kind, String... path) {
        return new ValueTerms(kind, List.of(path), false, false, Set.of());
    }

    /** Whether two documents have the same value only if MongoDB holds their {@code _id}s equal. */
    boolean identifiesDocument() {
        return path.equals(List.of("_id")) && IDENTIFYING.contains(kind);
    }

    /** The same value after a further step. */
    ValueTerms after(String step) {
        return new ValueTerms(kind + step, path, required, readsNull, nulls);
    }

    ValueTerms withRequired() {
        return new ValueTerms(kind, path, true, readsNull, nulls);
    }

    ValueTerms withNullRead() {
        return new ValueTerms(kind, path, required, true, nulls);
    }

    ValueTerms with(LossPolicy policy) {
        Set<LossPolicy> more = new TreeSet<>(nulls);
        more.add(policy);
        return new ValueTerms(kind, path, required, readsNull, more);
    }

    /** All of this as text, the same for equal terms in every run of a program. */
    @Override
    public String toString() {
        return kind
                + path.stream().map(ValueTerms::quoted).toList()
                + (required ? ".required" : "")
                + (readsNull ? ".null" : "")
                + (nulls.isEmpty() ? "" : "." + new TreeSet<>(nulls));
    }

    /** Names may hold anything. */
    static String quoted(String name) {
        return '"' + name.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
