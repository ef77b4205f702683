package io.docrows.internal.compare;

import io.docrows.Cancellation;
import io.docrows.RunOptions;
import io.docrows.source.ReadRequest;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What of a source is staged, and in which batches. Immutable.
 *
 * @param collections the collections, empty for all
 * @param request which of their documents
 * @param limit the most documents of each
 * @param batchDocuments the most documents of a batch
 * @param batchBytes the most bytes of a batch, unless a single document is larger
 * @param cancellation asked after each document
 */
public record Scope(
        Set<String> collections,
        ReadRequest request,
        OptionalLong limit,
        int batchDocuments,
        long batchBytes,
        Cancellation cancellation) {

    /** Copies the set. */
    public Scope {
        collections = Set.copyOf(collections);
    }

    /**
     * What a run with these options would read.
     *
     * @param options a run's options
     * @return the scope
     */
    public static Scope of(RunOptions options) {
        return new Scope(
                options.collections(),
                new ReadRequest(options.ids(), options.limit().isPresent() ? 1 : options.writers()),
                options.limit(),
                options.batchDocuments(),
                options.batchBytes(),
                options.cancellation());
    }

    /**
     * Whether only a part of each collection is read.
     *
     * @return true with chosen {@code _id}s or a limit
     */
    public boolean partial() {
        return !request.ids().isEmpty() || limit.isPresent();
    }
}
