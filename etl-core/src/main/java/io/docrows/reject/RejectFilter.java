package io.docrows.reject;

import io.docrows.RejectCode;
import java.util.Set;

/**
 * Which rejects are meant. Empty sets leave the matter open, so that {@link #ALL} means every reject. Immutable.
 *
 * @param collections names of collections
 * @param codes reasons
 * @param numbers numbers of rejects, as {@link StoredReject#number()}
 */
public record RejectFilter(Set<String> collections, Set<RejectCode> codes, Set<Long> numbers) {

    /** Every reject of the pipeline. */
    public static final RejectFilter ALL = new RejectFilter(Set.of(), Set.of(), Set.of());

    /** Copies the sets. */
    public RejectFilter {
        collections = Set.copyOf(collections);
        codes = Set.copyOf(codes);
        numbers = Set.copyOf(numbers);
    }
}
