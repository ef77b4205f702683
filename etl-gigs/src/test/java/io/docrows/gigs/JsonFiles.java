package io.docrows.gigs;

import io.docrows.source.DocumentReader;
import io.docrows.source.DocumentSource;
import io.docrows.source.ReadRequest;
import io.docrows.source.json.JsonSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.RawBsonDocument;
import org.bson.json.JsonMode;
import org.bson.json.JsonWriterSettings;

/** Exports as JSON that tests make up. */
final class JsonFiles {

    private final Path parent;

    JsonFiles(Path parent) {
        this.parent = parent;
    }

    /** Writes all of a database, and opens what was written. */
    DocumentSource export(DocumentSource database, JsonMode dialect) {
        try (database) {
            Path directory = Files.createTempDirectory(parent, "export");
            for (String collection : List.of("users", "gigs")) {
                write(directory.resolve(collection + ".json"), all(database, collection), dialect);
            }
            return JsonSource.open(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<BsonDocument> all(DocumentSource source, String collection) {
        List<BsonDocument> documents = new ArrayList<>();
        try (DocumentReader reader = source.open(
                source.partitions(collection, ReadRequest.everything()).get(0), null)) {
            for (byte[] document = reader.read(); document != null; document = reader.read()) {
                documents.add(new RawBsonDocument(document));
            }
        }
        return documents;
    }

    private static void write(Path file, List<BsonDocument> documents, JsonMode mode) throws IOException {
        JsonWriterSettings settings =
                JsonWriterSettings.builder().outputMode(mode).build();
        List<String> lines =
                documents.stream().map(document -> document.toJson(settings)).toList();
        Files.write(file, lines);
    }
}
