package io.docrows.internal.incremental;

import io.docrows.internal.metadata.WatermarkStore.Mark;
import io.docrows.source.ChangedSince;
import java.time.Instant;
import java.util.List;

/**
 * What has changed of a collection. Immutable.
 *
 * @param path the watermark field
 * @param since the first moment that counts: the mark minus the overlap
 * @param mark where the last completed run came to
 */
public record Increment(List<String> path, Instant since, Mark mark) {

    /** Copies the path. */
    public Increment {
        path = List.copyOf(path);
    }

    /**
     * What to ask a source for.
     *
     * @return the condition
     */
    public ChangedSince condition() {
        return new ChangedSince(path, since);
    }
}
