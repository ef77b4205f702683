package io.docrows.run;

import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import java.time.Duration;
import java.util.Objects;

/**
 * How to follow a source. Immutable; each method returns changed options.
 *
 * @param load how everything is loaded first, and again after changes were missed; what it says of collections, deletes
 *     and force is passed over; its batches and writers hold for changes, too
 * @param untilCaughtUp whether to end when all changes are applied that had happened when following began
 * @param batchKeys the most documents changed that are applied at once
 * @param moment how long changes are collected, at most
 * @param lostHistory what to do when changes were missed
 * @param deletes what to do with rows of documents that were deleted
 * @param listener hears how it goes on
 */
public record FollowOptions(
        RunOptions load,
        boolean untilCaughtUp,
        int batchKeys,
        Duration moment,
        LostHistory lostHistory,
        DeleteMode deletes,
        FollowListener listener) {

    /**
     * Checks the ranges.
     *
     * @throws DocrowsException {@code INVALID_OPTION} if a number is not positive, or only some documents would be
     *     loaded
     */
    public FollowOptions {
        Objects.requireNonNull(lostHistory, "lostHistory");
        Objects.requireNonNull(deletes, "deletes");
        Objects.requireNonNull(listener, "listener");
        if (batchKeys < 1 || moment.isNegative()) {
            throw new DocrowsException(
                    ErrorCode.INVALID_OPTION,
                    "A batch of changes holds at least 1 document, and is collected for a time that is not negative.");
        }
        if (load.partial() || !load.collections().isEmpty()) {
            throw new DocrowsException(
                    ErrorCode.INVALID_OPTION,
                    "A pipeline is followed as a whole. Leave out collections, _ids and the limit.");
        }
    }

    /**
     * Follows until it is asked to stop, with up to 10,000 documents or half a second of changes at once; deletes rows
     * of documents that were deleted; gives up when changes were missed.
     *
     * @return the options
     */
    public static FollowOptions defaults() {
        return new FollowOptions(
                RunOptions.defaults(),
                false,
                10_000,
                Duration.ofMillis(500),
                LostHistory.FAIL,
                DeleteMode.DELETE,
                FollowListener.NONE);
    }

    /**
     * Sets how everything is loaded.
     *
     * @param options the options
     * @return changed options
     */
    public FollowOptions load(RunOptions options) {
        return new FollowOptions(options, untilCaughtUp, batchKeys, moment, lostHistory, deletes, listener);
    }

    /**
     * Sets whether to end when caught up.
     *
     * @param end whether to
     * @return changed options
     */
    public FollowOptions untilCaughtUp(boolean end) {
        return new FollowOptions(load, end, batchKeys, moment, lostHistory, deletes, listener);
    }

    /**
     * Sets how many changes are applied at once.
     *
     * @param keys the most documents
     * @param time how long they are collected, at most
     * @return changed options
     */
    public FollowOptions batch(int keys, Duration time) {
        return new FollowOptions(load, untilCaughtUp, keys, time, lostHistory, deletes, listener);
    }

    /**
     * Sets what to do when changes were missed.
     *
     * @param what what to do
     * @return changed options
     */
    public FollowOptions lostHistory(LostHistory what) {
        return new FollowOptions(load, untilCaughtUp, batchKeys, moment, what, deletes, listener);
    }

    /**
     * Sets what to do with rows of documents that were deleted.
     *
     * @param mode what to do
     * @return changed options
     */
    public FollowOptions deletes(DeleteMode mode) {
        return new FollowOptions(load, untilCaughtUp, batchKeys, moment, lostHistory, mode, listener);
    }

    /**
     * Sets who hears how it goes on.
     *
     * @param follower the listener
     * @return changed options
     */
    public FollowOptions listener(FollowListener follower) {
        return new FollowOptions(load, untilCaughtUp, batchKeys, moment, lostHistory, deletes, follower);
    }
}
