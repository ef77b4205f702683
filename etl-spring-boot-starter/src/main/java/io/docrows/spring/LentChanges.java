package io.docrows.spring;

import io.docrows.source.ChangeReader;
import io.docrows.source.ChangeSource;
import io.docrows.source.DocumentReader;
import io.docrows.source.Partition;
import io.docrows.source.ReadRequest;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.bson.BsonTimestamp;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/** A source that belongs to the application and can be followed: closing it does nothing. */
record LentChanges(ChangeSource source) implements ChangeSource {

    @Override
    public String description() {
        return source.description();
    }

    @Override
    public Set<String> collections() {
        return source.collections();
    }

    @Override
    public OptionalLong estimatedCount(String collection) {
        return source.estimatedCount(collection);
    }

    @Override
    public List<Partition> partitions(String collection, ReadRequest request) {
        return source.partitions(collection, request);
    }

    @Override
    public DocumentReader open(Partition partition, byte @Nullable [] after) {
        return source.open(partition, after);
    }

    @Override
    public ChangeReader changes(Set<String> collections, byte @Nullable [] after) {
        return source.changes(collections, after);
    }

    @Override
    public BsonTimestamp time() {
        return source.time();
    }

    @Override
    public DocumentReader read(String collection, List<BsonValue> ids, BsonTimestamp notBefore) {
        return source.read(collection, ids, notBefore);
    }

    @Override
    public void close() {}
}
