package io.docrows.source.internal;

import java.nio.ByteBuffer;
import org.bson.BsonBinaryReader;
import org.bson.BsonBinaryWriter;
import org.bson.BsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.codecs.DecoderContext;
import org.bson.codecs.EncoderContext;
import org.bson.io.BasicOutputBuffer;

/** Small BSON documents to bytes and back: positions, specifications, headers. Never for the documents being loaded. */
public final class BsonBytes {

    private static final BsonDocumentCodec CODEC = new BsonDocumentCodec();

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
     * The document that the bytes hold, decoded whole.
     *
     * @param bytes one BSON document
     * @return the document
     * @throws org.bson.BSONException if the bytes are not a well-formed document
     */
    public static BsonDocument decode(byte[] bytes) {
        try (BsonBinaryReader reader = new BsonBinaryReader(ByteBuffer.wrap(bytes))) {
            return CODEC.decode(reader, DecoderContext.builder().build());
        }
    }
}
