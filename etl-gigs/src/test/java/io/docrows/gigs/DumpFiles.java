package io.docrows.gigs;

import io.docrows.gigs.samples.Bson;
import io.docrows.source.DocumentSource;
import io.docrows.source.dump.DumpSource;
import io.docrows.source.dump.DumpWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bson.BsonDocument;

/** Dumps that tests make up. */
final class DumpFiles {

    private final Path parent;

    DumpFiles(Path parent) {
        this.parent = parent;
    }

    DocumentSource dump(List<BsonDocument> users, List<BsonDocument> gigs) {
        try {
            Path directory = Files.createTempDirectory(parent, "dump");
            write(directory.resolve("users.bson"), users);
            write(directory.resolve("gigs.bson"), gigs);
            return DumpSource.open(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, List<BsonDocument> documents) throws IOException {
        try (DumpWriter writer = DumpWriter.create(file)) {
            for (BsonDocument document : documents) {
                writer.write(Bson.encode(document));
            }
        }
    }
}
