package io.docrows.scaffold.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bson.BsonDocument;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;

/** What mongodump would write. */
public record Dump(Path directory) {

    /** Adds a collection. */
    public Dump with(String collection, String... documents) throws IOException {
        byte[][] bytes = new byte[documents.length][];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = bson(documents[i]);
        }
        return raw(collection, bytes);
    }

    /** Adds a collection of documents that are bytes already. */
    public Dump raw(String collection, byte[]... documents) throws IOException {
        Files.createDirectories(directory);
        // As mongodump escapes it.
        String file = URLEncoder.encode(collection, StandardCharsets.UTF_8);
        try (OutputStream out = Files.newOutputStream(directory.resolve(file + ".bson"))) {
            for (byte[] document : documents) {
                out.write(document);
            }
        }
        return this;
    }

    /** A document's bytes. */
    public static byte[] bson(String json) {
        RawBsonDocument bson = new RawBsonDocument(BsonDocument.parse(json), new BsonDocumentCodec());
        byte[] bytes = new byte[bson.getByteBuffer().remaining()];
        System.arraycopy(bson.getByteBuffer().array(), bson.getByteBuffer().position(), bytes, 0, bytes.length);
        return bytes;
    }
}
