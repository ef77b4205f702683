package io.docrows.source.internal;

import io.docrows.internal.bson.BsonCursor;
import io.docrows.internal.bson.BsonPath;
import io.docrows.internal.bson.MalformedBsonException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;
import org.bson.BSONException;
import org.bson.BsonBinaryReader;
import org.bson.BsonBinaryWriter;
import org.bson.BsonDocument;
import org.bson.BsonType;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.codecs.DecoderContext;
import org.bson.codecs.EncoderContext;
import org.bson.io.BasicOutputBuffer;
import org.jspecify.annotations.Nullable;

/** Small BSON documents to bytes and back: positions, specifications, headers. Never for the documents being loaded. */
public final class BsonBytes {

    private static final BsonDocumentCodec CODEC = new BsonDocumentCodec();
    private static final BsonPath ID = BsonPath.of("_id");

    private BsonBytes() {}

    /**
     * A document's bytes as the BSON specification lays them out.
     *
     * @param document the document
     * @return exactly the document's bytes
     */
    public static byte[] encode(BsonDocument document) {
        try (BasicOutputBuffer out = new BasicOutputBuffer(256);
                BsonBinaryWriter writer = new BsonBinaryWriter(out)) {
            CODEC.encode(writer, document, EncoderContext.builder().build());
            return out.toByteArray();
        }
    }

    /**
     * A document's bytes as a driver received them.
     *
     * @param document the document, not looked into
     * @return a copy
     */
    public static byte[] of(RawBsonDocument document) {
        ByteBuffer bytes = document.getByteBuffer().asNIO();
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        return copy;
    }

    /**
     * The document that the bytes hold, decoded whole.
     *
     * @param bytes one BSON document
     * @return the document
     * @throws BSONException if the bytes are not a well-formed document, or nested deeper than
     *     {@link BsonCursor#MAX_DEPTH} levels
     */
    public static BsonDocument decode(byte[] bytes) {
        check(bytes);
        try (BsonBinaryReader reader = new BsonBinaryReader(ByteBuffer.wrap(bytes))) {
            return CODEC.decode(reader, DecoderContext.builder().build());
        }
    }

    /**
     * The {@code _id} of a document, and nothing else of it decoded.
     *
     * @param document one BSON document
     * @return the first value of that name; null if there is none
     * @throws BSONException as for {@link #decode}
     */
    public static @Nullable BsonValue id(byte[] document) {
        BsonCursor cursor = new BsonCursor();
        try {
            cursor.reset(document);
            return ID.find(cursor) ? value(cursor.type(), cursor.value()) : null;
        } catch (MalformedBsonException malformed) {
            throw new BSONException("malformed BSON", malformed);
        }
    }

    /**
     * A value, decoded.
     *
     * @param type its type
     * @param value its bytes, without type and name
     * @return the value
     * @throws BSONException as for {@link #decode}
     */
    public static BsonValue value(BsonType type, byte[] value) {
        int length = 4 + 1 + 1 + 1 + value.length + 1;
        ByteBuffer document = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        byte[] bytes = document.putInt(length)
                .put((byte) type.getValue())
                .put((byte) 'v')
                .put((byte) 0)
                .put(value)
                .array();
        return Objects.requireNonNull(decode(bytes).get("v"));
    }

    /** The driver's codecs go down with the nesting of what they decode, to the end of the stack; a cursor does not. */
    private static void check(byte[] bytes) {
        BsonCursor cursor = new BsonCursor();
        try {
            cursor.reset(bytes);
            while (true) {
                if (!cursor.next()) {
                    if (cursor.depth() == 0) {
                        return;
                    }
                    cursor.leave();
                } else if (nests(cursor.type())) {
                    cursor.enter();
                }
            }
        } catch (MalformedBsonException malformed) {
            throw new BSONException("malformed BSON", malformed);
        }
    }

    private static boolean nests(BsonType type) {
        return type == BsonType.DOCUMENT || type == BsonType.ARRAY || type == BsonType.JAVASCRIPT_WITH_SCOPE;
    }
}
