package io.docrows.inspect.internal.read;

import io.docrows.run.Cancellation;
import io.docrows.source.DocumentReader;
import io.docrows.source.DocumentSource;
import io.docrows.source.Partition;
import io.docrows.source.ReadRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One reading of one collection. Where the source can be split, each thread reads partitions of its own; where it
 * cannot, one thread reads and the others measure. Thread-safe as far as it is used by {@link #into}.
 */
public final class Scan {

    /** Partitions for each thread, so that none is left alone with the last one. */
    private static final int PARTITIONS_EACH = 4;

    private static final int BATCH_DOCUMENTS = 256;
    private static final int BATCH_BYTES = 1 << 18;
    private static final List<byte[]> END = List.of();

    private final DocumentSource source;
    private final int threads;
    private final OptionalLong sample;
    private final Cancellation cancellation;
    private final LongConsumer progress;
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    /**
     * A reading.
     *
     * @param source where the documents are
     * @param threads how many threads measure
     * @param sample about how many documents of the collection are enough; empty for all
     * @param cancellation stops the reading
     * @param progress is told how many documents were read since it was told last; called by several threads
     */
    public Scan(
            DocumentSource source, int threads, OptionalLong sample, Cancellation cancellation, LongConsumer progress) {
        this.source = source;
        this.threads = threads;
        this.sample = sample;
        this.cancellation = cancellation;
        this.progress = progress;
    }

    /**
     * Reads the collection.
     *
     * @param collection its name
     * @param fields the top-level fields that are needed; empty for all
     * @param sinks makes a sink for each thread
     * @param <S> the sinks' type
     * @return the sinks, with what they took
     * @throws InterruptedReadingException if the reading was cancelled
     */
    public <S extends DocumentSink> List<S> into(String collection, List<String> fields, Supplier<S> sinks) {
        // The same partitions for every number of threads, so that a sample is the same one.
        int wanted = sample.isPresent() ? PARTITIONS_EACH : threads * PARTITIONS_EACH;
        ReadRequest request = new ReadRequest(List.of(), wanted, fields, java.util.Optional.empty());
        List<Partition> partitions = source.partitions(collection, request);
        long each = sample.isPresent()
                ? Math.max(1, (sample.getAsLong() + partitions.size() - 1) / partitions.size())
                : Long.MAX_VALUE;
        failure.set(null);
        List<S> made = new ArrayList<>();
        List<Runnable> tasks = new ArrayList<>();
        if (partitions.size() >= threads || threads == 1) {
            ConcurrentLinkedQueue<Partition> queue = new ConcurrentLinkedQueue<>(partitions);
            for (int i = 0; i < Math.min(threads, partitions.size()); i++) {
                S sink = sinks.get();
                made.add(sink);
                tasks.add(() -> readAll(queue, each, sink));
            }
        } else {
            BlockingQueue<List<byte[]>> batches = new ArrayBlockingQueue<>(4 * threads);
            for (int i = 0; i < threads; i++) {
                S sink = sinks.get();
                made.add(sink);
                tasks.add(() -> measure(batches, sink));
            }
            tasks.add(() -> hand(partitions, each, batches));
        }
        run(tasks);
        if (cancellation.isRequested()) {
            throw new InterruptedReadingException();
        }
        return made;
    }

    private void run(List<Runnable> tasks) {
        List<Thread> running = new ArrayList<>();
        for (Runnable task : tasks) {
            Thread thread = new Thread(() -> guarded(task), "docrows-inspect-" + running.size());
            thread.setDaemon(true);
            thread.start();
            running.add(thread);
        }
        boolean interrupted = false;
        for (Thread thread : running) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                    cancellation.request();
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        Throwable thrown = failure.get();
        if (thrown instanceof RuntimeException e) {
            throw e;
        }
        if (thrown instanceof Error e) {
            throw e;
        }
    }

    private void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            failure.compareAndSet(null, e);
        }
    }

    private boolean goesOn() {
        return failure.get() == null && !cancellation.isRequested();
    }

    private void readAll(ConcurrentLinkedQueue<Partition> queue, long each, DocumentSink sink) {
        Partition partition = queue.poll();
        while (partition != null && goesOn()) {
            try (DocumentReader reader = source.open(partition, null)) {
                long left = each;
                int told = 0;
                byte[] document = left > 0 ? reader.read() : null;
                while (document != null) {
                    sink.document(document);
                    left--;
                    if (++told == BATCH_DOCUMENTS) {
                        progress.accept(told);
                        told = 0;
                        if (!goesOn()) {
                            return;
                        }
                    }
                    document = left > 0 ? reader.read() : null;
                }
                progress.accept(told);
            }
            partition = queue.poll();
        }
    }

    private void hand(List<Partition> partitions, long each, BlockingQueue<List<byte[]>> batches) {
        try {
            for (Partition partition : partitions) {
                if (goesOn()) {
                    hand(partition, each, batches);
                }
            }
        } finally {
            for (int i = 0; i < threads; i++) {
                put(batches, END);
            }
        }
    }

    private void hand(Partition partition, long each, BlockingQueue<List<byte[]>> batches) {
        try (DocumentReader reader = source.open(partition, null)) {
            List<byte[]> batch = new ArrayList<>(BATCH_DOCUMENTS);
            int bytes = 0;
            long left = each;
            byte[] document = reader.read();
            while (document != null && left-- > 0) {
                batch.add(document);
                bytes += document.length;
                if (batch.size() == BATCH_DOCUMENTS || bytes >= BATCH_BYTES) {
                    if (!put(batches, batch)) {
                        return;
                    }
                    batch = new ArrayList<>(BATCH_DOCUMENTS);
                    bytes = 0;
                }
                document = reader.read();
            }
            if (!batch.isEmpty()) {
                put(batches, batch);
            }
        }
    }

    /** False if nobody takes it any more. */
    private boolean put(BlockingQueue<List<byte[]>> batches, List<byte[]> batch) {
        try {
            while (goesOn()) {
                if (batches.offer(batch, 100, TimeUnit.MILLISECONDS)) {
                    return true;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }

    private void measure(BlockingQueue<List<byte[]>> batches, DocumentSink sink) {
        try {
            while (goesOn()) {
                List<byte[]> batch = batches.poll(100, TimeUnit.MILLISECONDS);
                if (batch == null) {
                    continue;
                }
                if (batch.isEmpty()) {
                    return;
                }
                batch.forEach(sink::document);
                progress.accept(batch.size());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
