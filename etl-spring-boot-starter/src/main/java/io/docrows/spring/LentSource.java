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
class LentSource implements DocumentSource {

    private final DocumentSource source;

    LentSource(DocumentSource source) {
        this.source = source;
    }

    /** Lends a source, with its changes if it tells any. */
    static DocumentSource of(DocumentSource source) {
        return source instanceof ChangeSource changing ? new LentChanges(changing) : new LentSource(source);
    }

    @Override
    public final String description() {
        return source.description();
    }

    @Override
    public final Set<String> collections() {
        return source.collections();
    }

    @Override
    public final OptionalLong estimatedCount(String collection) {
        return source.estimatedCount(collection);
    }

    @Override
    public final List<Partition> partitions(String collection, ReadRequest request) {
        return source.partitions(collection, request);
    }

    @Override
    public final DocumentReader open(Partition partition, byte @Nullable [] after) {
        return source.open(partition, after);
    }

    @Override
    public final void close() {}
}
