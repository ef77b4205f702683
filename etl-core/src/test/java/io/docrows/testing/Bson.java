package io.docrows.testing;

import org.bson.BsonBinaryWriter;
import org.bson.BsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.codecs.EncoderContext;
import org.bson.io.BasicOutputBuffer;

/** Documents for tests, written as MongoDB Extended JSON. */
public final class Bson {

    private Bson() {}

    /** The raw bytes of a document in Extended JSON (single quotes are allowed). */
    public static byte[] bson(String json) {
        return bytes(BsonDocument.parse(json));
    }

    /** The raw bytes of a document. */
    public static byte[] bytes(BsonDocument document) {
        try (BasicOutputBuffer buffer = new BasicOutputBuffer();
                BsonBinaryWriter writer = new BsonBinaryWriter(buffer)) {
            new BsonDocumentCodec()
                    .encode(writer, document, EncoderContext.builder().build());
            return buffer.toByteArray();
        }
    }
}
