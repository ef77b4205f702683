package io.docrows.inspect.testing;

import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.docrows.source.DocumentReader;
import io.docrows.source.DocumentSource;
import io.docrows.source.Partition;
import io.docrows.source.ReadRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.bson.BsonBinaryWriter;
import org.bson.BsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.codecs.EncoderContext;
import org.bson.io.BasicOutputBuffer;
import org.jspecify.annotations.Nullable;

/** Documents in memory, in any order and in any number of partitions. */
public final class MemorySource implements DocumentSource {

    private final Map<String, List<byte[]>> collections = new TreeMap<>();
    private final int partitions;

    private MemorySource(int partitions) {
        this.partitions = partitions;
    }

    public static MemorySource empty() {
        return new MemorySource(1);
    }

    public MemorySource with(String collection, List<BsonDocument> documents) {
        documents.forEach(document -> withRaw(collection, encode(document)));
        return this;
    }

    public MemorySource with(String collection, String... json) {
        collections.computeIfAbsent(collection, any -> new ArrayList<>());
        for (String one : json) {
            withRaw(collection, encode(BsonDocument.parse(one)));
        }
        return this;
    }

    public MemorySource withRaw(String collection, byte[] document) {
        collections.computeIfAbsent(collection, any -> new ArrayList<>()).add(document);
        return this;
    }

    /** The same documents in another order and in other partitions. */
    public MemorySource shuffled(long seed, int parts) {
        MemorySource other = new MemorySource(parts);
        collections.forEach((name, documents) -> {
            List<byte[]> copy = new ArrayList<>(documents);
            Collections.shuffle(copy, new Random(seed));
            other.collections.put(name, copy);
        });
        return other;
    }

    public static byte[] encode(BsonDocument document) {
        try (BasicOutputBuffer buffer = new BasicOutputBuffer()) {
            new BsonDocumentCodec()
                    .encode(
                            new BsonBinaryWriter(buffer),
                            document,
                            EncoderContext.builder().build());
            return buffer.toByteArray();
        }
    }

    @Override
    public String description() {
        return "memory";
    }

    @Override
    public Set<String> collections() {
        return new TreeSet<>(collections.keySet());
    }

    @Override
    public OptionalLong estimatedCount(String collection) {
        return OptionalLong.of(documents(collection).size());
    }

    private List<byte[]> documents(String collection) {
        List<byte[]> documents = collections.get(collection);
        if (documents == null) {
            throw new DocrowsException(ErrorCode.SOURCE_COLLECTION_MISSING, "no collection " + collection);
        }
        return documents;
    }

    @Override
    public List<Partition> partitions(String collection, ReadRequest request) {
        documents(collection);
        List<Partition> parts = new ArrayList<>();
        for (int i = 0; i < partitions; i++) {
            parts.add(new Partition(collection, i, new byte[0]));
        }
        return parts;
    }

    @Override
    public DocumentReader open(Partition partition, byte @Nullable [] after) {
        List<byte[]> all = documents(partition.collection());
        int from = (int) ((long) all.size() * partition.number() / partitions);
        int to = (int) ((long) all.size() * (partition.number() + 1) / partitions);
        Iterator<byte[]> each = all.subList(from, to).iterator();
        return new DocumentReader() {
            @Override
            public byte @Nullable [] read() {
                return each.hasNext() ? each.next().clone() : null;
            }

            @Override
            public byte @Nullable [] position() {
                return null;
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public void close() {}
}
