package io.docrows.report;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * How documents differ from what their mapping expects: fields that it does not know, fields whose values are of
 * several BSON types, and values that an enumeration does not have. Counts only, never a value. Of a resumed run, it
 * covers the documents that were read since it was resumed. Immutable.
 *
 * @param unmappedFields in how many documents each field occurred that is neither mapped nor ignored, by path
 * @param types how many values of each BSON type were met at each mapped path, by path and by the type's name, which is
 *     MongoDB's {@code $type} alias; a null counts as a missing field, and elements of arrays are not told apart, and
 *     fields with {@code mixedTypes} are left out
 * @param newValues how many documents had a value that an enumeration does not have, by path; the values themselves
 *     stand in the rejected documents only
 */
public record Drift(
        Map<String, Long> unmappedFields, Map<String, Map<String, Long>> types, Map<String, Long> newValues) {

    /** No documents, no drift. */
    public static final Drift NONE = new Drift(Map.of(), Map.of(), Map.of());

    /** Copies the maps, sorted by path. */
    public Drift {
        unmappedFields = Collections.unmodifiableSortedMap(new TreeMap<>(unmappedFields));
        newValues = Collections.unmodifiableSortedMap(new TreeMap<>(newValues));
        TreeMap<String, Map<String, Long>> copies = new TreeMap<>();
        types.forEach((path, counts) -> copies.put(path, Collections.unmodifiableSortedMap(new TreeMap<>(counts))));
        types = Collections.unmodifiableSortedMap(copies);
    }

    /**
     * Returns the sum of this drift and that of other documents.
     *
     * @param other their drift
     * @return the sum of both
     */
    public Drift plus(Drift other) {
        Map<String, Map<String, Long>> both = new HashMap<>(types);
        other.types.forEach((path, counts) -> both.merge(path, counts, Drift::sum));
        return new Drift(sum(unmappedFields, other.unmappedFields), both, sum(newValues, other.newValues));
    }

    /**
     * Returns what is known of the same documents from this drift and from that of another mapping of them: what both
     * have counted is counted once.
     *
     * @param other the drift of the same documents for another mapping
     * @return the larger count of each
     */
    public Drift together(Drift other) {
        Map<String, Map<String, Long>> both = new HashMap<>(types);
        other.types.forEach((path, counts) -> both.merge(path, counts, Drift::larger));
        return new Drift(larger(unmappedFields, other.unmappedFields), both, larger(newValues, other.newValues));
    }

    private static Map<String, Long> larger(Map<String, Long> one, Map<String, Long> other) {
        Map<String, Long> larger = new HashMap<>(one);
        other.forEach((name, count) -> larger.merge(name, count, Math::max));
        return larger;
    }

    private static Map<String, Long> sum(Map<String, Long> one, Map<String, Long> other) {
        Map<String, Long> sum = new HashMap<>(one);
        other.forEach((name, count) -> sum.merge(name, count, Long::sum));
        return sum;
    }

    /**
     * Returns the paths at which values of more than one BSON type were met.
     *
     * @return those of {@link #types()} with at least two types, by path
     */
    public Map<String, Map<String, Long>> typeMixes() {
        TreeMap<String, Map<String, Long>> mixes = new TreeMap<>(types);
        mixes.values().removeIf(counts -> counts.size() < 2);
        return Collections.unmodifiableSortedMap(mixes);
    }

    /**
     * Returns whether the documents are just as the mapping expects them.
     *
     * @return true if there are no unmapped fields, no mixes of types and no new values
     */
    public boolean isEmpty() {
        return unmappedFields.isEmpty() && typeMixes().isEmpty() && newValues.isEmpty();
    }
}
