package io.docrows.run;

import java.time.Duration;

/**
 * How far following has come since it began. Immutable.
 *
 * @param lag how far what is in the tables is behind the source: its own clock against the last change applied, or
 *     against the moment up to which there was none
 * @param changes changes that were applied, each as often as it was told
 * @param documents documents that were read for them
 * @param rows rows that were inserted, updated or deleted for them, in all tables
 * @param deleted rows that were deleted or marked, in the documents' own tables
 * @param rejected documents read that were rejected
 * @param positionAge how long ago the position was stored; about a minute at most while nothing happens
 */
public record FollowProgress(
        Duration lag, long changes, long documents, long rows, long deleted, long rejected, Duration positionAge) {

    /** Nothing yet. */
    public static final FollowProgress NONE = new FollowProgress(Duration.ZERO, 0, 0, 0, 0, 0, Duration.ZERO);
}
