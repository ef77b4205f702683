package io.docrows.scaffold.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bson.BsonDocument;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;

/** What mongodump would write. */
public record Dump(Path directory) {

    /** Adds a collection. */
    public Dump with(String collection, String... documents) throws IOException {
        Files.createDirectories(directory);
        try (OutputStream out = Files.newOutputStream(directory.resolve(collection + ".bson"))) {
            for (String json : documents) {
                out.write(bson(json));
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
