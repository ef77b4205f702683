package io.docrows.internal.run;

import io.docrows.run.BatchTiming;
import java.time.Duration;

/**
 * Where a reader's time went, in nanoseconds.
 *
 * @param reading taking documents from the source
 * @param decoding turning them into records
 * @param waiting for the writer to take the batch before
 */
record ReadTiming(long reading, long decoding, long waiting) {

    BatchTiming written(long writerWaiting, long writing) {
        return new BatchTiming(
                Duration.ofNanos(reading),
                Duration.ofNanos(decoding),
                Duration.ofNanos(waiting),
                Duration.ofNanos(writerWaiting),
                Duration.ofNanos(writing));
    }
}
