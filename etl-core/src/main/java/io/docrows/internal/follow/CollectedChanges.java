package io.docrows.internal.follow;

import io.docrows.mapping.DocumentId;
import io.docrows.source.Change;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bson.BsonTimestamp;
import org.bson.BsonValue;

/** The documents that were changed since the last batch, each once, however often it was. Not thread-safe. */
final class CollectedChanges {

    /** An {@code _id} may be long: so much of them is kept, however few documents these are. */
    private static final long MOST_CHARACTERS = 4 << 20;

    private final Map<String, Map<String, BsonValue>> ids = new LinkedHashMap<>();
    private BsonTimestamp latest = new BsonTimestamp(0);
    private int documents;
    private long characters;
    private long changes;
    private long since;

    void add(Change change, long now) {
        if (changes == 0) {
            since = now;
        }
        changes++;
        if (change.time().compareTo(latest) > 0) {
            latest = change.time();
        }
        Map<String, BsonValue> ofCollection =
                ids.computeIfAbsent(change.collection(), collection -> new LinkedHashMap<>());
        String id = DocumentId.text(change.id());
        if (ofCollection.put(id, change.id()) == null) {
            documents++;
            characters += id.length();
        }
    }

    boolean isEmpty() {
        return changes == 0;
    }

    /**
     * Whether these are enough for a round.
     *
     * @param most so many documents are
     */
    boolean isFull(int most) {
        return documents >= most || characters >= MOST_CHARACTERS;
    }

    long changes() {
        return changes;
    }

    /** When the first of them was added. */
    long since() {
        return since;
    }

    BsonTimestamp latest() {
        return latest;
    }

    Map<String, Map<String, BsonValue>> ids() {
        return ids;
    }
}
