package io.docrows.internal.stage;

import io.docrows.error.DocrowsException;
import io.docrows.internal.incremental.WatermarkFilter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What goes into one transaction.
 *
 * @param documents decoded documents, in the order in which they were read
 * @param position where the reader stood after the last of them, null if it had read nothing
 * @param end how reading ended with this batch, null if it goes on
 * @param failure why it failed, if it did
 * @param watermarks what the documents had in their watermark field
 * @param timing how long reading took
 * @param memory what the documents take, until they are written; to be released by whoever has the batch
 * @param <D> what a document is decoded into
 */
public record Batch<D>(
        List<D> documents,
        byte @Nullable [] position,
        @Nullable End end,
        @Nullable DocrowsException failure,
        WatermarkFilter.Tally watermarks,
        ReadTiming timing,
        BatchMemory.Share memory) {

    /** How reading a partition ended. */
    public enum End {
        /** Everything asked for was read. */
        COMPLETE,
        /** Reading was stopped from outside. */
        STOPPED,
        /** The source failed; the documents before that are in the batch. */
        FAILED
    }
}
