package io.docrows.source.dump;

import io.docrows.source.internal.BsonBytes;
import org.bson.BSONException;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.jspecify.annotations.Nullable;

/**
 * A place behind a document. Immutable.
 *
 * @param offset the offset behind the document, counted in the uncompressed content
 * @param checksum the checksum of an archive's namespace up to there; 0 for other formats
 */
record DumpPosition(long offset, long checksum) {

    byte[] encode() {
        return BsonBytes.encode(
                new BsonDocument("offset", new BsonInt64(offset)).append("checksum", new BsonInt64(checksum)));
    }

    static @Nullable DumpPosition decode(byte @Nullable [] bytes, String collection) {
        if (bytes == null) {
            return null;
        }
        try {
            BsonDocument position = BsonBytes.decode(bytes);
            return new DumpPosition(
                    position.getInt64("offset").getValue(),
                    position.getInt64("checksum").getValue());
        } catch (BSONException foreign) {
            throw DumpPartition.foreign(collection);
        }
    }
}
