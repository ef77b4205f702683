package io.docrows.history;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Where a pipeline stands that follows its source. Immutable.
 *
 * @param pipeline the pipeline's name
 * @param source where the changes come from, without credentials
 * @param loaded whether everything was loaded since the first position, so that changes are applied
 * @param reached up to which moment, by the source's clock, changes are in the tables; empty before the first
 * @param age how long ago the position was stored, by the target's clock; while a pipeline is followed that is about a
 *     minute at most
 * @param changes how many changes were applied, each as often as it was told
 * @param lag how far behind the source that was when the position was stored, by the source's clock; empty before the
 *     first
 * @param changesPerSecond how fast changes were applied then, over some ten seconds
 * @param rowsPerSecond how fast rows were inserted, updated or deleted for them
 * @param rejected how many documents were rejected, each as often as it was; the first load is not counted
 */
public record Following(
        String pipeline,
        String source,
        boolean loaded,
        Optional<Instant> reached,
        Duration age,
        long changes,
        Optional<Duration> lag,
        double changesPerSecond,
        double rowsPerSecond,
        long rejected) {}
