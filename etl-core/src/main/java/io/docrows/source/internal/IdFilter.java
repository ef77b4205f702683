package io.docrows.source.internal;

import io.docrows.internal.bson.BsonCursor;
import io.docrows.internal.bson.BsonPath;
import io.docrows.internal.bson.MalformedBsonException;
import io.docrows.internal.value.ExtendedJson;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.bson.BsonDocument;
import org.bson.BsonValue;

/** Lets documents pass by their {@code _id}, compared as MongoDB's {@code $in} compares. Immutable. */
public final class IdFilter {

    private static final BsonPath ID = BsonPath.of("_id");
    private static final String MISSING = "null";

    /** The same text for all values that MongoDB holds equal. */
    private final Set<String> wanted;

    /**
     * A filter.
     *
     * @param ids the {@code _id}s to let pass; empty for all
     */
    public IdFilter(List<BsonValue> ids) {
        this.wanted = ids.stream()
                .map(id -> text(BsonBytes.encode(new BsonDocument("_id", id))))
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Whether the document is wanted; one whose {@code _id} cannot be read is not, unless all are.
     *
     * @param document one BSON document
     * @return true if it is to pass
     */
    public boolean accepts(byte[] document) {
        try {
            return wanted.isEmpty() || wanted.contains(text(document));
        } catch (MalformedBsonException malformed) {
            return false;
        }
    }

    private static String text(byte[] document) {
        BsonCursor cursor = new BsonCursor();
        cursor.reset(document);
        return ID.find(cursor) ? ExtendedJson.identity(cursor) : MISSING;
    }
}
