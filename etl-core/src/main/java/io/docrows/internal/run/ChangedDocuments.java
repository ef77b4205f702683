package io.docrows.internal.run;

import io.docrows.internal.mapping.CompiledMapping;
import io.docrows.internal.mapping.MappedCollection;
import io.docrows.mapping.CollectionMapping;
import io.docrows.mapping.DocumentId;
import io.docrows.source.ChangeSource;
import io.docrows.source.DocumentReader;
import io.docrows.source.DocumentSource;
import io.docrows.source.Partition;
import io.docrows.source.ReadRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.bson.BsonTimestamp;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * The documents that were changed, as a source of one partition a collection; and which of them exist, and are a
 * mapping's, once they were read.
 */
final class ChangedDocuments implements DocumentSource {

    private final ChangeSource source;
    private final Map<String, MappedCollection> collections = new HashMap<>();
    private Map<String, Map<String, BsonValue>> changed = Map.of();
    private BsonTimestamp latest = new BsonTimestamp(0);
    private final Map<CollectionMapping<?>, Set<String>> taken = new HashMap<>();
    private final Map<String, Set<String>> found = new HashMap<>();

    ChangedDocuments(ChangeSource source, List<CollectionMapping<?>> mappings) {
        this.source = source;
        MappedCollection.of(mappings).forEach(collection -> collections.put(collection.name(), collection));
    }

    /** Takes up the next changes: the documents' {@code _id}s by their text, by collection. */
    void begin(Map<String, Map<String, BsonValue>> ids, BsonTimestamp notBefore) {
        changed = ids;
        latest = notBefore;
        found.clear();
        taken.clear();
        for (String name : ids.keySet()) {
            found.put(name, ConcurrentHashMap.newKeySet());
            collection(name).mappings().forEach(mapping -> taken.put(mapping, ConcurrentHashMap.newKeySet()));
        }
    }

    private MappedCollection collection(String name) {
        return Objects.requireNonNull(collections.get(name), name);
    }

    /** The texts of the {@code _id}s of documents that exist. */
    Set<String> found(String collection) {
        return found.getOrDefault(collection, Set.of());
    }

    /** Those of documents that exist and that the mapping takes. */
    Set<String> taken(CollectionMapping<?> mapping) {
        return taken.getOrDefault(mapping, Set.of());
    }

    @Override
    public String description() {
        return source.description();
    }

    @Override
    public Set<String> collections() {
        return collections.keySet();
    }

    @Override
    public OptionalLong estimatedCount(String collection) {
        return OptionalLong.of(changed.getOrDefault(collection, Map.of()).size());
    }

    @Override
    public List<Partition> partitions(String collection, ReadRequest request) {
        return List.of(new Partition(collection, 0, new byte[0]));
    }

    @Override
    public DocumentReader open(Partition partition, byte @Nullable [] after) {
        String name = partition.collection();
        List<BsonValue> ids =
                new ArrayList<>(changed.getOrDefault(name, Map.of()).values());
        List<CollectionMapping<?>> mappings = collection(name).mappings();
        var matcher = CompiledMapping.matcher(mappings);
        // What an attempt before this one found may be gone by now.
        found(name).clear();
        mappings.forEach(mapping -> taken(mapping).clear());
        DocumentReader reader = source.read(name, ids, latest);
        return new DocumentReader() {
            @Override
            public byte @Nullable [] read() {
                byte[] document = reader.read();
                if (document != null) {
                    String id = DocumentId.ofDocument(document);
                    found(name).add(id);
                    boolean[] met = matcher.match(document);
                    for (int i = 0; i < met.length; i++) {
                        if (met[i]) {
                            taken(mappings.get(i)).add(id);
                        }
                    }
                }
                return document;
            }

            @Override
            public byte @Nullable [] position() {
                // All are read again if they are not read to their end.
                return null;
            }

            @Override
            public void close() {
                reader.close();
            }
        };
    }

    /** The source itself stays open. */
    @Override
    public void close() {}
}
