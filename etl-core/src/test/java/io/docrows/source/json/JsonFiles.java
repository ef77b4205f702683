package io.docrows.source.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.docrows.error.DocrowsException;
import io.docrows.source.DocumentReader;
import io.docrows.source.MixedDocuments;
import io.docrows.source.Partition;
import io.docrows.source.ReadRequest;
import io.docrows.source.dump.DumpFiles;
import io.docrows.source.internal.BsonBytes;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.bson.json.JsonMode;
import org.bson.json.JsonWriterSettings;

/** JSON for tests. */
final class JsonFiles {

    static final JsonWriterSettings CANONICAL =
            JsonWriterSettings.builder().outputMode(JsonMode.EXTENDED).build();
    static final JsonWriterSettings RELAXED =
            JsonWriterSettings.builder().outputMode(JsonMode.RELAXED).build();
    static final JsonWriterSettings PRETTY = JsonWriterSettings.builder()
            .outputMode(JsonMode.EXTENDED)
            .indent(true)
            .build();

    @SuppressWarnings("deprecation")
    static final JsonWriterSettings STRICT =
            JsonWriterSettings.builder().outputMode(JsonMode.STRICT).build();

    static final JsonWriterSettings SHELL =
            JsonWriterSettings.builder().outputMode(JsonMode.SHELL).build();

    private JsonFiles() {}

    static String json(byte[] document, JsonWriterSettings settings) {
        return BsonBytes.decode(document).toJson(settings);
    }

    static String lines(List<byte[]> documents, JsonWriterSettings settings) {
        return documents.stream()
                .map(document -> json(document, settings) + "\n")
                .collect(Collectors.joining());
    }

    static String array(List<byte[]> documents, JsonWriterSettings settings, String between) {
        return documents.stream()
                .map(document -> json(document, settings))
                .collect(Collectors.joining("," + between, "[" + between, between + "]\n"));
    }

    static Path write(Path file, String json) {
        return DumpFiles.write(file, json.getBytes(UTF_8));
    }

    static Path gzip(Path file, String json) {
        return DumpFiles.write(file, DumpFiles.gzip(json.getBytes(UTF_8)));
    }

    /** A document as relaxed JSON keeps it: an int64 that an int32 can hold is one. */
    static byte[] relaxed(byte[] document) {
        return BsonBytes.encode(relaxed(BsonBytes.decode(document)).asDocument());
    }

    private static BsonValue relaxed(BsonValue value) {
        if (value instanceof BsonDocument document) {
            BsonDocument copy = new BsonDocument();
            document.forEach((name, inner) -> copy.append(name, relaxed(inner)));
            return copy;
        }
        if (value instanceof BsonInt64 number && (int) number.getValue() == number.getValue()) {
            return new BsonInt32((int) number.getValue());
        }
        return value;
    }

    /** The collections of the contract, each in a file. */
    static void contract(Path directory, String suffix, Function<List<byte[]>, String> layout) {
        write(directory.resolve("mixed" + suffix), layout.apply(MixedDocuments.shuffled()));
        write(directory.resolve("other" + suffix), layout.apply(DumpFiles.others()));
    }

    /** What becomes of a value that a field {@code v} has in JSON. */
    static BsonValue value(String json) {
        Outcome outcome = read("{\"v\":" + json + "}");
        if (outcome.documents().isEmpty()) {
            throw new AssertionError(outcome.error());
        }
        return outcome.documents().get(0).get("v");
    }

    /** Reads a text as the only file of a source. */
    static Outcome read(String json) {
        return read(json.getBytes(UTF_8));
    }

    static Outcome read(String json, JsonOptions options) {
        return read(json.getBytes(UTF_8), options);
    }

    static Outcome read(byte[] json) {
        return read(json, JsonOptions.defaults().withCollection("c"));
    }

    private static Outcome read(byte[] json, JsonOptions options) {
        try (JsonSource source = JsonSource.read(new ByteArrayInputStream(json), "-", options)) {
            return read(source, "c");
        }
    }

    /** The length of the only document, which need not be one that a decoder takes. */
    static int length(String json) {
        try (JsonSource source =
                        JsonSource.read(new ByteArrayInputStream(json.getBytes(UTF_8)), "-", JsonOptions.defaults());
                DocumentReader reader = source.open(
                        source.partitions("c", ReadRequest.everything()).get(0), null)) {
            byte[] document = reader.read();
            return document == null ? 0 : document.length;
        }
    }

    /** What a reader gives until it ends or throws. */
    record Outcome(List<BsonDocument> documents, String error) {}

    static Outcome read(JsonSource source, String collection) {
        List<BsonDocument> documents = new ArrayList<>();
        String error = "";
        for (Partition partition : source.partitions(collection, ReadRequest.everything())) {
            try (DocumentReader reader = source.open(partition, null)) {
                for (byte[] document = reader.read(); document != null; document = reader.read()) {
                    documents.add(new RawBsonDocument(document));
                }
            } catch (DocrowsException broken) {
                error = broken.code() + ": " + broken.getMessage();
            }
        }
        return new Outcome(documents, error);
    }
}
