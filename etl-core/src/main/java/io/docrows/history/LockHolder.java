package io.docrows.history;

import java.time.Instant;
import java.util.Optional;

/**
 * Who holds the lock of a pipeline, and so keeps other runs of it from the target. Immutable.
 *
 * @param pipeline the pipeline's name
 * @param processId the PostgreSQL process that serves the holder
 * @param application the name the holder gave itself; empty if it gave none, or the asking user may not see it
 * @param address where it connected from; empty for a local socket, or if the asking user may not see it
 * @param since when it connected; empty if the asking user may not see it
 */
public record LockHolder(
        String pipeline,
        int processId,
        Optional<String> application,
        Optional<String> address,
        Optional<Instant> since) {}
