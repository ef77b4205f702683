package io.docrows.run;

import java.time.Duration;

/**
 * How far following has come since it began. Immutable.
 *
 * @param lag how far what is in the tables is behind the source, by the source's own clock
 * @param changes changes that were applied, each as often as it was told
 * @param documents documents that were read for them
 * @param deleted rows that were deleted or marked, in the documents' own tables
 * @param rejected documents read that were rejected
 */
public record FollowProgress(Duration lag, long changes, long documents, long deleted, long rejected) {

    /** Nothing yet. */
    public static final FollowProgress NONE = new FollowProgress(Duration.ZERO, 0, 0, 0, 0);
}
