package io.docrows.source.json;

import io.docrows.source.internal.BsonBytes;
import org.bson.BSONException;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.jspecify.annotations.Nullable;

/**
 * A place behind a document. Immutable.
 *
 * @param offset the offset behind the document, counted in the uncompressed content
 * @param number the number that the document got; 0 if none get any
 * @param line the line in which the document ends, from 1; 0 if lines are not counted
 */
record JsonPosition(long offset, long number, long line) {

    byte[] encode() {
        BsonDocument position = new BsonDocument("json", new BsonInt64(offset));
        if (line > 0) {
            position.append("number", new BsonInt64(number)).append("line", new BsonInt64(line));
        }
        return BsonBytes.encode(position);
    }

    static @Nullable JsonPosition decode(byte @Nullable [] bytes, String collection) {
        if (bytes == null) {
            return null;
        }
        try {
            BsonDocument position = BsonBytes.decode(bytes);
            BsonInt64 none = new BsonInt64(0);
            return new JsonPosition(
                    position.getInt64("json").getValue(),
                    position.getInt64("number", none).getValue(),
                    position.getInt64("line", none).getValue());
        } catch (BSONException foreign) {
            throw JsonPartition.foreign(collection);
        }
    }
}
