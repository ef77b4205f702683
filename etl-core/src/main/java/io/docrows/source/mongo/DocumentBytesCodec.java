package io.docrows.source.mongo;

import org.bson.BSONException;
import org.bson.BsonBinaryReader;
import org.bson.BsonReader;
import org.bson.BsonSerializationException;
import org.bson.BsonWriter;
import org.bson.codecs.Codec;
import org.bson.codecs.DecoderContext;
import org.bson.codecs.EncoderContext;
import org.bson.codecs.configuration.CodecRegistries;
import org.bson.codecs.configuration.CodecRegistry;
import org.bson.io.BsonInput;
import org.bson.io.BsonInputMark;

/**
 * Takes a document out of a reply as the bytes that came, copied once and not looked into. (The driver's
 * {@code RawBsonDocument} is made through a writer, with a kilobyte of buffer for each document.) Immutable.
 */
final class DocumentBytesCodec implements Codec<byte[]> {

    /** Knows nothing else. */
    static final CodecRegistry REGISTRY = CodecRegistries.fromCodecs(new DocumentBytesCodec());

    private static final int SMALLEST_DOCUMENT = 5;

    private DocumentBytesCodec() {}

    @Override
    public byte[] decode(BsonReader reader, DecoderContext context) {
        BsonInput input = ((BsonBinaryReader) reader).getBsonInput();
        int begin = input.getPosition();
        BsonInputMark mark = input.getMark(0);
        try {
            reader.skipValue();
            int length = input.getPosition() - begin;
            if (length < SMALLEST_DOCUMENT) {
                throw new BsonSerializationException("a document of " + length + " bytes");
            }
            byte[] document = new byte[length];
            mark.reset();
            input.readBytes(document);
            return document;
        } catch (IllegalArgumentException beyond) {
            throw new BSONException("a document that is longer than its reply", beyond);
        }
    }

    @Override
    public void encode(BsonWriter writer, byte[] document, EncoderContext context) {
        throw new UnsupportedOperationException("documents of a source are only read");
    }

    @Override
    public Class<byte[]> getEncoderClass() {
        return byte[].class;
    }
}
