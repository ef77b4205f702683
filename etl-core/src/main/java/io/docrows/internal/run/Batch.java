package io.docrows.internal.run;

import io.docrows.error.DocrowsException;
import io.docrows.internal.incremental.WatermarkFilter;
import io.docrows.mapping.Decoded;
import java.util.List;
import org.jooq.TableRecord;
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
 * @param memory what the documents take, until they are written
 */
record Batch<R extends TableRecord<R>>(
        List<Decoded<R>> documents,
        byte @Nullable [] position,
        @Nullable End end,
        @Nullable DocrowsException failure,
        WatermarkFilter.Tally watermarks,
        ReadTiming timing,
        BatchMemory.Share memory) {

    /** How reading a partition ended. */
    enum End {
        /** Everything asked for was read. */
        COMPLETE,
        /** The run was asked to stop, or another part of it failed. */
        STOPPED,
        /** The source failed; the documents before that are in the batch. */
        FAILED
    }
}
