package io.docrows.internal.stage;

import java.util.OptionalLong;
import java.util.function.BooleanSupplier;

/**
 * What bounds the batches of a feed, and ends it.
 *
 * @param documents the most documents of a batch
 * @param bytes the most bytes of raw documents of a batch, unless the last one exceeds it; less if memory is short
 * @param allowance how many documents may be read in all
 * @param memory what batches take that are in hand
 * @param stopped asked before each document; true ends the feed
 */
public record FeedLimits(int documents, long bytes, Allowance allowance, BatchMemory memory, BooleanSupplier stopped) {

    /**
     * For a feed that is alone: no other shares its memory.
     *
     * @param documents the most documents of a batch
     * @param bytes the most bytes of raw documents of a batch
     * @param limit how many documents may be read in all; empty for all
     * @param stopped asked before each document; true ends the feed
     * @return the limits
     */
    public static FeedLimits alone(int documents, long bytes, OptionalLong limit, BooleanSupplier stopped) {
        return new FeedLimits(documents, bytes, new Allowance(limit), BatchMemory.ofHeap(), stopped);
    }
}
