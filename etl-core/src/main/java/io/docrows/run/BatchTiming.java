package io.docrows.run;

import java.time.Duration;

/**
 * How long one batch took on its way. Reading and writing go on at the same time, each on a thread of its own, so these
 * do not add up to the time that passed. Immutable.
 *
 * @param reading waiting for the source, and taking documents from it
 * @param decoding turning documents into records; extrapolated from a sample of them
 * @param readerWaiting the batch before this one was read, but the writer was not ready to take it; long when the
 *     target is what limits the run
 * @param writerWaiting the writer had nothing to write; long when the source or the decoding is what limits the run
 * @param writing the transaction, attempts that failed included
 */
public record BatchTiming(
        Duration reading, Duration decoding, Duration readerWaiting, Duration writerWaiting, Duration writing) {

    /** Nothing yet. */
    public static final BatchTiming NONE =
            new BatchTiming(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO);

    /**
     * Returns the sum of these times and others.
     *
     * @param other the times to add
     * @return the sum
     */
    public BatchTiming plus(BatchTiming other) {
        return new BatchTiming(
                reading.plus(other.reading),
                decoding.plus(other.decoding),
                readerWaiting.plus(other.readerWaiting),
                writerWaiting.plus(other.writerWaiting),
                writing.plus(other.writing));
    }
}
