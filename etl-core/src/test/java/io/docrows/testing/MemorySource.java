package io.docrows.testing;

import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.docrows.mapping.DocumentId;
import io.docrows.source.DocumentReader;
import io.docrows.source.DocumentSource;
import io.docrows.source.Partition;
import io.docrows.source.ReadRequest;
import io.docrows.source.internal.MissingCollection;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;

/**
 * A source in memory, whose larger collections are split into as many partitions as asked for; a small one is read in
 * its order, as a small file is. It can be told to fail after some documents. Documents may be changed between runs,
 * not during one.
 */
public final class MemorySource implements DocumentSource {

    private static final int SPLIT_FROM = 500;
    private static final int POSITION = Integer.BYTES;

    private final Map<String, List<byte[]>> collections = new TreeMap<>();
    private volatile int failAfter = Integer.MAX_VALUE;
    private volatile Runnable beforeEach = () -> {};

    /** Sets a collection's documents, as Extended JSON. */
    public MemorySource with(String collection, String... documents) {
        List<byte[]> raw = new ArrayList<>();
        for (String document : documents) {
            raw.add(Bson.bson(document));
        }
        collections.put(collection, raw);
        return this;
    }

    /** Sets a collection's documents, raw. */
    public MemorySource withRaw(String collection, List<byte[]> documents) {
        collections.put(collection, List.copyOf(documents));
        return this;
    }

    /** Lets every reader fail after so many documents. */
    public MemorySource failingAfter(int documents) {
        failAfter = documents;
        return this;
    }

    /** Calls back before each document is read. */
    public MemorySource beforeEach(Runnable action) {
        beforeEach = action;
        return this;
    }

    @Override
    public String description() {
        return "memory";
    }

    @Override
    public Set<String> collections() {
        return collections.keySet();
    }

    @Override
    public OptionalLong estimatedCount(String collection) {
        return OptionalLong.of(documents(collection).size());
    }

    @Override
    public List<Partition> partitions(String collection, ReadRequest request) {
        int size = documents(collection).size();
        int wanted = size < SPLIT_FROM ? 1 : request.partitions();
        List<Partition> partitions = new ArrayList<>();
        for (int i = 0; i < wanted; i++) {
            int from = (int) ((long) size * i / wanted);
            int to = (int) ((long) size * (i + 1) / wanted);
            BsonDocument spec = new BsonDocument("ids", new org.bson.BsonArray(request.ids()));
            spec.put("from", new org.bson.BsonInt32(from));
            spec.put("to", new org.bson.BsonInt32(to));
            partitions.add(new Partition(collection, i, Bson.bytes(spec)));
        }
        return partitions;
    }

    @Override
    public DocumentReader open(Partition partition, byte @Nullable [] after) {
        BsonDocument spec = new RawBsonDocument(partition.spec());
        if (!spec.containsKey("ids") || (after != null && after.length != POSITION)) {
            throw new DocrowsException(
                    ErrorCode.INVALID_OPTION, "the position is another source's; start over with --force");
        }
        List<byte[]> documents = documents(partition.collection());
        List<BsonValue> ids = spec.getArray("ids").getValues();
        // As those of the documents are named, of which long ones are hashed.
        Set<String> keys = ids.stream()
                .map(id -> DocumentId.ofDocument(Bson.bytes(new BsonDocument("_id", id))))
                .collect(Collectors.toSet());
        int start = after == null
                ? spec.getInt32("from").getValue()
                : ByteBuffer.wrap(after).getInt();
        return new Reader(documents, keys, start, spec.getInt32("to").getValue(), after == null);
    }

    private List<byte[]> documents(String collection) {
        List<byte[]> documents = collections.get(collection);
        if (documents == null) {
            throw MissingCollection.error(collection, description(), collections());
        }
        return documents;
    }

    @Override
    public void close() {}

    private final class Reader implements DocumentReader {

        private final List<byte[]> documents;
        private final Set<String> ids;
        private final int end;
        private boolean fresh;
        private int next;
        private int read;

        private Reader(List<byte[]> documents, Set<String> ids, int start, int end, boolean fresh) {
            this.documents = documents;
            this.ids = ids;
            this.next = start;
            this.end = end;
            this.fresh = fresh;
        }

        @Override
        public byte @Nullable [] read() {
            while (next < end) {
                byte[] document = documents.get(next);
                if (ids.isEmpty() || ids.contains(DocumentId.ofDocument(document))) {
                    if (read++ == failAfter) {
                        throw new DocrowsException(ErrorCode.SOURCE_FAILED, "the source was told to fail");
                    }
                    beforeEach.run();
                    next++;
                    fresh = false;
                    return document.clone();
                }
                next++;
            }
            return null;
        }

        @Override
        public byte @Nullable [] position() {
            return fresh ? null : ByteBuffer.allocate(POSITION).putInt(next).array();
        }

        @Override
        public void close() {}
    }
}
