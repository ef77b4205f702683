package io.docrows.internal.compare;

import io.docrows.internal.decode.Decoder;
import io.docrows.internal.incremental.WatermarkFilter;
import io.docrows.internal.mapping.CompiledMapping;
import io.docrows.internal.postgres.UnforeseenFailure;
import io.docrows.internal.run.BatchMemory;
import io.docrows.mapping.CollectionMapping;
import io.docrows.mapping.Decoded;
import io.docrows.report.Drift;
import io.docrows.source.DocumentReader;
import io.docrows.source.DocumentSource;
import io.docrows.source.Partition;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.jooq.TableRecord;
import org.jspecify.annotations.Nullable;

/**
 * Reads and decodes one collection in the very batches in which a run with one writer would read it. Not thread-safe.
 *
 * @param <R> the generated record type of the mapped table
 */
final class CollectionReading<R extends TableRecord<R>> implements AutoCloseable {

    private final String collection;
    private final DocumentSource source;
    private final Decoder<Decoded<R>> decoder;
    private final Queue<Partition> partitions;
    private final Scope scope;
    private final WatermarkFilter filter;
    private final long batchBytes;
    private long left;
    private @Nullable DocumentReader reader;

    CollectionReading(DocumentSource source, CollectionMapping<R> mapping, Scope scope) {
        this(source, mapping, scope, BatchMemory.ofHeap().batchBytes());
    }

    /** With a bound that memory sets to the bytes of a batch, whatever the scope says. */
    CollectionReading(DocumentSource source, CollectionMapping<R> mapping, Scope scope, long mostBytes) {
        this.collection = mapping.collection();
        this.source = source;
        this.decoder = CompiledMapping.decoder(mapping);
        this.partitions =
                new ArrayDeque<>(source.partitions(mapping.collection(), scope.request(mapping.collection())));
        this.scope = scope;
        this.filter = scope.filter(mapping);
        this.batchBytes = Math.min(scope.batchBytes(), mostBytes);
        this.left = scope.limit().orElse(Long.MAX_VALUE);
    }

    /** The next batch, or null at the end. */
    @Nullable List<Decoded<R>> next() {
        try {
            while (true) {
                DocumentReader open = reader;
                if (open == null) {
                    Partition partition = partitions.poll();
                    if (partition == null || left == 0) {
                        return null;
                    }
                    open = source.open(partition, null);
                    reader = open;
                }
                List<Decoded<R>> batch = batch(open);
                if (!batch.isEmpty()) {
                    return batch;
                }
                close();
            }
        } catch (RuntimeException | Error e) {
            throw UnforeseenFailure.translate(e, "while reading " + collection);
        }
    }

    private List<Decoded<R>> batch(DocumentReader open) {
        List<Decoded<R>> batch = new ArrayList<>();
        long bytes = 0;
        while (batch.size() < scope.batchDocuments()
                && bytes < batchBytes
                && left > 0
                && !scope.cancellation().isRequested()) {
            byte[] document = open.read();
            if (document == null) {
                break;
            }
            if (!filter.admits(document)) {
                continue;
            }
            batch.add(decoder.decode(document));
            bytes += document.length;
            left--;
        }
        return batch;
    }

    /** How the documents so far differ from what the mapping expects. */
    Drift drift() {
        return decoder.drift();
    }

    @Override
    public void close() {
        DocumentReader open = reader;
        reader = null;
        if (open != null) {
            open.close();
        }
    }
}
