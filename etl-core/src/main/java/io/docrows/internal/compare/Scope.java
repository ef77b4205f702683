package io.docrows.internal.compare;

import io.docrows.internal.incremental.Increment;
import io.docrows.internal.incremental.WatermarkFilter;
import io.docrows.internal.stage.FeedLimits;
import io.docrows.mapping.CollectionMapping;
import io.docrows.run.Cancellation;
import io.docrows.run.RunOptions;
import io.docrows.source.ReadRequest;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What of a source is staged, and in which batches. Immutable.
 *
 * @param collections the collections, empty for all
 * @param request which of their documents
 * @param increments what is read of collections of which only changes are, by collection
 * @param limit the most documents of each
 * @param batchDocuments the most documents of a batch
 * @param batchBytes the most bytes of a batch, unless a single document is larger
 * @param cancellation asked after each document
 */
public record Scope(
        Set<String> collections,
        ReadRequest request,
        Map<String, Increment> increments,
        OptionalLong limit,
        int batchDocuments,
        long batchBytes,
        Cancellation cancellation) {

    /** Copies the set and the map. */
    public Scope {
        increments = Map.copyOf(increments);
        collections = Set.copyOf(collections);
    }

    /**
     * What a run with these options would read.
     *
     * @param options a run's options
     * @param increments those of that run
     * @param cancellation asked after each document
     * @return the scope
     */
    public static Scope of(RunOptions options, Map<String, Increment> increments, Cancellation cancellation) {
        return new Scope(
                options.collections(),
                new ReadRequest(options.ids(), options.limit().isPresent() ? 1 : options.writers()),
                increments,
                options.limit(),
                options.batchDocuments(),
                options.batchBytes(),
                cancellation);
    }

    /**
     * What to ask the source for.
     *
     * @param collection a collection
     * @return the request for it
     */
    public ReadRequest request(String collection) {
        @Nullable Increment increment = increments.get(collection);
        return increment == null
                ? request
                : new ReadRequest(
                        request.ids(), request.partitions(), request.fields(), Optional.of(increment.condition()));
    }

    /** A filter for the documents of a collection. */
    WatermarkFilter filter(CollectionMapping<?> mapping) {
        @Nullable Increment increment = increments.get(mapping.collection());
        return new WatermarkFilter(mapping, increment == null ? null : increment.since());
    }

    /** What bounds the batches in which a collection is read. */
    FeedLimits limits() {
        return FeedLimits.alone(batchDocuments, batchBytes, limit, cancellation::isRequested);
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
