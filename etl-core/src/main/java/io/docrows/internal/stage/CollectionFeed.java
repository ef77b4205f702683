package io.docrows.internal.stage;

import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.docrows.internal.incremental.WatermarkFilter;
import io.docrows.internal.postgres.UnforeseenFailure;
import io.docrows.source.DocumentSource;
import io.docrows.source.Partition;
import io.docrows.source.ReadRequest;
import io.docrows.text.ForeignText;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads one collection, a partition after the other, in the very batches in which a run with one writer would read it.
 * Not thread-safe.
 *
 * @param <D> what a document is decoded into
 */
public final class CollectionFeed<D> implements AutoCloseable {

    private final String collection;
    private final DocumentSource source;
    private final Function<byte[], D> decoder;
    private final Queue<Partition> partitions;
    private final WatermarkFilter filter;
    private final FeedLimits limits;
    private boolean stopped;
    private @Nullable PartitionFeed<D> feed;
    private BatchMemory.@Nullable Share held;

    /**
     * A feed.
     *
     * @param source where documents come from
     * @param collection the collection's name
     * @param request which of its documents
     * @param filter which of those are wanted
     * @param decoder decodes one document
     * @param limits bounds the batches; their memory is this feed's alone
     */
    public CollectionFeed(
            DocumentSource source,
            String collection,
            ReadRequest request,
            WatermarkFilter filter,
            Function<byte[], D> decoder,
            FeedLimits limits) {
        this.collection = collection;
        this.source = source;
        this.decoder = decoder;
        this.partitions = new ArrayDeque<>(source.partitions(collection, request));
        this.filter = filter;
        this.limits = limits;
    }

    /**
     * Reads the next batch. The batch before is no longer in hand.
     *
     * @return decoded documents, at least one; null at the end, or if the feed was stopped
     * @throws DocrowsException if the source fails, or the thread is interrupted while it waits
     */
    public @Nullable List<D> next() {
        release();
        try {
            while (true) {
                PartitionFeed<D> open = open();
                if (open == null) {
                    return null;
                }
                Batch<D> batch = open.next();
                held = batch.memory();
                DocrowsException failure = batch.failure();
                if (failure != null) {
                    throw failure;
                }
                stopped = batch.end() == Batch.End.STOPPED;
                if (batch.end() != null) {
                    closePartition();
                }
                if (!batch.documents().isEmpty()) {
                    return batch.documents();
                }
                release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DocrowsException(
                    ErrorCode.SOURCE_FAILED,
                    "Reading the collection \"" + ForeignText.name(collection) + "\" was interrupted.",
                    e);
        } catch (RuntimeException | Error e) {
            throw UnforeseenFailure.translate(e, "while reading " + collection);
        }
    }

    /**
     * Whether the feed was stopped before its end.
     *
     * @return true if documents were left unread
     */
    public boolean isStopped() {
        return stopped;
    }

    private @Nullable PartitionFeed<D> open() {
        PartitionFeed<D> open = feed;
        if (open == null && !stopped && !limits.allowance().isUsedUp()) {
            Partition partition = partitions.poll();
            if (partition != null) {
                open = new PartitionFeed<>(collection, source.open(partition, null), filter, decoder, limits);
                feed = open;
            }
        }
        return open;
    }

    private void release() {
        BatchMemory.Share share = held;
        held = null;
        if (share != null) {
            share.release();
        }
    }

    private void closePartition() {
        PartitionFeed<D> open = feed;
        feed = null;
        if (open != null) {
            open.close();
        }
    }

    @Override
    public void close() {
        release();
        closePartition();
    }
}
