package io.docrows.gigs.samples;

import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.bson.BsonBinaryWriter;
import org.bson.BsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.codecs.EncoderContext;
import org.bson.io.BasicOutputBuffer;

/** Writes documents as raw BSON, also such as no driver would send. */
public final class Bson {

    private Bson() {}

    /**
     * A document as raw BSON.
     *
     * @param document the document
     * @return its bytes
     */
    public static byte[] encode(BsonDocument document) {
        try (BasicOutputBuffer buffer = new BasicOutputBuffer();
                BsonBinaryWriter writer = new BsonBinaryWriter(buffer)) {
            new BsonDocumentCodec()
                    .encode(writer, document, EncoderContext.builder().build());
            return buffer.toByteArray();
        }
    }

    /**
     * A document written field by field; a name may come twice.
     *
     * @param fields writes the fields
     * @return its bytes
     */
    public static byte[] write(Consumer<BsonBinaryWriter> fields) {
        try (BasicOutputBuffer buffer = new BasicOutputBuffer();
                BsonBinaryWriter writer = new BsonBinaryWriter(buffer)) {
            writer.writeStartDocument();
            fields.accept(writer);
            writer.writeEndDocument();
            return buffer.toByteArray();
        }
    }

    /** The same bytes, those of a text replaced by others of the same number. */
    static byte[] replace(byte[] bson, String text, int... bytes) {
        if (text.length() != bytes.length) {
            throw new IllegalArgumentException("the length of the document must stay");
        }
        byte[] changed = bson;
        int at = find(bson, text);
        for (int i = 0; i < bytes.length; i++) {
            changed = set(changed, at + i, bytes[i]);
        }
        return changed;
    }

    /** The same bytes but one, which is so many bytes after the start of a text. */
    static byte[] patch(byte[] bson, String text, int offset, int value) {
        return set(bson, find(bson, text) + offset, value);
    }

    private static byte[] set(byte[] bson, int at, int value) {
        byte[] changed = bson.clone();
        changed[at] = (byte) value;
        return changed;
    }

    private static int find(byte[] bson, String text) {
        String latin = new String(bson, StandardCharsets.ISO_8859_1);
        int at = latin.indexOf(text);
        if (at < 0 || latin.indexOf(text, at + 1) >= 0) {
            throw new IllegalArgumentException("the text must occur exactly once: " + text);
        }
        return at;
    }
}
