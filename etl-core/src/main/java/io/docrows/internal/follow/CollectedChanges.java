package io.docrows.internal.follow;

import io.docrows.mapping.DocumentId;
import io.docrows.source.Change;
import io.docrows.source.internal.BsonBytes;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bson.BsonDocument;
import org.bson.BsonTimestamp;
import org.bson.BsonValue;

/** The documents that were changed since the last batch, each once, however often it was. Not thread-safe. */
final class CollectedChanges {

    /** An {@code _id} may be long: so much of them is kept, however few documents these are. */
    private static final long MOST_BYTES = 4 << 20;

    private final Map<String, Map<String, BsonValue>> ids = new LinkedHashMap<>();
    private BsonTimestamp latest = new BsonTimestamp(0);
    private int documents;
    private long bytes;
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
        byte[] document = BsonBytes.encode(new BsonDocument("_id", change.id()));
        // The name by which the document goes when it is read, which is not the whole of a long _id.
        if (ofCollection.put(DocumentId.ofDocument(document), change.id()) == null) {
            documents++;
            bytes += document.length;
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
        return documents >= most || bytes >= MOST_BYTES;
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
