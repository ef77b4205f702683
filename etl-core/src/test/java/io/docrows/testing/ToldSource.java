package io.docrows.testing;

import io.docrows.mapping.DocumentId;
import io.docrows.source.Change;
import io.docrows.source.ChangeReader;
import io.docrows.source.ChangeSource;
import io.docrows.source.DocumentReader;
import io.docrows.source.Partition;
import io.docrows.source.ReadRequest;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.bson.BsonDocument;
import org.bson.BsonTimestamp;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * A source in memory that tells its changes: each is one tick of its clock. Documents may be changed between runs, not
 * during one.
 */
public final class ToldSource implements ChangeSource {

    private final MemorySource memory = new MemorySource();
    private final Map<String, Map<String, BsonDocument>> documents = new TreeMap<>();
    private final List<Change> changes = new ArrayList<>();

    /** Makes a collection hold these documents, and tells what was changed, in their order. Nothing is deleted. */
    public void put(String collection, List<BsonDocument> now) {
        Map<String, BsonDocument> before = documents.computeIfAbsent(collection, name -> new LinkedHashMap<>());
        for (BsonDocument document : now) {
            if (!document.equals(before.put(key(document), document))) {
                tell(Change.Kind.CHANGED, collection, document);
            }
        }
        hold(collection);
    }

    /** Deletes whatever is not among these documents, and tells so. */
    public void retain(String collection, List<BsonDocument> now) {
        Map<String, BsonDocument> before = documents.computeIfAbsent(collection, name -> new LinkedHashMap<>());
        Map<String, BsonDocument> gone = new LinkedHashMap<>(before);
        now.forEach(document -> gone.remove(key(document)));
        gone.forEach((key, document) -> {
            before.remove(key);
            tell(Change.Kind.DELETED, collection, document);
        });
        hold(collection);
    }

    private static String key(BsonDocument document) {
        return DocumentId.text(document.get("_id"));
    }

    private void tell(Change.Kind kind, String collection, BsonDocument document) {
        changes.add(new Change(kind, collection, document.get("_id"), new BsonTimestamp(changes.size() + 1L)));
    }

    private void hold(String collection) {
        memory.withRaw(
                collection,
                documents.get(collection).values().stream().map(Bson::bytes).toList());
    }

    @Override
    public String description() {
        return memory.description();
    }

    @Override
    public Set<String> collections() {
        return memory.collections();
    }

    @Override
    public OptionalLong estimatedCount(String collection) {
        return memory.estimatedCount(collection);
    }

    @Override
    public List<Partition> partitions(String collection, ReadRequest request) {
        return memory.partitions(collection, request);
    }

    @Override
    public DocumentReader open(Partition partition, byte @Nullable [] after) {
        return memory.open(partition, after);
    }

    @Override
    public ChangeReader changes(Set<String> collections, byte @Nullable [] after) {
        return new Reader(
                collections,
                after == null ? changes.size() : ByteBuffer.wrap(after).getInt());
    }

    @Override
    public BsonTimestamp time() {
        return new BsonTimestamp(changes.size());
    }

    @Override
    public DocumentReader read(String collection, List<BsonValue> ids, BsonTimestamp notBefore) {
        return memory.open(
                memory.partitions(collection, new ReadRequest(ids, 1)).get(0), null);
    }

    @Override
    public void close() {}

    private final class Reader implements ChangeReader {

        private final Set<String> collections;
        private int next;

        private Reader(Set<String> collections, int next) {
            this.collections = collections;
            this.next = next;
        }

        @Override
        public @Nullable Change read() {
            while (next < changes.size()) {
                Change change = changes.get(next++);
                if (collections.contains(change.collection())) {
                    return change;
                }
            }
            return null;
        }

        @Override
        public byte[] position() {
            return ByteBuffer.allocate(Integer.BYTES).putInt(next).array();
        }

        @Override
        public BsonTimestamp reached() {
            return new BsonTimestamp(next);
        }

        @Override
        public void close() {}
    }
}
