package io.docrows.cli.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bson.BsonDocument;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;

/** What mongodump would write. */
public final class Dump {

    private Dump() {}

    /** Writes a collection's file into a directory, which is made if need be. */
    public static void write(Path directory, String collection, String... documents) throws IOException {
        Files.createDirectories(directory);
        try (OutputStream out = Files.newOutputStream(directory.resolve(collection + ".bson"))) {
            for (String json : documents) {
                RawBsonDocument bson = new RawBsonDocument(BsonDocument.parse(json), new BsonDocumentCodec());
                out.write(
                        bson.getByteBuffer().array(),
                        bson.getByteBuffer().position(),
                        bson.getByteBuffer().remaining());
            }
        }
    }
}
