package io.docrows.source.mongo;

import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.docrows.internal.bson.BsonCursor;
import io.docrows.internal.bson.FieldName;
import io.docrows.internal.bson.MalformedBsonException;
import io.docrows.source.internal.BsonBytes;
import org.bson.BSONException;
import org.bson.BsonType;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * The {@code _id} of the document that was read last. The document itself is handed on and may be changed, so what is
 * needed of it is copied; it is decoded when somebody asks. Not thread-safe.
 */
final class LastId {

    private static final FieldName ID = FieldName.of("_id");

    private final String collection;
    private final BsonCursor cursor = new BsonCursor();
    private BsonType type = BsonType.END_OF_DOCUMENT;

    /** The {@code _id}'s value, or a whole document whose first field is another one; null before the first. */
    private byte @Nullable [] bytes;

    /**
     * None yet.
     *
     * @param collection what messages call the collection
     */
    LastId(String collection) {
        this.collection = collection;
    }

    void remember(byte[] document) {
        try {
            cursor.reset(document);
            // Servers store it in front of all other fields.
            if (cursor.next() && cursor.nameIs(ID)) {
                type = cursor.type();
                bytes = cursor.value();
                return;
            }
        } catch (MalformedBsonException malformed) {
            // What is wrong with it is told when it is asked for its _id.
        }
        type = BsonType.END_OF_DOCUMENT;
        bytes = document.clone();
    }

    /**
     * The {@code _id}.
     *
     * @return null before the first document
     * @throws DocrowsException {@code SOURCE_FAILED} if the document has none, or one that is no BSON
     */
    @Nullable BsonValue value() {
        byte[] known = bytes;
        if (known == null) {
            return null;
        }
        BsonValue id;
        try {
            id = type == BsonType.END_OF_DOCUMENT ? BsonBytes.id(known) : BsonBytes.value(type, known);
        } catch (BSONException malformed) {
            throw new DocrowsException(
                    ErrorCode.SOURCE_FAILED,
                    "A document of \"" + collection
                            + "\" has an _id that is no BSON, or nested too deep, after which reading cannot go on.",
                    RedactedCause.of(malformed));
        }
        if (id == null) {
            throw new DocrowsException(
                    ErrorCode.SOURCE_FAILED,
                    "A document of \"" + collection
                            + "\" has no _id, so reading cannot continue: only views can have such _ids. Read the"
                            + " collection on which the view is based.");
        }
        return id;
    }
}
