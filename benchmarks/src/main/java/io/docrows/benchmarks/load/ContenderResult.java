package io.docrows.benchmarks.load;

import java.util.Map;

/**
 * What one load took. Immutable.
 *
 * @param seconds from its first connection to its last commit
 * @param cpuSeconds processor time of its process meanwhile
 * @param walBytes what was written to PostgreSQL's log meanwhile
 * @param peakResidentBytes the most memory its process held; 0 where that cannot be told
 * @param peakHeapBytes the most that was in use on its heap
 * @param counts what it says it did, by name
 */
public record ContenderResult(
        double seconds,
        double cpuSeconds,
        long walBytes,
        long peakResidentBytes,
        long peakHeapBytes,
        Map<String, Long> counts) {

    /** Copies the map. */
    public ContenderResult {
        counts = Map.copyOf(counts);
    }
}
