package io.docrows.spring;

import io.docrows.source.ChangeSource;
import io.docrows.source.DocumentReader;
import io.docrows.source.DocumentSource;
import io.docrows.source.Partition;
import io.docrows.source.ReadRequest;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A source that belongs to the application: closing it does nothing. */
record LentSource(DocumentSource source) implements DocumentSource {

    /** Lends a source, with its changes if it tells any. */
    static DocumentSource of(DocumentSource source) {
        return source instanceof ChangeSource changing ? new LentChanges(changing) : new LentSource(source);
    }

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
    public void close() {}
}
