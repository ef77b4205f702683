package io.docrows.internal.stage;

import io.docrows.error.DocrowsException;
import io.docrows.internal.incremental.WatermarkFilter;
import io.docrows.internal.mapping.CompiledMapping;
import io.docrows.internal.postgres.UnforeseenFailure;
import io.docrows.source.DocumentReader;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads one partition, batch after batch: takes documents from the source, passes over those that are not wanted, and
 * decodes the others. The last batch says how reading ended. Not thread-safe, but for {@link #stop}.
 *
 * @param <D> what a document is decoded into
 */
public final class PartitionFeed<D> implements AutoCloseable {

    /**
     * One document in so many is timed: decoding is as long for one as for another, reading is not. The first of a
     * batch counts for itself alone, since the first of all meets cold code.
     */
    private static final int TIMED = 16;

    /**
     * A batch holds so many times as many rows, in all tables of the tree, as it may hold documents: large arrays make
     * it end earlier.
     */
    private static final long ROWS_PER_DOCUMENT = 20;

    /** So much memory is taken at once, for many documents. */
    private static final long STEP = 1 << 20;

    private final String collection;
    private final DocumentReader reader;
    private final WatermarkFilter filter;
    private final Function<byte[], D> decoder;
    private final FeedLimits limits;
    private final long batchBytes;
    private volatile boolean unwanted;

    /**
     * A feed.
     *
     * @param collection what messages call the documents
     * @param reader where they come from; closed with the feed
     * @param filter which of them are wanted
     * @param decoder decodes one document
     * @param limits bounds the batches
     */
    public PartitionFeed(
            String collection,
            DocumentReader reader,
            WatermarkFilter filter,
            Function<byte[], D> decoder,
            FeedLimits limits) {
        this.collection = collection;
        this.reader = reader;
        this.filter = filter;
        this.decoder = decoder;
        this.limits = limits;
        this.batchBytes = Math.min(limits.bytes(), limits.memory().batchBytes());
    }

    /**
     * Reads the next batch, waiting for memory if other feeds have it.
     *
     * @return the batch; a failure of the source is told by it, so that what was read before is not lost
     * @throws InterruptedException if the thread is interrupted while it waits
     * @throws RuntimeException if decoding fails, which is a defect; what was read of the batch is lost then
     */
    public Batch<D> next() throws InterruptedException {
        BatchMemory.Share share = limits.memory().share();
        boolean handedOver = false;
        try {
            Batch<D> batch = next(share);
            handedOver = true;
            return batch;
        } finally {
            if (!handedOver) {
                share.release();
            }
        }
    }

    private Batch<D> next(BatchMemory.Share share) throws InterruptedException {
        List<D> documents = new ArrayList<>();
        long bytes = 0;
        long rows = 0;
        Batch.End end = null;
        DocrowsException failure = null;
        long began = System.nanoTime();
        long first = 0;
        long sample = 0;
        long room = 0;
        boolean undecoded = false;
        try {
            while (documents.size() < limits.documents()
                    && bytes < batchBytes
                    && rows < ROWS_PER_DOCUMENT * limits.documents()) {
                if (unwanted || limits.stopped().getAsBoolean()) {
                    end = Batch.End.STOPPED;
                    break;
                }
                if (bytes >= room) {
                    if (documents.isEmpty()) {
                        share.more(STEP);
                    } else if (!share.tryMore(STEP)) {
                        break;
                    }
                    room += STEP;
                }
                byte @Nullable [] document = limits.allowance().take() ? reader.read() : null;
                if (document == null) {
                    end = Batch.End.COMPLETE;
                    break;
                }
                // Until it is in the batch, the reader's position is behind a document that nobody has: should decoding
                // fail, the batch must not be handed over, or the next run would pass that document over.
                undecoded = true;
                if (filter.admits(document)) {
                    if (bytes + document.length > room) {
                        share.more(bytes + document.length - room);
                        room = bytes + document.length;
                    }
                    if (documents.size() % TIMED == 0) {
                        long before = System.nanoTime();
                        documents.add(decoder.apply(document));
                        long spent = System.nanoTime() - before;
                        first = documents.size() == 1 ? spent : first;
                        sample += spent;
                    } else {
                        documents.add(decoder.apply(document));
                    }
                    bytes += document.length;
                    rows += CompiledMapping.rowCount(documents.get(documents.size() - 1));
                }
                undecoded = false;
            }
        } catch (RuntimeException e) {
            if (undecoded) {
                throw e;
            }
            end = Batch.End.FAILED;
            failure = UnforeseenFailure.translate(e, "while reading " + collection);
        }
        return new Batch<>(
                documents,
                reader.position(),
                end,
                failure,
                filter.take(),
                timing(began, documents.size(), first, sample - first),
                share);
    }

    private static ReadTiming timing(long began, int documents, long first, long sample) {
        long spent = System.nanoTime() - began;
        int timed = Math.max(0, documents - 1) / TIMED;
        long others = timed == 0 ? sample : sample * (documents - 1) / timed;
        long decoding = Math.min(spent, first + others);
        return new ReadTiming(spent - decoding, decoding);
    }

    /** Ends the feed with the document in hand. May be called from any thread. */
    public void stop() {
        unwanted = true;
    }

    /** Closes the reader. */
    @Override
    public void close() {
        reader.close();
    }
}
