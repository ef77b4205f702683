package io.docrows.report;

import java.time.Duration;
import java.util.List;

/**
 * What a comparison found. Immutable.
 *
 * @param pipeline the pipeline's name
 * @param source where documents came from, without secrets
 * @param interrupted whether it was asked to stop; then nothing was compared
 * @param duration how long it took
 * @param collections one for each collection, referenced tables before those that refer to them
 */
public record VerifyReport(
        String pipeline,
        String source,
        boolean interrupted,
        Duration duration,
        List<CollectionVerification> collections) {

    /** Copies the list. */
    public VerifyReport {
        collections = List.copyOf(collections);
    }

    /**
     * Returns whether source and target hold the same.
     *
     * @return true if every collection is {@linkplain CollectionVerification#isEqual() equal}
     */
    public boolean isEqual() {
        return !interrupted && collections.stream().allMatch(CollectionVerification::isEqual);
    }

    /**
     * Returns whether nothing differs but for documents that are rejected, and known to be.
     *
     * @return true if every collection is {@linkplain CollectionVerification#isAccountedFor() accounted for}
     */
    public boolean isAccountedFor() {
        return !interrupted && collections.stream().allMatch(CollectionVerification::isAccountedFor);
    }
}
