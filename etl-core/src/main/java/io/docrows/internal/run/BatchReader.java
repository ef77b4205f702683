package io.docrows.internal.run;

import io.docrows.error.DocrowsException;
import io.docrows.internal.decode.Decoder;
import io.docrows.internal.incremental.WatermarkFilter;
import io.docrows.internal.postgres.UnforeseenFailure;
import io.docrows.mapping.Decoded;
import io.docrows.source.DocumentReader;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import org.jooq.TableRecord;
import org.jspecify.annotations.Nullable;

/**
 * Reads and decodes one partition while the batch before is being written. The last batch it hands over says how
 * reading ended; what ends it without one, an {@link Error} included, is told to the writer as well.
 */
final class BatchReader<R extends TableRecord<R>> implements Runnable {

    /**
     * One document in so many is timed: decoding is as long for one as for another, reading is not. The first of a
     * batch counts for itself alone, since the first of all meets cold code.
     */
    private static final int TIMED = 16;

    /** So much memory is taken at once, for many documents. */
    private static final long STEP = 1 << 20;

    private final String collection;
    private final DocumentReader reader;
    private final WatermarkFilter filter;
    private final Decoder<Decoded<R>> decoder;
    private final Handover<Batch<R>> batches;
    private final int batchDocuments;
    private final long batchBytes;
    private final Allowance allowance;
    private final BatchMemory memory;
    private final BooleanSupplier stopped;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean unwanted;
    private @Nullable Thread thread;
    private long waiting;

    BatchReader(
            String collection,
            DocumentReader reader,
            WatermarkFilter filter,
            Decoder<Decoded<R>> decoder,
            Handover<Batch<R>> batches,
            int batchDocuments,
            long batchBytes,
            Allowance allowance,
            BatchMemory memory,
            BooleanSupplier stopped) {
        this.collection = collection;
        this.reader = reader;
        this.filter = filter;
        this.decoder = decoder;
        this.batches = batches;
        this.batchDocuments = batchDocuments;
        this.batchBytes = Math.min(batchBytes, memory.batchBytes());
        this.allowance = allowance;
        this.memory = memory;
        this.stopped = stopped;
    }

    @Override
    public void run() {
        try (reader) {
            synchronized (this) {
                thread = Thread.currentThread();
            }
            Batch<R> batch;
            do {
                batch = next();
                long ready = System.nanoTime();
                give(batch);
                waiting = System.nanoTime() - ready;
            } while (batch.end() == null);
        } catch (InterruptedException e) {
            // Nobody waits for more batches, and the thread has nothing else to do.
        } catch (Throwable e) {
            batches.fail(e);
        } finally {
            synchronized (this) {
                thread = null;
                Thread.interrupted();
            }
            ended.countDown();
        }
    }

    private void give(Batch<R> batch) throws InterruptedException {
        boolean given = false;
        try {
            batches.give(batch);
            given = true;
        } finally {
            if (!given) {
                batch.memory().release();
            }
        }
    }

    /** Begins to read, on a thread that must be there: else the reader is let go of at once. */
    void begin(Executor threads) {
        try {
            threads.execute(this);
        } catch (RuntimeException | Error e) {
            reader.close();
            throw e;
        }
    }

    /** Ends the reading, if it has not ended by itself, and waits until file or cursor are let go of. */
    void stop() throws InterruptedException {
        unwanted = true;
        synchronized (this) {
            if (thread != null) {
                thread.interrupt();
            }
        }
        ended.await();
    }

    private Batch<R> next() throws InterruptedException {
        BatchMemory.Share share = memory.share();
        boolean handedOver = false;
        try {
            Batch<R> batch = next(share);
            handedOver = true;
            return batch;
        } finally {
            if (!handedOver) {
                share.release();
            }
        }
    }

    private Batch<R> next(BatchMemory.Share share) throws InterruptedException {
        List<Decoded<R>> documents = new ArrayList<>();
        long bytes = 0;
        Batch.End end = null;
        DocrowsException failure = null;
        long began = System.nanoTime();
        long first = 0;
        long sample = 0;
        long room = 0;
        boolean undecoded = false;
        try {
            while (documents.size() < batchDocuments && bytes < batchBytes) {
                if (unwanted || stopped.getAsBoolean()) {
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
                byte @Nullable [] document = allowance.take() ? reader.read() : null;
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
                        documents.add(decoder.decode(document));
                        long spent = System.nanoTime() - before;
                        first = documents.size() == 1 ? spent : first;
                        sample += spent;
                    } else {
                        documents.add(decoder.decode(document));
                    }
                    bytes += document.length;
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

    private ReadTiming timing(long began, int documents, long first, long sample) {
        long spent = System.nanoTime() - began;
        int timed = Math.max(0, documents - 1) / TIMED;
        long others = timed == 0 ? sample : sample * (documents - 1) / timed;
        long decoding = Math.min(spent, first + others);
        return new ReadTiming(spent - decoding, decoding, waiting);
    }
}
