package io.docrows.internal.run;

import io.docrows.error.DocrowsException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the load phase came to.
 *
 * @param collections the collections that were begun, in load order
 * @param failure what ended the phase early, if it failed; what is counted was committed all the same
 */
record LoadResult(
        List<CollectionResult> collections, @Nullable DocrowsException failure) {

    LoadResult {
        collections = List.copyOf(collections);
    }
}
