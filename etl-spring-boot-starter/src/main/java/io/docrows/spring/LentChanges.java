package io.docrows.spring;

import io.docrows.source.ChangeReader;
import io.docrows.source.ChangeSource;
import io.docrows.source.DocumentReader;
import java.util.List;
import java.util.Set;
import org.bson.BsonTimestamp;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/** A source that belongs to the application and can be followed: closing it does nothing. */
final class LentChanges extends LentSource implements ChangeSource {

    private final ChangeSource source;

    LentChanges(ChangeSource source) {
        super(source);
        this.source = source;
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
}
