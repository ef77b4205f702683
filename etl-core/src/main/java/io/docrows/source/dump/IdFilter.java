package io.docrows.source.dump;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.bson.BSONException;
import org.bson.BsonBinaryReader;
import org.bson.BsonNull;
import org.bson.BsonType;
import org.bson.BsonValue;
import org.bson.codecs.BsonValueCodec;
import org.bson.codecs.DecoderContext;

/** Lets documents pass by their {@code _id}, compared as MongoDB's {@code $in} compares. Immutable. */
final class IdFilter {

    private static final BsonValueCodec CODEC = new BsonValueCodec();

    private final Set<IdKey> wanted;

    IdFilter(List<BsonValue> ids) {
        this.wanted = ids.stream().map(IdKey::of).collect(Collectors.toUnmodifiableSet());
    }

    /** Whether the document is wanted; one whose {@code _id} cannot be read is not, unless all are. */
    boolean accepts(byte[] document) {
        if (wanted.isEmpty()) {
            return true;
        }
        try (BsonBinaryReader reader = new BsonBinaryReader(ByteBuffer.wrap(document))) {
            reader.readStartDocument();
            while (reader.readBsonType() != BsonType.END_OF_DOCUMENT) {
                if (reader.readName().equals("_id")) {
                    BsonValue id = CODEC.decode(reader, DecoderContext.builder().build());
                    return wanted.contains(IdKey.of(id));
                }
                reader.skipValue();
            }
            return wanted.contains(IdKey.of(BsonNull.VALUE));
        } catch (BSONException | IllegalArgumentException malformed) {
            return false;
        }
    }
}
