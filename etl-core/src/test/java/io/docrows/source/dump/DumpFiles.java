package io.docrows.source.dump;

import io.docrows.error.DocrowsException;
import io.docrows.source.DocumentReader;
import io.docrows.source.MixedDocuments;
import io.docrows.source.Partition;
import io.docrows.source.ReadRequest;
import io.docrows.source.internal.BsonBytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;

/** Dumps for tests. */
public final class DumpFiles {

    private DumpFiles() {}

    public static List<byte[]> others() {
        return List.of(
                MixedDocuments.document(new BsonInt32(1), 1),
                MixedDocuments.document(new BsonString("two"), 2),
                MixedDocuments.document(new BsonInt32(3), 3));
    }

    /** A document of exactly so many bytes. */
    public static byte[] documentOf(int size) {
        int frame = BsonBytes.encode(new BsonDocument("x", new BsonString(""))).length;
        return BsonBytes.encode(new BsonDocument("x", new BsonString("y".repeat(size - frame))));
    }

    public static byte[] joined(List<byte[]> documents) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        documents.forEach(bytes::writeBytes);
        return bytes.toByteArray();
    }

    public static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(compressed)) {
            out.write(bytes);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return compressed.toByteArray();
    }

    public static Path write(Path file, byte[] bytes) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            return Files.write(file, bytes);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** What a reader gives until it ends or throws. */
    record Outcome(List<byte[]> documents, String error, byte[] position) {}

    static Outcome read(Path file, String collection) {
        DumpSource source = DumpSource.open(file);
        List<byte[]> documents = new ArrayList<>();
        String error = "";
        byte[] position = new byte[0];
        for (Partition partition : source.partitions(collection, ReadRequest.everything())) {
            try (DocumentReader reader = source.open(partition, null)) {
                try {
                    for (byte[] document = reader.read(); document != null; document = reader.read()) {
                        documents.add(document);
                        byte[] now = reader.position();
                        position = now == null ? position : now;
                    }
                } catch (DocrowsException broken) {
                    error = broken.code() + ": " + broken.getMessage();
                }
            }
        }
        return new Outcome(documents, error, position);
    }
}
