package io.docrows.internal.bson;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.bson.BsonBinaryWriter;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.codecs.EncoderContext;
import org.bson.io.BasicOutputBuffer;

/** Documents as bytes for tests: well-formed ones through the driver, malformed ones by hand. */
public final class BsonBytes {

    private final ByteArrayOutputStream elements = new ByteArrayOutputStream();

    /** The bytes the driver writes for a document. */
    public static byte[] of(BsonDocument document) {
        try (BasicOutputBuffer buffer = new BasicOutputBuffer();
                BsonBinaryWriter writer = new BsonBinaryWriter(buffer)) {
            new BsonDocumentCodec()
                    .encode(writer, document, EncoderContext.builder().build());
            return buffer.toByteArray();
        }
    }

    /** A cursor that stands at the only element of a document. */
    public static BsonCursor at(BsonValue value) {
        return at(of(new BsonDocument("v", value)));
    }

    /** A cursor that stands at the first element of a document. */
    public static BsonCursor at(byte[] document) {
        BsonCursor cursor = new BsonCursor();
        cursor.reset(document);
        if (!cursor.next()) {
            throw new IllegalArgumentException("the document is empty");
        }
        return cursor;
    }

    /** Adds an element with whatever bytes as its value. */
    public BsonBytes element(int type, String name, byte[] value) {
        elements.write(type);
        elements.writeBytes(name.getBytes(UTF_8));
        elements.write(0);
        elements.writeBytes(value);
        return this;
    }

    /** The document with a right length prefix and terminator around the elements. */
    public byte[] document() {
        return document(elements.size() + 5);
    }

    /** The document with whatever length prefix. */
    public byte[] document(int length) {
        byte[] body = elements.toByteArray();
        return concat(int32(length), body, new byte[1]);
    }

    public static byte[] int32(int value) {
        return ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(value)
                .array();
    }

    /** A BSON string with a right length prefix around whatever bytes. */
    public static byte[] string(byte... text) {
        return concat(int32(text.length + 1), text, new byte[1]);
    }

    public static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
