package io.docrows.run;

import io.docrows.error.RejectCode;
import io.docrows.reject.StoredReject;
import java.util.Set;

/**
 * Selects rejects. An empty set selects all, so {@link #ALL} selects every reject; several conditions must all hold.
 * Immutable.
 *
 * @param collections names of collections
 * @param codes reasons
 * @param runs numbers of runs, as {@link StoredReject#lastRun()}
 * @param keys texts of {@code _id}s, as {@link StoredReject#key()}
 * @param numbers numbers of rejects, as {@link StoredReject#number()}
 */
public record RejectFilter(
        Set<String> collections, Set<RejectCode> codes, Set<Long> runs, Set<String> keys, Set<Long> numbers) {

    /** Every reject of the pipeline. */
    public static final RejectFilter ALL = new RejectFilter(Set.of(), Set.of(), Set.of(), Set.of(), Set.of());

    /** Copies the sets. */
    public RejectFilter {
        collections = Set.copyOf(collections);
        codes = Set.copyOf(codes);
        runs = Set.copyOf(runs);
        keys = Set.copyOf(keys);
        numbers = Set.copyOf(numbers);
    }

    /**
     * Narrows this filter to some reasons.
     *
     * @param reasons the reasons, empty for all
     * @return a narrower filter
     */
    public RejectFilter withCodes(Set<RejectCode> reasons) {
        return new RejectFilter(collections, reasons, runs, keys, numbers);
    }

    /**
     * Narrows this filter to some collections.
     *
     * @param names the collections' names, empty for all
     * @return a narrower filter
     */
    public RejectFilter withCollections(Set<String> names) {
        return new RejectFilter(names, codes, runs, keys, numbers);
    }

    /**
     * Narrows this filter to some numbers of rejects.
     *
     * @param rejects numbers of rejects, empty for all
     * @return a narrower filter
     */
    public RejectFilter withNumbers(Set<Long> rejects) {
        return new RejectFilter(collections, codes, runs, keys, rejects);
    }
}
